/** What must hold after damage, whatever was damaged. Each check gives sentences, none when all is well. */

import { Buffer } from "node:buffer";
import { type ParsedMail, simpleParser } from "mailparser";
import { parseReportText } from "../../lib/core/parse_report.ts";
import { sha256Hex } from "../../lib/core/sha256.ts";
import { ageSealer } from "../../lib/effects/age_sealer.ts";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { keyId, password } from "../helpers/night_rig.ts";
import { squeezed } from "../helpers/program.ts";
import { type DamagePc, MAILS, PLACES, type TakenMail } from "./damage_pc.ts";

/** Path below the PC's root to bytes. */
export type Files = ReadonlyMap<string, Uint8Array>;

const sealer = ageSealer();
const isReport = (path: string): boolean =>
  /^(?:plain|vault|late)\//.test(path) && !path.endsWith("/status.json");

/** Opening takes longer than a night; the same bytes come a thousand times. */
const opened = new Map<string, string | null>();

/** @returns `Key ID digits` of a report, `null` when it is none or cannot be read. */
async function keyIn(path: string, bytes: Uint8Array, identity: string): Promise<string | null> {
  const sum = `${identity} ${await sha256Hex(bytes)}`;
  const known = opened.get(sum);
  if (known !== undefined) return known;
  const plain = path.endsWith(".age") ? await sealer.open(bytes, identity).catch(() => null) : bytes;
  const parsed = plain === null ? null : parseReportText(plain);
  const key = parsed === null ? null : `${parsed.keyId} ${parsed.recoveryPassword}`;
  opened.set(sum, key);
  return key;
}

const parsedMails = new WeakMap<Uint8Array, Promise<ParsedMail>>();

function parsed({ bytes }: TakenMail): Promise<ParsedMail> {
  const mail = parsedMails.get(bytes) ?? simpleParser(Buffer.from(bytes));
  parsedMails.set(bytes, mail);
  return mail;
}

/**
 * Finds keys that a destination does not hold, or not readable.
 *
 * @param pc Whose.
 * @param numbers Of the keys that each must hold.
 * @param places Names of destinations. @default all that hold keys
 * @returns One sentence a key and destination.
 */
export async function missingKeys(
  pc: DamagePc,
  numbers: readonly number[],
  places: readonly string[] = [...Object.keys(PLACES), "helper"],
): Promise<readonly string[]> {
  const held = new Map<string, Set<string | null>>(places.map((place) => [place, new Set()]));
  for (const [path, bytes] of pc.files()) {
    if (isReport(path)) {
      held.get(path.slice(0, path.indexOf("/")))?.add(await keyIn(path, bytes, pc.identity));
    }
  }
  for (const mail of pc.mails().filter(({ to }) => to === MAILS.helper)) {
    for (const { filename, content } of (await parsed(mail)).attachments) {
      held.get("helper")?.add(await keyIn(filename ?? "", content, pc.identity));
    }
  }
  return places.flatMap((place) =>
    numbers.filter((key) => held.get(place)?.has(`${keyId(key)} ${password(key)}`) !== true)
      .map((key) => `key ${key} is not at "${place}"`)
  );
}

/** Finds reports at destinations that are gone or other than they were. */
export function alteredFiles(before: Files, now: Files): readonly string[] {
  return [...before].filter(([path]) => isReport(path)).flatMap(([path, bytes]) => {
    const there = now.get(path);
    if (there === undefined) return [`${path} is gone`];
    return Buffer.compare(there, bytes) === 0 ? [] : [`${path} was replaced`];
  });
}

/** Lists reports that came to a destination. */
export function newReports(before: Files, now: Files): readonly string[] {
  return [...now.keys()].filter((path) => isReport(path) && !before.has(path));
}

/** Finds keys, and sheets, that a destination got more than once anew. */
export function needlessCopies(before: Files, now: Files): readonly string[] {
  const groups = Map.groupBy(newReports(before, now), (path) => {
    const id = /[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/.exec(path)?.[0] ?? "sheet";
    return `${id} at ${path.slice(0, path.indexOf("/"))}`;
  });
  return [...groups].filter(([, paths]) => paths.length > 1).map(([what, { length }]) =>
    `${what} came ${length} times`
  );
}

/** Finds unfinished files, and digits in the data folder. */
export function leftovers(pc: DamagePc, numbers: readonly number[]): readonly string[] {
  return [...pc.files()].flatMap(([path, bytes]) => {
    if (path.includes("/.spare-key-")) return [`${path} was left behind`];
    if (!path.startsWith("data")) return [];
    const text = squeezed(bytes);
    return numbers.some((key) => text.includes(squeezed(password(key)))) ? [`${path} holds digits`] : [];
  });
}

/** Finds what the ledger says of the destinations, and is not so. */
export async function falseClaims(pc: DamagePc, path: string = pc.ledger): Promise<readonly string[]> {
  const ledger = await openSqliteLedger(path, { archiveHasFiles: true, readOnly: true });
  const { damage, reports, deliveries } = await ledger.load();
  ledger.close();
  const sums = new Map(reports.map((entry) => [entry.id, entry.sha256]));
  const wrong: string[] = [...damage];
  const files = pc.files();
  // what is said of a report that the ledger does not know any more means nothing
  for (const row of deliveries.filter((one) => one.state === "delivered" && sums.has(one.report))) {
    const bytes = files.get(`${row.destination}/${row.folder}/${row.name}`);
    if (bytes === undefined || await sha256Hex(bytes) !== sums.get(row.report)) {
      wrong.push(`the ledger says that ${row.report} lies at "${row.destination}"`);
    }
  }
  return wrong;
}

/** Finds mail destinations that were not told a text. */
export async function untoldTo(
  mails: readonly TakenMail[],
  text: string,
  names: readonly (keyof typeof MAILS)[] = ["helper", "boss"],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const name of names) {
    const texts = await Promise.all(
      mails.filter(({ to }) => to === MAILS[name]).map(async (mail) =>
        squashed((await parsed(mail)).text ?? "")
      ),
    );
    if (!texts.some((one) => one.includes(squashed(text)))) {
      wrong.push(`"${name}" was not told "${text.slice(0, 80)}"`);
    }
  }
  return wrong;
}

/** Finds mails of other content under a Message-ID that was used before. */
export async function hiddenMails(mails: readonly TakenMail[]): Promise<readonly string[]> {
  const all = await Promise.all(mails.map(async (mail) => {
    const { messageId, text = "" } = await parsed(mail);
    return { messageId, text: squashed(text) };
  }));
  const groups = Map.groupBy(all, ({ messageId }) => messageId);
  return [...groups].filter(([, same]) => new Set(same.map(({ text }) => text)).size > 1)
    .map(([messageId]) => `another mail came under the old Message-ID ${messageId}`);
}

function squashed(text: string): string {
  return text.replace(/\s+/g, " ");
}
