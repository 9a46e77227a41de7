/** Sheets, and other forms, for the keys of a snapshot or of reports. */

import { isSealed } from "../lib/core/age_header.ts";
import { keyIdParts, sayTheDrive } from "../lib/core/how_to_say.ts";
import { PROTECTOR_TYPE, type Report, type ReportKey, type Snapshot } from "../lib/core/model.ts";
import { isMoment } from "../lib/core/offset_time.ts";
import { parseEnvelope } from "../lib/core/parse_envelope.ts";
import { parseJsonDocument } from "../lib/core/parse_json.ts";
import { type ParsedReport, parseReportText } from "../lib/core/parse_report.ts";
import { unreadOf } from "../lib/core/reconcile/unread_of.ts";
import { reportOf } from "../lib/core/report_of.ts";
import { hostFolder, keyReportName, reportDate, sheetName } from "../lib/core/report_names.ts";
import { isValidRecoveryPassword } from "../lib/core/recovery_password.ts";
import { unknownHost } from "../lib/core/unknown_host.ts";
import { type ExitName, messageOf, UserError } from "../lib/errors.ts";
import { settingsOf } from "./read_settings.ts";
import { type Deps, driveOption, flag, type TaskArguments, textOption } from "./task.ts";

const FORMATS = ["html", "txt", "csv", "json"] as const;
type Format = (typeof FORMATS)[number];

/**
 * Writes the files. Nothing is overwritten.
 *
 * @param args FILE…, `--snapshot`, `--out`, `--drive`, `--format`, `--json`.
 * @param deps The world.
 * @returns `ok`; `partial` when a file could not be read; `none` when there was no key.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const format = formatOption(args);
  const drive = driveOption(args);
  const out = textOption(args, "out") ?? ".";
  if (textOption(args, "snapshot") !== null && args.positionals.length > 0) {
    throw new UserError("usage", "Cannot print: both a snapshot and reports are given", {
      hint: "Print them one after the other",
    });
  }
  const troubles: string[] = [];
  const remarks: string[] = [];
  const reports = (await readReports(args, deps, { drive, troubles, remarks })).map((report) => ({
    ...report,
    keys: drive === null ? report.keys : report.keys.filter((key) => key.volume.drive === drive),
  })).filter((report) => report.keys.length > 0);

  const files: string[] = [];
  for (const report of reports) {
    for (const file of await render(report, format, args, deps)) {
      files.push(await deps.files.write(out, file.name, file.bytes));
    }
  }
  const all = [...troubles, ...remarks];
  for (const one of all) deps.terminal.say(one);
  if (flag(args, "json")) deps.terminal.out(JSON.stringify({ schema: 1, files, troubles: all }));
  else if (files.length === 0) {
    const which = drive === null ? "" : ` for drive ${drive}`;
    const rest = all.length === 0 ? "" : ", but not all could be read";
    deps.terminal.out(`No recovery key found${which}${rest}.`);
  } else for (const file of files) deps.terminal.out(file);
  if (files.length > 0 && !flag(args, "json")) {
    deps.terminal.say(
      "Whoever has such a file can open the drive: print it, keep the paper away from the PC, delete the file.",
    );
  }
  // a locked drive is nothing wrong, as long as nobody asked for it alone
  if (troubles.length > 0 || (files.length === 0 && remarks.length > 0)) return "partial";
  return files.length === 0 ? "none" : "ok";
}

function formatOption(args: TaskArguments): Format {
  const text = textOption(args, "format") ?? "html";
  const format = FORMATS.find((one) => one === text.toLowerCase());
  if (format === undefined) {
    throw new UserError("usage", `Cannot use --format "${text}": it must be ${FORMATS.join(", ")}`);
  }
  return format;
}

interface Reading {
  /** The only one that is asked for, or `null`. */
  readonly drive: string | null;
  /** What could not be read, as sentences. */
  readonly troubles: string[];
  /** What a person should know beside that. */
  readonly remarks: string[];
}

async function readReports(args: TaskArguments, deps: Deps, reading: Reading): Promise<readonly Report[]> {
  return args.positionals.length === 0
    ? [reportOf(await readSnapshot(textOption(args, "snapshot"), deps, reading))]
    : await readReportFiles(args.positionals, deps, reading);
}

