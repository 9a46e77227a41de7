/** The recovery sheet: one HTML file, to be printed, with a page for each drive. */

import {
  keyIdParts,
  oneLine,
  sayDay,
  sayInvalidKey,
  sayMoment,
  saySize,
  sayVolumeType,
} from "./how_to_say.ts";
import { SafeHtml } from "./html.ts";
import type { Host, Report, ReportKey } from "./model.ts";
import { qrSvg } from "./qr_svg.ts";
import { formatRecoveryPassword } from "./recovery_password.ts";
import { fillTemplate, type Values } from "./template.ts";
import { UserError } from "../errors.ts";

/** The templates of a sheet. */
export interface SheetTemplates {
  /** `sheet.html`: the page. */
  readonly sheetHtml: string;
  /** `sheet.css`: how it looks, on paper above all. */
  readonly sheetCss: string;
}

/** Longest fact, so that a page keeps its room: labels have at most 32 characters, names of PCs 63. */
const LONGEST_FACT = 64;

/** Longest word on copies that Windows made itself: three sentences. */
const LONGEST_SAYING = 400;

const FACTS = { fact: "value", is: "value" } as const;

const SAYING = { says: "value" } as const;

/** The slots of `sheet.html`. */
const SLOTS = {
  css: "value",
  pc: "value",
  day: "value",
  moment: "value",
  volumes: {
    title: "value",
    spacing: "value",
    sheet: "value",
    pcFacts: FACTS,
    driveFacts: FACTS,
    keys: {
      idStart: "value",
      idRest: "value",
      state: "value",
      warnings: { warning: "value" },
      wellFormed: { groups: { number: "value", digits: "value" }, qr: "value", windows: SAYING },
      malformed: { asRead: "value", windows: SAYING },
    },
    startUp: {},
    otherDrive: {},
  },
} as const;

type SheetValues = Values<typeof SLOTS>;
type VolumeValues = SheetValues["volumes"][number];
type KeyValues = VolumeValues["keys"][number];

/**
 * Renders the recovery sheet of a PC. It loads nothing from elsewhere and runs no script; the same report gives
 * the same bytes.
 *
 * @param report The keys, of one or more drives.
 * @param templates `sheet.html` and `sheet.css`.
 * @returns An HTML page: drives by letter, of each the current keys first.
 * @throws {UserError} `settings` when a template has a wrong slot.
 * @throws {RangeError} When there is no key: nothing may look like a sheet and be none.
 */
export function renderSheet(report: Report, templates: SheetTemplates): string {
  if (report.keys.length === 0) throw new RangeError("Cannot render a recovery sheet without keys");
  if (/<\/style/i.test(templates.sheetCss)) {
    throw new UserError("settings", 'Cannot use template "sheet.css": it contains "</style"', {
      hint: "keep HTML out of the style sheet",
    });
  }
  const drives = byDrive(report.keys);
  return withPolicy(fillTemplate<typeof SLOTS>(templates.sheetHtml, {
    css: new SafeHtml(templates.sheetCss.replaceAll("\r\n", "\n").trim()),
    pc: nameOf(report.host),
    day: sayDay(report.takenAt),
    moment: report.isUndated === true ? "a day that is not known" : sayMoment(report.takenAt),
    volumes: drives.map((keys, index) =>
      volumeValues(report, keys, `Drive ${index + 1} of ${drives.length}`)
    ),
  }, { name: "sheet.html", mode: "html", slots: SLOTS }));
}

