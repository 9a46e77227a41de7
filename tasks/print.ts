/** Sheets, and other forms, for the keys of a snapshot or of reports. */

import type { Host, Report, ReportKey } from "../lib/core/model.ts";
import { parseEnvelope } from "../lib/core/parse_envelope.ts";
import { parseJsonDocument } from "../lib/core/parse_json.ts";
import { type ParsedReport, parseReportText } from "../lib/core/parse_report.ts";
import { reportOf } from "../lib/core/report_of.ts";
import { hostFolder, keyReportName, reportDate, sheetName } from "../lib/core/report_names.ts";
import { isValidRecoveryPassword } from "../lib/core/recovery_password.ts";
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
  const troubles: string[] = [];
  const reports = (await readReports(args, deps, troubles)).map((report) => ({
    ...report,
    keys: drive === null ? report.keys : report.keys.filter((key) => key.volume.drive === drive),
  })).filter((report) => report.keys.length > 0);

  const files: string[] = [];
  for (const report of reports) {
    for (const file of await render(report, format, args, deps)) {
      files.push(await deps.files.write(out, file.name, file.bytes));
    }
  }
  for (const trouble of troubles) deps.terminal.say(trouble);
  if (flag(args, "json")) deps.terminal.out(JSON.stringify({ schema: 1, files, troubles }));
  else if (files.length === 0) {
    deps.terminal.out(`No recovery key found${drive === null ? "" : ` for drive ${drive}`}.`);
  } else for (const file of files) deps.terminal.out(file);
  if (files.length > 0 && !flag(args, "json")) {
    deps.terminal.say(
      "Whoever has such a file can open the drive: print it, keep the paper away from the PC, delete the file.",
    );
  }
  if (troubles.length > 0) return "partial";
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

async function readReports(args: TaskArguments, deps: Deps, troubles: string[]): Promise<readonly Report[]> {
  const snapshot = textOption(args, "snapshot");
  if (snapshot !== null || args.positionals.length === 0) {
    const what = snapshot === null ? "snapshot from standard input" : `snapshot "${snapshot}"`;
    const bytes = snapshot === null ? await deps.readInput() : await deps.files.read(snapshot);
    try {
      return [reportOf(parseEnvelope(parseJsonDocument(bytes, { code: "snapshot", what }), what).snapshot)];
    } finally {
      bytes.fill(0);
    }
  }
  const parsed: ParsedReport[] = [];
  for (const path of args.positionals) {
    try {
      const report = parseReportText(await deps.files.read(path));
      if (report === null) troubles.push(`Cannot read "${path}": it is no report of a recovery key`);
      else parsed.push(report);
    } catch (error) {
      troubles.push(messageOf(error));
    }
  }
  const byHost = Map.groupBy(parsed, (report) => report.host ?? "unknown PC");
  return [...byHost].map(([host, all]) => ({
    host: unknownHost(host),
    takenAt: all.map((one) => one.takenAt ?? "").sort().at(-1) || deps.clock.now().toISOString(),
    keys: all.map(keyOf),
  }));
}

function unknownHost(name: string): Host {
  return {
    name,
    domain: null,
    machineId: "",
    serial: null,
    model: null,
    os: { caption: null, version: null, edition: null },
    join: null,
  };
}

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
