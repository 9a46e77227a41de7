/** The mail that tells a person: subject, text and HTML from one model. */

import {
  keyIdParts,
  oneLine,
  oneLineWithoutKeys,
  sayDay,
  sayDrive,
  sayMoment,
  sayProtection,
} from "./how_to_say.ts";
import { html, type SafeHtml } from "./html.ts";
import type { MailModel, MailNews, MailVolume } from "./mail_model.ts";
import type { ReportKey, Severity, VolumeRef } from "./model.ts";
import { sayHeadline, weightOf } from "./say_headline.ts";
import { fillTemplate, type Values } from "./template.ts";
import { wrapText } from "./wrap_text.ts";

/** The templates of a mail. */
export interface MailTemplates {
  /** `mail.html`: the body as HTML. */
  readonly mailHtml: string;
  /** `mail.txt`: the body as text. */
  readonly mailText: string;
}

/** The three parts of a mail. */
export interface RenderedMail {
  /** One line, safe for a header, at most 100 UTF-16 units. */
  readonly subject: string;
  /** At most 78 columns, LF line ends. */
  readonly text: string;
  /** Loads nothing from elsewhere. */
  readonly html: string;
}

const LONGEST_SUBJECT = 100;

const URGENCY: Readonly<Record<Severity, string>> = {
  danger: "Act now",
  warning: "Look into this soon",
  info: "For your information",
};

const RANK: Readonly<Record<Severity, number>> = { danger: 0, warning: 1, info: 2 };

const ITEM = { urgency: "value", title: "value", text: "value" } as const;
const STYLED_ITEM = { ...ITEM, severity: "value" } as const;
const KEY_ID = { idStart: "value", idRest: "value" } as const;

/** The slots of both templates. There is none for digits, on purpose: see {@link renderMail}. */
const SLOTS = {
  headline: "value",
  pc: "value",
  moment: "value",
  life: { says: "value" },
  allWell: {},
  happened: { news: { ...ITEM, at: { when: "value" }, keyIds: KEY_ID } },
  standing: { findings: ITEM },
  drivesNow: {
    drives: {
      drive: "value",
      protection: "value",
      keyRows: KEY_ID,
      copyRows: { copies: { place: "value", seen: "value" } },
      noCopy: {},
      windows: { says: "value" },
    },
  },
  accounts: { note: "value" },
  keysNote: "value",
  attached: { files: { file: "value" } },
  silence: { note: "value" },
} as const;

/** `mail.html` has the severity beside, as the name of a style. */
const HTML_SLOTS = {
  ...SLOTS,
  happened: { news: { ...SLOTS.happened.news, ...STYLED_ITEM } },
  standing: { findings: STYLED_ITEM },
} as const;

type MailValues = Values<typeof HTML_SLOTS>;
type DriveValues = Values<typeof SLOTS.drivesNow.drives>;

/**
 * Renders a mail. Plain digits come only with `keys: "plain"`, and then as a part of their own that this function
 * puts at the end of both bodies: no template has a slot for them, so none can leak or lose them.
 *
 * @param model What it tells.
 * @param templates `mail.html` and `mail.txt`.
 * @returns Subject, text of at most 78 columns with LF line ends, and HTML that loads nothing.
 * @throws {UserError} `settings` when a template has a wrong slot.
 */
export function renderMail(model: MailModel, templates: MailTemplates): RenderedMail {
  const values = mailValues(model);
  const keys = model.keys === "plain" ? model.plainKeys : [];
  const text = fillTemplate<typeof SLOTS>(templates.mailText, values, {
    name: "mail.txt",
    mode: "text",
    slots: SLOTS,
  });
  const page = fillTemplate<typeof HTML_SLOTS>(templates.mailHtml, values, {
    name: "mail.html",
    mode: "html",
    slots: HTML_SLOTS,
  });
  return {
    subject: subjectOf(model),
    text: `${wrapText(text).trim()}\n${keys.length === 0 ? "" : keysText(keys)}`,
    html: keys.length === 0 ? page : beforeEndOfBody(page, keysHtml(keys)),
  };
}

function subjectOf(model: MailModel): string {
  const host = oneLineWithoutKeys(model.host, 40) || "PC without a name";
  const more = model.news.length > 1 ? ` (+${model.news.length - 1} more)` : "";
  const start = `[${host}] `;
  return start + oneLine(headlineOf(model), LONGEST_SUBJECT - start.length - more.length) + more;
}

/** The most serious item of news, the newest of equals; without news the sign of life. */
function headlineOf(model: MailModel): string {
  const [first] = byWeight(model.news.toReversed());
  if (first !== undefined) return titleOf(first);
  if (model.heartbeat !== null) return model.heartbeat.title;
  const open = model.findings.filter(({ severity }) => severity !== "info").length;
  return open === 0 ? "All is well" : `${open} thing${open === 1 ? " needs" : "s need"} attention`;
}