/** No script, nothing from elsewhere: a page that shows keys must not be able to send them away. */
const POLICY = `<meta http-equiv="Content-Security-Policy" ` +
  `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

/** Put in here and not in the template, so that it holds for an organisation's own page too. */
function withPolicy(page: string): string {
  const head = /^\s*<!doctype html>\s*<html[^>]*>\s*<head>/i.exec(page)?.[0];
  if (head === undefined) {
    throw new UserError(
      "settings",
      'Cannot use template "sheet.html": it does not begin with <!DOCTYPE html>, <html> and <head>',
      {
        hint: "begin as the program's own template does",
      },
    );
  }
  return `${head}\n${POLICY}${page.slice(head.length)}`;
}

/** Groups the keys by drive: by letter, those without one last; current keys first. */
function byDrive(keys: readonly ReportKey[]): readonly (readonly ReportKey[])[] {
  const drives = Map.groupBy(keys, ({ volume }) => volume.deviceId);
  const rank = ([first]: readonly ReportKey[]): string =>
    `${first?.volume.drive ?? "~"} ${first?.volume.deviceId ?? ""}`;
  const keyRank = ({ current, keyId }: ReportKey): string => `${current ? 0 : 1} ${keyId}`;
  return [...drives.values()]
    .map((list) => list.toSorted((a, b) => compare(keyRank(a), keyRank(b))))
    .toSorted((a, b) => compare(rank(a), rank(b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function volumeValues(report: Report, keys: readonly ReportKey[], sheet: string): VolumeValues {
  const volume = keys[0]?.volume ??
    { deviceId: "", drive: null, label: null, volumeType: null, sizeBytes: null };
  const drive = oneLine(volume.drive ?? "", 20);
  const { host } = report;
  const readAt = report.isUndated === true ? null : report.takenAt;
  const startsWindows = volume.volumeType === 0 || volume.volumeType === null;
  const condition = (is: boolean): readonly Record<never, never>[] => is ? [{}] : [];
  return {
    title: `Recovery key${keys.length === 1 ? "" : "s"} for ${
      drive === "" ? "the drive without a letter" : `drive ${drive}`
    }`,
    spacing: keys.length === 1 ? "one" : keys.length === 2 ? "two" : "more",
    sheet,
    pcFacts: facts([
      ["Model", host.model],
      ["Serial number", host.serial],
      ["Keys read on", readAt === null ? null : sayMoment(readAt)],
    ]),
    driveFacts: facts([
      ["Name (label)", volume.label],
      ["Kind", sayVolumeType(volume.volumeType)],
      ["Size", saySize(volume.sizeBytes)],
    ]),
    keys: keys.map((key) => keyValues(key, readAt)),
    startUp: condition(startsWindows),
    otherDrive: condition(!startsWindows),
  };
}

/** `readAt`: `null` where nothing says when that was. */
function keyValues(key: ReportKey, readAt: string | null): KeyValues {
  const { short, rest } = keyIdParts(key.keyId);
  const password = formatRecoveryPassword(key.recoveryPassword);
  const says = oneLine(key.windows ?? "", LONGEST_SAYING);
  const windows = says === "" ? [] : [{ says }];
  return {
    idStart: short,
    idRest: rest,
    state: !key.current
      ? "Old key: no longer on this drive"
      : readAt === null
      ? "Nothing says how old this key is: compare its Key ID with the screen"
      : `Current key on ${sayDay(readAt)}`,
    warnings: key.valid ? [] : [{ warning: sayInvalidKey(key.recoveryPassword) }],
    wellFormed: password === null ? [] : [{
      groups: password.split("-").map((digits, index) => ({ number: String(index + 1), digits })),
      qr: qrSvg(password),
      windows,
    }],
    malformed: password === null ? [{ asRead: oneLine(key.recoveryPassword), windows }] : [],
  };
}

function facts(
  pairs: readonly (readonly [string, string | null])[],
): readonly { readonly fact: string; readonly is: string }[] {
  return pairs.flatMap(([fact, value]) => {
    const is = oneLine(value ?? "", LONGEST_FACT);
    return is === "" ? [] : [{ fact, is }];
  });
}

function nameOf(host: Host): string {
  const name = oneLine(host.name, LONGEST_FACT);
  return name === "" ? "without a name" : name;
}
