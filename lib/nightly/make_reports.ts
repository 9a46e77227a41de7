/**
 * Makes the reports of a night and keeps them, sealed, in the archive. Rendering and sealing are loaded only
 * here: a quiet night never gets this far.
 */

import type { BackupFacts } from "../core/key_backups.ts";
import type { ReportEntry } from "../core/ledger_model.ts";
import type { Report, ReportKey, Snapshot } from "../core/model.ts";
import { isValidRecoveryPassword } from "../core/recovery_password.ts";
import {
  hostFolder,
  keyReportName,
  numberedName,
  reportDate,
  sealedName,
  sheetName,
} from "../core/report_names.ts";
import { sha256Hex } from "../core/sha256.ts";
import type { Archive, ArchivedFile, ArchiveKey, Sealer } from "../ports.ts";
import { askedOf } from "./backup_news.ts";
import type { Pages } from "./pages.ts";
import { type CurrentKey, newest, nextNumber, type ReportWish, sheetFingerprint } from "./report_plan.ts";

/** What making and reopening reports needs of the world. */
export interface ReportPorts {
  /** Where the bytes are kept. */
  readonly archive: Archive;
  /** Opens what is kept for the PC itself. */
  readonly archiveKey: ArchiveKey;
  /** Seals to the recipients, and to the PC's own key. */
  readonly sealer: Sealer;
  /** To render a sheet; loaded only then. */
  readonly pages: Pages;
}

/** What reports are made from. */
export interface ReportContext {
  /** Host and date of the reports, and the digits. */
  readonly snapshot: Snapshot;
  /** From fingerprint to digits, for every key that tonight's snapshot shows. */
  readonly digits: ReadonlyMap<string, string>;
  /** `age1…` texts, to whom sealed reports are sealed; empty without. */
  readonly recipients: readonly string[];
  /** What is known of copies that Windows made itself, for the sheet. */
  readonly windows: BackupFacts;
  /** All reports of the ledger: a name is taken once, and older ones may hold digits that tonight does not show. */
  readonly reports: readonly ReportEntry[];
  /** Ids of those whose bytes can no longer be had: another one is to take their place. @default none */
  readonly lost?: ReadonlySet<string>;
}

/**
 * Makes what is wished for. A report is in the archive, on the disk, before this returns.
 *
 * @param wishes From the plan.
 * @param context What they are made from.
 * @param ports Archive, sealing, templates.
 * @returns The new entries; a wish whose digits cannot be had tonight gives none.
 */
export async function makeReports(
  wishes: readonly ReportWish[],
  context: ReportContext,
  ports: ReportPorts,
): Promise<readonly ReportEntry[]> {
  const made: ReportEntry[] = [];
  for (const wish of wishes) {
    const resolved = await Promise.all(
      wish.keys.map(async (key) => ({ key, shown: await reportKey(key, context, ports) })),
    );
    const shown = resolved.map((one) => one.shown).filter((key) => key !== null);
    const fingerprint = wish.kind === "key" || shown.length === resolved.length
      ? wish.fingerprint
      : await sheetFingerprint(
        resolved.filter((one) => one.shown !== null).map((one) => one.key),
        context.snapshot.host.name,
      );
    if (shown.length === 0 || (wish.kind === "sheet" && isLastSheet(wish, fingerprint, context))) {
      continue;
    }
    const report: Report = { host: context.snapshot.host, takenAt: context.snapshot.takenAt, keys: shown };
    const bytes = await render(wish, report, ports);
    made.push(
      await keep(
        { ...wish, fingerprint },
        bytes,
        { ...context, reports: [...context.reports, ...made] },
        ports,
      ),
    );
  }
  return made;
}

/** A sheet that lacks a locked drive is made once, not every night until the drive is unlocked. */
function isLastSheet(wish: ReportWish, fingerprint: string, { reports, lost }: ReportContext): boolean {
  const last = newest(
    reports.filter((entry) =>
      entry.kind === "sheet" && entry.rendition === wish.rendition &&
      entry.recipientsHash === wish.recipientsHash
    ),
  );
  return last !== null && !last.released && lost?.has(last.id) !== true && last.fingerprint === fingerprint;
}

async function render(wish: ReportWish, report: Report, ports: ReportPorts): Promise<Uint8Array> {
  if (wish.kind === "key") {
    const { renderText } = await import("../core/render_text.ts");
    return renderText(report);
  }
  const { renderSheet } = await import("../core/render_sheet.ts");
  return new TextEncoder().encode(await ports.pages.render((templates) => renderSheet(report, templates)));
}

async function keep(
  wish: ReportWish,
  bytes: Uint8Array,
  context: ReportContext,
  ports: ReportPorts,
): Promise<ReportEntry> {
  const { snapshot } = context;
  const folder = hostFolder(snapshot.host.name);
  const date = reportDate(snapshot.takenAt);
  const [key] = wish.keys;
  const plainName = wish.kind === "sheet" || key === undefined
    ? sheetName(date)
    : keyReportName({ date, drive: key.volume.drive, keyId: key.keyId });
  const content = wish.rendition === "sealed" ? await ports.sealer.seal(bytes, context.recipients) : bytes;
  const sha256 = await sha256Hex(content);
  const name = freeName(
    folder,
    wish.rendition === "sealed" ? sealedName(plainName) : plainName,
    context.reports,
  );
  const entry: ReportEntry = {
    id: `${folder}/${name}`,
    kind: wish.kind,
    rendition: wish.rendition,
    folder,
    name,
    size: content.length,
    sha256,
    recipientsHash: wish.recipientsHash,
    keyId: wish.kind === "key" ? key?.keyId ?? null : null,
    fingerprint: wish.fingerprint,
    deviceId: wish.kind === "key" ? key?.volume.deviceId ?? null : null,
    takenAt: snapshot.takenAt,
    number: nextNumber(context.reports),
    released: false,
  };
  const own = wish.rendition === "sealed" ? content : await sealToPc(content, ports);
  await ports.archive.put(archivedFile(entry), own);
  return entry;
}

