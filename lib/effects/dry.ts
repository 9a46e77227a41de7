/**
 * The ports of a dry run: what reads passes through, what writes only tells what it would do. The result is that
 * of a run in which all of it went well; `check` marks it as dry.
 */

import type { MailReceipt } from "../core/mail.ts";
import { redactRecoveryPasswords } from "../core/recovery_password.ts";
import type {
  Archive,
  ArchivedFile,
  ArchiveKey,
  Destination,
  Ledger,
  LedgerChanges,
  Mailer,
} from "../ports.ts";

/** Takes one line of talk: `Would write "…" to "stick"`. */
export type Tell = (text: string) => void;

/** A second fence: names and subjects hold no digits either. */
function fenced(tell: Tell): Tell {
  return (text) => tell(redactRecoveryPasswords(text));
}

/** Counts what a save would write: `2 volumes, 1 run`. */
function summary(changes: LedgerChanges): string {
  const counts: readonly (readonly [number, string])[] = [
    [changes.volumes?.length ?? 0, "volume"],
    [changes.reports?.length ?? 0, "report"],
    [changes.deliveries?.length ?? 0, "delivery"],
    [changes.destinations?.length ?? 0, "destination"],
    [changes.findings?.length ?? 0, "finding"],
    [changes.news?.length ?? 0, "news item"],
    [changes.run === undefined ? 0 : 1, "run"],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, name]) => {
    const plural = name === "delivery" ? "deliveries" : `${name}s`;
    return `${count} ${count === 1 ? name : plural}`;
  });
  return parts.length === 0 ? "nothing new" : parts.join(", ");
}

/**
 * Wraps a ledger, opened read only.
 *
 * @param ledger The real one.
 * @param tell Takes what would be written.
 * @returns One that reads as if nothing had been saved.
 */
export function dryLedger(ledger: Ledger, tell: Tell): Ledger {
  const say = fenced(tell);
  return {
    load: () => ledger.load(),
    save(changes): Promise<void> {
      say(`Would record in the ledger: ${summary(changes)}`);
      return Promise.resolve();
    },
    history: () => ledger.history(),
    runsSinceGood: () => ledger.runsSinceGood(),
    setAside: (reason) => ledger.setAside(reason),
    close: () => ledger.close(),
  };
}

/**
 * Wraps an archive. What a run would have put is kept in memory, so that the run can go on and deliver it.
 *
 * @param archive The real one.
 * @param tell Takes what would be written or removed.
 * @returns One that reads as if it had been.
 */
export function dryArchive(archive: Archive, tell: Tell): Archive {
  const say = fenced(tell);
  /** `null` bytes: would have been removed. */
  const pretended = new Map<string, { readonly file: ArchivedFile; readonly bytes: Uint8Array | null }>();
  const keyOf = ({ vault, id }: ArchivedFile): string => `${vault} ${id}`;
  return {
    async list(): Promise<readonly ArchivedFile[]> {
      const real = (await archive.list()).filter((file) => !pretended.has(keyOf(file)));
      const added = [...pretended.values()].flatMap(({ file, bytes }) => bytes === null ? [] : [file]);
      return [...real, ...added].sort((one, other) =>
        compare(one.id, other.id) || compare(one.vault, other.vault)
      );
    },
    async put(file, sealed): Promise<void> {
      // Names that the real one refuses are refused here too.
      await archive.get(file);
      say(`Would archive "${file.id}", ${sealed.length} bytes, sealed to the ${RECIPIENT[file.vault]}`);
      pretended.set(keyOf(file), { file: { vault: file.vault, id: file.id }, bytes: sealed.slice() });
    },
    async get(file): Promise<Uint8Array | null> {
      const known = pretended.get(keyOf(file));
      return known === undefined ? await archive.get(file) : known.bytes?.slice() ?? null;
    },
    async remove(file): Promise<void> {
      await archive.get(file);
      say(`Would remove "${file.id}" from the archive`);
      pretended.set(keyOf(file), { file, bytes: null });
    },
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const RECIPIENT = { pc: "PC's own key", recipients: "recipients" } as const;

/**
 * Wraps a destination.
 *
 * @param destination The real one.
 * @param tell Takes what would be written.
 * @returns One that only looks; a report counts as delivered, as it would be when all goes well.
 */
export function dryDestination(destination: Destination, tell: Tell): Destination {
  const say = fenced(tell);
  return {
    name: destination.name,
    list: (folders) => destination.list(folders),
    sha256: (folder, name) => destination.sha256(folder, name),
    put(folder, name, bytes): Promise<"delivered"> {
      say(`Would write "${folder}/${name}", ${bytes.length} bytes, to "${destination.name}"`);
      return Promise.resolve("delivered");
    },
    putStatus(folder): Promise<void> {
      say(`Would replace "${folder}/status.json" at "${destination.name}"`);
      return Promise.resolve();
    },
  };
}

/**
 * Takes the place of a mailer, and connects to nobody.
 *
 * @param _mailer The real one; it has nothing that could be read.
 * @param tell Takes what would be sent.
 * @returns One whose receipts say that it was a dry run.
 */
export function dryMailer(_mailer: Mailer, tell: Tell): Mailer {
  const say = fenced(tell);
  return {
    send(mail): Promise<MailReceipt> {
      const files = mail.attachments.map(({ name }) => `"${name}"`).join(", ");
      say(
        `Would send mail "${mail.subject}" to ${mail.to.join(", ")}${files === "" ? "" : ` with ${files}`}`,
      );
      return Promise.resolve({ accepted: [...mail.to], rejected: [], answer: "dry run, not sent" });
    },
  };
}

/** What {@link dryArchiveKey} has to know. */
export interface DryArchiveKeyOptions {
  /**
   * Whether there is a key already, so that asking for it makes none. Without one, what the archive holds for
   * the PC cannot be opened.
   *
   * @default {no}
   */
  readonly exists?: () => Promise<boolean>;
}

/**
 * Wraps the archive's key: gives the one that there is, else one that ends with the run.
 *
 * @param key The real one, which makes and keeps one when there is none.
 * @param tell Takes what would be kept.
 * @param options Whether there is one.
 * @returns One that gives the same identity at each call.
 */
export function dryArchiveKey(key: ArchiveKey, tell: Tell, options: DryArchiveKeyOptions = {}): ArchiveKey {
  const say = fenced(tell);
  const exists = options.exists ?? (() => Promise.resolve(false));
  let known: Promise<string> | null = null;
  const find = async (): Promise<string> => {
    if (await exists()) return await key.identity();
    say("Would make a key for the archive and keep it");
    const { generateIdentity } = await import("age-encryption");
    return await generateIdentity();
  };
  return { identity: () => known ??= find(), others: () => key.others() };
}
