/** What must hold after a kill, whatever was killed when. Each check gives sentences, none when all is well. */

import { DatabaseSync } from "node:sqlite";
import { Buffer } from "node:buffer";
import { type ParsedMail, simpleParser } from "mailparser";
import { parseReportText } from "../../lib/core/parse_report.ts";
import { sha256Hex } from "../../lib/core/sha256.ts";
import { ageSealer } from "../../lib/effects/age_sealer.ts";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { keyId, password } from "../helpers/night_rig.ts";
import { filesBelow, squeezed } from "../helpers/program.ts";
import { type MailName, MAILS, PLACES } from "./bare_pc.ts";
import type { CrashPc } from "./crash_pc.ts";

/** All files at the destinations: `PLACE/FOLDER/name` to bytes. */
export type Files = ReadonlyMap<string, Uint8Array>;

const sealer = ageSealer();
const TEMPORARY = /(?:^|\/)\.spare-key-[^/]*\.tmp$/;
const STATUS = /(?:^|\/)status\.json$/;

/**
 * Reads all that lies at the destinations for files.
 *
 * @param pc Whose.
 * @returns Path to bytes.
 */
export async function destinationFiles(pc: CrashPc): Promise<Files> {
  const all = new Map<string, Uint8Array>();
  for (const [place, folder] of Object.entries(PLACES)) {
    for (const [path, bytes] of await filesBelow(`${pc.root}/pc/${folder}`)) {
      all.set(`${place}/${path}`, bytes);
    }
  }
  return all;
}

/**
 * Finds files that are not what they were. `status.json` alone is replaced.
 *
 * @param before What lay there.
 * @param now What lies there.
 * @returns One sentence a file.
 */
export function alteredFiles(before: Files, now: Files): readonly string[] {
  return [...before].filter(([path]) => !STATUS.test(path) && !TEMPORARY.test(path)).flatMap(
    ([path, bytes]) => {
      const there = now.get(path);
      if (there === undefined) return [`${path} is gone`];
      return Buffer.compare(there, bytes) === 0 ? [] : [`${path} was replaced`];
    },
  );
}

/**
 * Finds files under a final name that are not whole.
 *
 * @param files At the destinations.
 * @param pc Whose.
 * @param options Whether an empty file may stand: without hard links a name is taken before its content.
 * @returns One sentence a file.
 */
export async function brokenFiles(
  files: Files,
  pc: CrashPc,
  { emptyMayStand = false }: { readonly emptyMayStand?: boolean } = {},
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [path, bytes] of files) {
    if (TEMPORARY.test(path) || (emptyMayStand && bytes.length === 0)) continue;
    if (!await isWhole(path, bytes, pc.identity)) wrong.push(`${path} is half a file`);
  }
  return wrong;
}