/**
 * Seals old plain reports to recipients that were set up after them.
 *
 * @param entries Plain reports of the archive.
 * @param recipientsHash Names the recipients.
 * @param context What there is.
 * @param ports Archive and sealing.
 * @returns The sealed entries; one that the archive lost gives none.
 */
export async function sealAgain(
  entries: readonly ReportEntry[],
  recipientsHash: string,
  context: Pick<ReportContext, "recipients" | "reports">,
  ports: ReportPorts,
): Promise<readonly ReportEntry[]> {
  const made: ReportEntry[] = [];
  for (const entry of entries) {
    const bytes = await archivedBytes(entry, ports);
    if (bytes === null) continue;
    const content = await ports.sealer.seal(bytes, context.recipients);
    const name = freeName(entry.folder, sealedName(entry.name), [...context.reports, ...made]);
    const sealed: ReportEntry = {
      ...entry,
      id: `${entry.folder}/${name}`,
      rendition: "sealed",
      name,
      size: content.length,
      sha256: await sha256Hex(content),
      recipientsHash,
      number: nextNumber([...context.reports, ...made]),
    };
    await ports.archive.put(archivedFile(sealed), content);
    made.push(sealed);
  }
  return made;
}

async function sealToPc(bytes: Uint8Array, ports: ReportPorts): Promise<Uint8Array> {
  return await ports.sealer.seal(bytes, [await ports.sealer.recipientOf(await ports.archiveKey.identity())]);
}

/** A name is given once: the same date and key with other bytes gets a number. */
function freeName(folder: string, name: string, reports: readonly ReportEntry[]): string {
  const taken = new Set(reports.map((entry) => entry.id.toLowerCase()));
  for (let number = 1;; number++) {
    const candidate = number === 1 ? name : numberedName(name, number);
    if (!taken.has(`${folder}/${candidate}`.toLowerCase())) return candidate;
  }
}

/**
 * Names a report's file in the archive.
 *
 * @param entry Of the ledger.
 * @returns Sealed ones lie as they are, plain ones sealed to the PC's own key.
 */
export function archivedFile(entry: Pick<ReportEntry, "id" | "rendition">): ArchivedFile {
  return { vault: entry.rendition === "sealed" ? "recipients" : "pc", id: entry.id };
}

/**
 * Gets the bytes of a report back, as they lie at a destination.
 *
 * @param entry Of the ledger.
 * @param ports Archive and its key.
 * @returns The bytes, `null` when the archive has none that are right: gone, altered, or its key is another one.
 */
export async function archivedBytes(entry: ReportEntry, ports: ReportPorts): Promise<Uint8Array | null> {
  if (entry.released) return null;
  const kept = await ports.archive.get(archivedFile(entry));
  if (kept === null) return null;
  const bytes = entry.rendition === "sealed" ? kept : await openOwn(kept, ports);
  return bytes !== null && await sha256Hex(bytes) === entry.sha256 ? bytes : null;
}

/**
 * Opens what is sealed to the PC's own key.
 *
 * @param sealed Bytes of the archive.
 * @param ports Archive key and sealing.
 * @returns The content, `null` when the key does not open it or it was altered.
 */
export async function openOwn(sealed: Uint8Array, ports: ReportPorts): Promise<Uint8Array | null> {
  const { archiveKey, sealer } = ports;
  for (const identities of [async () => [await archiveKey.identity()], () => archiveKey.others()]) {
    for (const identity of await identities()) {
      try {
        return await sealer.open(sealed, identity);
      } catch {
        // Another key, or damaged: the next one is tried, and the caller names the report that none opens.
      }
    }
  }
  return null;
}

async function reportKey(
  key: CurrentKey,
  context: ReportContext,
  ports: ReportPorts,
): Promise<ReportKey | null> {
  const password = context.digits.get(key.fingerprint) ?? await archivedDigits(key, context, ports);
  if (password === null) return null;
  const { sayWindowsBackup } = await import("../core/say_windows_backup.ts");
  const { deviceId, drive, label, volumeType, sizeBytes } = key.volume;
  return {
    keyId: key.keyId,
    recoveryPassword: password,
    valid: isValidRecoveryPassword(password),
    current: true,
    windows: sayWindowsBackup(askedOf(key), context.windows),
    volume: { deviceId, drive, label, volumeType, sizeBytes },
  };
}

/** A locked or absent drive shows no digits tonight; an earlier report may. */
async function archivedDigits(
  key: CurrentKey,
  context: ReportContext,
  ports: ReportPorts,
): Promise<string | null> {
  const { parseReportText } = await import("../core/parse_report.ts");
  for (const entry of context.reports) {
    if (entry.kind !== "key" || entry.rendition !== "plain") continue;
    if (entry.keyId !== key.keyId || entry.fingerprint !== key.fingerprint) continue;
    const bytes = await archivedBytes(entry, ports);
    const parsed = bytes === null ? null : parseReportText(bytes);
    if (parsed !== null) return parsed.recoveryPassword;
  }
  return null;
}