function mailValues(model: MailModel): MailValues {
  const news = byWeight(model.news);
  const allWell = !model.findings.some(({ severity }) => severity !== "info");
  const findings = byWeight(model.findings.map((one) => ({ ...one, kind: one.code }))).filter((finding) =>
    !news.some((item) => sameMatter(item, finding))
  );
  return {
    headline: oneLineWithoutKeys(headlineOf(model)),
    pc: oneLineWithoutKeys(model.host) || "without a name",
    moment: sayMoment(model.takenAt),
    life: model.heartbeat === null ? [] : [{ says: oneLineWithoutKeys(model.heartbeat.text, 2000) }],
    allWell: allWell && news.length === 0 && model.heartbeat === null ? [{}] : [],
    happened: news.length === 0 ? [] : [{
      news: news.map((item) => ({
        ...itemValues(item, titleOf(item)),
        at: sayDay(item.at) === sayDay(model.takenAt) ? [] : [{ when: sayDay(item.at) }],
        keyIds: item.keyId === null ? [] : [keyIdValues(item.keyId)],
      })),
    }],
    standing: findings.length === 0 ? [] : [{
      findings: findings.map((item) => itemValues(item, sayHeadline(item.code, item.volume))),
    }],
    drivesNow: model.volumes.length === 0 ? [] : [{ drives: model.volumes.map(driveValues) }],
    accounts: model.accounts === null ? [] : [{ note: model.accounts }],
    keysNote: keysNote(model),
    attached: model.attachments.length === 0 ? [] : [{
      files: model.attachments.map((file) => ({ file: oneLineWithoutKeys(file) })),
    }],
    silence: model.silence === null ? [] : [{ note: oneLineWithoutKeys(model.silence, 2000) }],
  };
}

/** A finding that is itself among the news is not told twice. */
function sameMatter(item: MailNews, finding: MailModel["findings"][number]): boolean {
  return item.kind === finding.code && item.volume?.deviceId === finding.volume?.deviceId &&
    item.text === finding.text;
}

function titleOf(news: MailNews): string {
  return oneLineWithoutKeys(news.title);
}

function itemValues(
  item: { readonly severity: Severity; readonly text: string },
  title: string,
): Values<typeof STYLED_ITEM> {
  return {
    severity: item.severity,
    urgency: URGENCY[item.severity],
    title: oneLineWithoutKeys(title),
    text: oneLineWithoutKeys(item.text, 2000),
  };
}

function driveValues({ volume, keyIds, copies, windows }: MailVolume): DriveValues {
  return {
    drive: driveHeading(volume),
    protection: sayProtection(volume) +
      (keyIds.length === 0 && volume.conversionStatus !== 0 ? ", NO RECOVERY KEY" : ""),
    keyRows: keyIds.map(keyIdValues),
    copyRows: copies.length === 0 ? [] : [{
      copies: copies.map(({ place, verifiedAt, taken = false }) => ({
        place: oneLineWithoutKeys(place),
        seen: verifiedAt === null
          ? "not seen there yet"
          : `${taken ? "accepted" : "last seen"} on ${sayDay(verifiedAt)}`,
      })),
    }],
    noCopy: copies.length === 0 && keyIds.length > 0 ? [{}] : [],
    windows: windows.map((text) => ({ says: oneLineWithoutKeys(text, 2000) })),
  };
}

function driveHeading(volume: VolumeRef): string {
  return oneLineWithoutKeys(sayDrive(volume)).replace(/^d/, "D");
}

function keyIdValues(keyId: string): Values<typeof KEY_ID> {
  const { short, rest } = keyIdParts(oneLineWithoutKeys(keyId));
  return { idStart: short, idRest: rest };
}

function keysNote(model: MailModel): string {
  if (model.keys === "plain" && model.plainKeys.length > 0) {
    return "The recovery keys stand at the end of this mail. Whoever has this mail and the drive can read the " +
      "drive: keep it where nobody else reads it.";
  }
  if (model.keys === "sealed" && model.attachments.length > 0) {
    return "The recovery keys are in the attached files, encrypted: only whoever holds the matching private age key " +
      "can open them. Save them where you will find them again.";
  }
  const none = "This mail holds no recovery key.";
  return model.volumes.length === 0
    ? none
    : `${none} At the blue screen, look in the places named above for the Key ID that the screen shows.`;
}

function keysText(keys: readonly ReportKey[]): string {
  const blocks = keys.map((key) =>
    `${driveHeading(key.volume)}, ${stateOf(key)}\n` +
    `  Key ID ${oneLine(key.keyId, 60)}\n` +
    `  ${oneLine(key.recoveryPassword, 100)}\n`
  );
  return `\nRECOVERY KEYS\n\n${blocks.join("\n")}`;
}

function keysHtml(keys: readonly ReportKey[]): SafeHtml {
  const blocks = keys.map((key) => {
    const { short, rest } = keyIdParts(key.keyId);
    return html`
      <p style="margin:0 0 16px"><bdi>${driveHeading(key.volume)}</bdi>, ${stateOf(key)}<br>
      Key ID <span style="font-family:Consolas,Menlo,monospace;font-size:14px"><b>${short}</b>${rest}</span><br>
      <span style="font-family:Consolas,Menlo,monospace;font-size:16px"><b>${oneLine(
        key.recoveryPassword,
        100,
      )}</b></span></p>
    `;
  });
  return html`
    <div style="margin:0 auto;max-width:640px;padding:0 16px 16px;overflow-wrap:anywhere">
    <h2>Recovery keys</h2>
    ${blocks}</div>
  `;
}

function stateOf(key: ReportKey): string {
  return `${key.current ? "current key" : "old key"}${key.valid ? "" : ", its digits FAIL their checksum"}`;
}

function beforeEndOfBody(page: string, part: SafeHtml): string {
  const at = page.toLowerCase().lastIndexOf("</body");
  return at < 0 ? `${page}${part}` : `${page.slice(0, at)}${part}${page.slice(at)}`;
}

/** The most serious first; of those keys before protection, and so on; else in their order. */
function byWeight<T extends { readonly severity: Severity; readonly kind: string }>(
  items: readonly T[],
): readonly T[] {
  return items.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || weightOf(a.kind) - weightOf(b.kind));
}