async function isWhole(path: string, bytes: Uint8Array, identity: string): Promise<boolean> {
  if (path.endsWith(".age")) {
    const opened = await sealer.open(bytes, identity).catch(() => null);
    return opened !== null && await isWhole(path.slice(0, -".age".length), opened, identity);
  }
  if (path.endsWith(".TXT")) return parseReportText(bytes)?.takenAt !== null && endsWithLine(bytes);
  const text = new TextDecoder().decode(bytes);
  if (path.endsWith(".html")) return text.trimEnd().endsWith("</html>");
  try {
    return STATUS.test(path) && typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** UTF-16, and the last line has its end. */
function endsWithLine(bytes: Uint8Array): boolean {
  return bytes.length % 2 === 0 && bytes.at(-2) === 0x0a;
}

/**
 * Finds keys that a destination does not hold, or not readable.
 *
 * @param numbers Of the keys that it must hold.
 * @param pc Whose.
 * @returns One sentence a key and destination.
 */
export async function missingKeys(numbers: readonly number[], pc: CrashPc): Promise<readonly string[]> {
  const held = new Map<string, Set<string>>();
  const add = async (place: string, path: string, bytes: Uint8Array): Promise<void> => {
    const plain = path.endsWith(".age") ? await sealer.open(bytes, pc.identity).catch(() => null) : bytes;
    const parsed = plain === null ? null : parseReportText(plain);
    if (parsed === null) return;
    held.set(place, (held.get(place) ?? new Set()).add(`${parsed.keyId} ${parsed.recoveryPassword}`));
  };
  for (const [path, bytes] of await destinationFiles(pc)) {
    await add(path.slice(0, path.indexOf("/")), path, bytes);
  }
  for (const mail of await mailsTo("helper", pc)) {
    for (const { filename, content } of mail.attachments) await add("helper", filename ?? "", content);
  }
  return [...Object.keys(PLACES), "helper"].flatMap((place) =>
    numbers.filter((key) => held.get(place)?.has(`${keyId(key)} ${password(key)}`) !== true)
      .map((key) => `key ${key} is not at "${place}"`)
  );
}

/**
 * Finds unfinished files at the destinations and in the data folder.
 *
 * @param pc Whose.
 * @returns One sentence a file.
 */
export async function litter(pc: CrashPc): Promise<readonly string[]> {
  return [...(await filesBelow(`${pc.root}/pc`)).keys()].filter((path) => TEMPORARY.test(path))
    .map((path) => `${path} was left behind`);
}

/**
 * Looks for digits in the data folder.
 *
 * @param numbers Of keys.
 * @param pc Whose.
 * @returns One sentence a file.
 */
export async function digitsInData(numbers: readonly number[], pc: CrashPc): Promise<readonly string[]> {
  const texts = [...await filesBelow(pc.data)].map(([path, bytes]) => [path, squeezed(bytes)] as const);
  return numbers.flatMap((key) =>
    texts.filter(([, text]) => text.includes(squeezed(password(key)))).map(([path]) => `${path} holds digits`)
  );
}

/**
 * Checks the ledger: SQLite's own check, the sum of each row, and that it tells the truth about what is where.
 *
 * @param pc Whose.
 * @returns What is wrong.
 */
export async function ledgerTroubles(pc: CrashPc): Promise<readonly string[]> {
  const path = `${pc.data}/ledger.db`;
  const ledger = await openSqliteLedger(path, { archiveHasFiles: true, readOnly: true });
  const [{ damage, reports, deliveries }] = [await ledger.load()];
  await ledger.history();
  ledger.close();
  const db = new DatabaseSync(path, { readOnly: true });
  const integrity = JSON.stringify(db.prepare("PRAGMA integrity_check").all());
  db.close();
  const sums = new Map(reports.map((entry) => [entry.id, entry.sha256]));
  const files = await destinationFiles(pc);
  const wrong: string[] = [...damage];
  if (integrity !== '[{"integrity_check":"ok"}]') wrong.push(`the ledger is damaged: ${integrity}`);
  for (const row of deliveries) {
    if (!Object.hasOwn(PLACES, row.destination)) continue;
    const bytes = files.get(`${row.destination}/${row.folder}/${row.name}`);
    if (
      row.state === "delivered" && (bytes === undefined || await sha256Hex(bytes) !== sums.get(row.report))
    ) {
      wrong.push(`the ledger says that ${row.report} lies at "${row.destination}"`);
    }
  }
  return wrong;
}

/** Mails to a destination, in the order in which they were taken. */
async function mailsTo(name: MailName, pc: CrashPc): Promise<readonly ParsedMail[]> {
  const mine = pc.mails().filter(({ to }) => to.includes(MAILS[name]));
  return await Promise.all(mine.map(({ bytes }) => simpleParser(Buffer.from(bytes))));
}

/**
 * Checks that everybody was told everything, and nothing twice but by the same mail sent again.
 *
 * @param pc Whose.
 * @param options How often a mail to a destination may have been sent once more, and whether more news may have
 * joined it by then: a mail that tells more is another one.
 * @returns What is wrong.
 */
export async function mailTroubles(
  pc: CrashPc,
  { mayRepeat, mayAdd = false }: {
    readonly mayRepeat: Readonly<Record<MailName, number>>;
    readonly mayAdd?: boolean | undefined;
  },
): Promise<readonly string[]> {
  const db = new DatabaseSync(`${pc.data}/ledger.db`, { readOnly: true });
  const news = db.prepare("SELECT text FROM news WHERE tell = 1").all().map(({ text }) =>
    squashed(String(text))
  );
  db.close();
  const wrong: string[] = [];
  if (news.length === 0) wrong.push("the ledger has no news");
  for (const name of Object.keys(MAILS) as MailName[]) {
    const mails = (await mailsTo(name, pc)).map(({ messageId = "", text = "" }) => {
      const told = happened(text);
      return { messageId, tells: news.filter((item) => told.includes(item)) };
    });
    for (const [item, rows] of Map.groupBy(news, (text) => text)) {
      const telling = mails.filter(({ tells }) => tells.includes(item)).map(({ messageId }) => messageId);
      const excerpt = `"${item.slice(0, 60)}…"`;
      if (telling.length < rows.length) wrong.push(`"${name}" was told ${excerpt} ${telling.length} times`);
      // What still stands a week later, by the PC's clock, is news once more.
      if (telling.length > rows.length + mayRepeat[name]) {
        wrong.push(`"${name}" was told ${excerpt} ${telling.length} times`);
      }
      if (new Set(telling).size > rows.length + (mayAdd ? mayRepeat[name] : 0)) {
        wrong.push(`"${name}" was told ${excerpt} by mails of ${new Set(telling).size} Message-IDs`);
      }
    }
    const contents = Map.groupBy(mails, ({ messageId }) => messageId);
    for (const [messageId, same] of contents) {
      if (new Set(same.map(({ tells }) => JSON.stringify(tells))).size > 1) {
        wrong.push(`"${name}" got other news under the old Message-ID ${messageId}`);
      }
    }
  }
  return wrong;
}

/** What a mail tells as news: the rest repeats what stands. */
function happened(text: string): string {
  return squashed(text.split(/^(?:WHAT STANDS NOW|THE DRIVES NOW)/m)[0] ?? "");
}

function squashed(text: string): string {
  return text.replace(/\s+/g, " ");
}