async function readSnapshot(
  path: string | null,
  deps: Deps,
  { drive, troubles, remarks }: Reading,
): Promise<Snapshot> {
  const what = path === null ? "snapshot from standard input" : `snapshot "${path}"`;
  const bytes = path === null ? await deps.readInput() : await readSnapshotFile(path, deps);
  let snapshot: Snapshot;
  try {
    snapshot = parseEnvelope(parseJsonDocument(bytes, { code: "snapshot", what }), what).snapshot;
  } finally {
    bytes.fill(0);
  }
  for (const { text, isLocked } of unreadOf(snapshot, drive)) (isLocked ? remarks : troubles).push(text);
  for (const volume of snapshot.volumes.filter((one) => drive === null || one.drive === drive)) {
    for (const { id, type, recoveryPassword } of volume.protectors ?? []) {
      if (type !== PROTECTOR_TYPE.recoveryPassword || recoveryPassword !== null) continue;
      const place = `of ${sayTheDrive(volume)} could not be read`;
      const text = `The digits of the recovery key ${keyIdParts(id).short} ${place}`;
      if (volume.lockStatus === 1) remarks.push(`${text}: it is locked`);
      else troubles.push(text);
    }
  }
  return snapshot;
}

/** For this task, too, a file that is not there is a snapshot that cannot be used. */
async function readSnapshotFile(path: string, deps: Deps): Promise<Uint8Array> {
  try {
    return await deps.files.read(path);
  } catch (error) {
    throw error instanceof UserError ? new UserError("snapshot", error.message, { cause: error }) : error;
  }
}

async function readReportFiles(
  paths: readonly string[],
  deps: Deps,
  { troubles, remarks }: Reading,
): Promise<readonly Report[]> {
  const parsed: ParsedReport[] = [];
  for (const path of paths) {
    try {
      const bytes = await deps.files.read(path);
      const report = parseReportText(bytes);
      if (report !== null) {
        const takenAt = report.takenAt !== null && isMoment(report.takenAt) ? report.takenAt : null;
        parsed.push({ ...report, takenAt });
        if (takenAt === null) {
          remarks.push(`"${path}" has no date: the key may be old, and its sheet says so`);
        }
      } else if (isSealed(bytes)) troubles.push(`Cannot read "${path}": it is sealed; ${HOW_TO_OPEN}`);
      else troubles.push(`Cannot read "${path}": it is no report of a recovery key`);
    } catch (error) {
      troubles.push(messageOf(error));
    }
  }
  // a sheet says of its keys that they opened the drive on its day: so one of another day is another sheet
  const now = deps.clock.now().toISOString();
  const sheets = Map.groupBy(
    parsed,
    ({ host, takenAt }) => `${host ?? ""}\0${takenAt === null ? "" : reportDate(takenAt)}`,
  );
  return [...sheets.values()].map((all) => ({
    host: unknownHost(all[0]?.host ?? "unknown PC"),
    takenAt: all.map((one) => one.takenAt ?? "").sort().at(-1) || now,
    isUndated: all.every((one) => one.takenAt === null),
    keys: all.map(keyOf),
  }));
}

const HOW_TO_OPEN = '"spare-key find KEYID --in DIR --identity FILE" shows what is in it';

function keyOf(report: ParsedReport): ReportKey {
  return {
    keyId: report.keyId,
    recoveryPassword: report.recoveryPassword,
    valid: isValidRecoveryPassword(report.recoveryPassword),
    // A report does not know what came after it; the sheet names its date.
    current: true,
    volume: {
      deviceId: report.keyId,
      drive: report.drive,
      label: report.label,
      volumeType: null,
      sizeBytes: null,
    },
  };
}

interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function render(
  report: Report,
  format: Format,
  args: TaskArguments,
  deps: Deps,
): Promise<readonly OutputFile[]> {
  const date = reportDate(report.takenAt);
  const stem = `${date} ${hostFolder(report.host.name)} recovery keys`;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case "html": {
      const data = textOption(args, "data") ?? deps.defaultData;
      const { settings } = await settingsOf({
        policy: null,
        file: null,
        config: textOption(args, "config"),
        data,
      }, deps);
      const { renderSheet } = await import("../lib/core/render_sheet.ts");
      const templates = await deps.openTemplates(data, settings.templates).load();
      return [{ name: sheetName(date), bytes: encode(renderSheet(report, templates)) }];
    }
    case "txt": {
      const { renderText } = await import("../lib/core/render_text.ts");
      return report.keys.map((key) => ({
        name: keyReportName({ date, drive: key.volume.drive, keyId: key.keyId }),
        bytes: renderText({ ...report, keys: [key] }),
      }));
    }
    case "csv": {
      const { renderCsv } = await import("../lib/core/render_csv.ts");
      return [{ name: `${stem}.csv`, bytes: encode(renderCsv(report)) }];
    }
    case "json": {
      const { renderJson } = await import("../lib/core/render_json.ts");
      return [{ name: `${stem}.json`, bytes: encode(renderJson(report)) }];
    }
  }
}
