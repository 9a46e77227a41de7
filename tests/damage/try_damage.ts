/** One trial: a PC with a past, damage, the next night, and a quiet one after that. */

import { Buffer } from "node:buffer";
import type { News } from "../../lib/core/ledger_model.ts";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { volume } from "../helpers/night_rig.ts";
import {
  alteredFiles,
  falseClaims,
  hiddenMails,
  leftovers,
  missingKeys,
  needlessCopies,
  newReports,
  untoldTo,
} from "./damage_checks.ts";
import type { Answer, DamagePc, KeptPc, NightSeen } from "./damage_pc.ts";

/** A PC as it was, and what it knew. */
export interface Past {
  readonly kept: KeptPc;
  /** Numbers of all keys ever seen. */
  readonly keys: readonly number[];
  /** What the next night shows: those that open something now. */
  readonly current: { readonly c: readonly number[]; readonly d: readonly number[] };
  /** News that the mails were refused for. */
  readonly pending: readonly News[];
}

/** What is tried. */
export interface Trial {
  readonly past: Past;
  /** Does the damage. */
  damage(pc: DamagePc): void | Promise<void>;
  /** A key that drive C: gets in the next night, too; `null` without. */
  readonly fresh: number | null;
}

/** What it came to. */
export interface Tried {
  /** The first night after the damage. */
  readonly night: NightSeen;
  /** What is not as it should be. */
  readonly troubles: readonly string[];
  /** Of these, keys that some destination does not hold. */
  readonly lost: readonly string[];
  /** Names of ledgers that were set aside. */
  readonly aside: readonly string[];
  readonly doubled: number;
}

/** Four nights: two drives, a key changed, a quiet one, and one with a new key whose mails may be refused. */
export async function pastOf(pc: DamagePc, { mailWorks }: { readonly mailWorks: boolean }): Promise<Past> {
  const nights: readonly (readonly [readonly number[], readonly number[]])[] = [
    [[1], [10]],
    [[3], [10]],
    [[3], [10]],
    [[3], [10, 11]],
  ];
  for (const [index, [c, d]] of nights.entries()) {
    pc.mailWorks = mailWorks || index < 3;
    await pc.night({ volumes: [volume("C:", c), volume("D:", d)] });
  }
  pc.mailWorks = true;
  const ledger = await openSqliteLedger(pc.ledger, { archiveHasFiles: true, readOnly: true });
  const { news } = await ledger.load();
  ledger.close();
  return {
    kept: pc.keep(),
    keys: [1, 3, 10, 11],
    current: { c: [3], d: [10, 11] },
    // that a mail is late, whoever reads the mail knows
    pending: news.filter(({ kind }) => kind !== "delivery-pending"),
  };
}

/** Names of ledgers that were set aside. */
export function asideIn(pc: DamagePc): readonly string[] {
  return [...pc.files().keys()].filter((path) => /^data\/ledger\.damaged-\d+\.db$/.test(path)).sort();
}

/** The sentences of a finding. */
export function findingText({ findings = [] }: Answer, code: string): string {
  return findings.filter((one) => one.code === code).map(({ text }) => text).join(" ");
}

/** Damages a PC and runs two nights. */
export async function tryDamage(pc: DamagePc, { past, damage, fresh }: Trial): Promise<Tried> {
  pc.restore(past.kept);
  await damage(pc);
  const damaged = pc.files();
  const c = fresh === null ? past.current.c : [...past.current.c, fresh];
  const volumes = [volume("C:", c), volume("D:", past.current.d)];
  const keys = fresh === null ? past.keys : [...past.keys, fresh];

  const night = await pc.night({ volumes });
  const after = pc.files();
  const aside = asideIn(pc);
  const lost = await missingKeys(pc, keys);
  const troubles = [
    ...lost,
    ...alteredFiles(damaged, after),
    ...needlessCopies(damaged, after),
    ...leftovers(pc, keys),
    ...await falseClaims(pc),
    ...await hiddenMails(pc.mails()),
    ...await verdictTroubles(night),
    ...await keptAside(pc, { damaged, aside, night }),
    ...await untoldNews(past, night),
  ];

  const quiet = await pc.night({ volumes });
  const calm = pc.files();
  if (quiet.code !== 0) troubles.push(`the next night ended with ${quiet.code}: ${quiet.answer.shortfalls}`);
  if (quiet.mails.length > 0) troubles.push("the next night sent mails");
  if ((quiet.answer.changes ?? []).length > 0) troubles.push("the next night saw changes");
  troubles.push(...newReports(after, calm).map((path) => `the next night made ${path}`));
  troubles.push(...alteredFiles(after, calm));
  return { night, troubles, lost, aside, doubled: newReports(damaged, after).length };
}

/** All went well and nothing is said; or the ledger is said to be damaged, to everybody. */
async function verdictTroubles({ code, answer, mails }: NightSeen): Promise<readonly string[]> {
  const told = findingText(answer, "ledger-replaced");
  if (code !== 0 && code !== 3) return [`the night ended with ${code}: ${answer.error?.message}`];
  if (code === 0) return told === "" ? [] : ["the damage is said, and the night counts as good"];
  if (told === "") return [`the night fell short of something else: ${answer.shortfalls}`];
  return await untoldTo(mails, "What Spare Key remembered was damaged");
}

/** What was set aside is what lay there. */
function keptAside(
  pc: DamagePc,
  { damaged, aside, night }: {
    readonly damaged: ReadonlyMap<string, Uint8Array>;
    readonly aside: readonly string[];
    readonly night: NightSeen;
  },
): readonly string[] {
  const was = damaged.get("data/ledger.db");
  return aside.filter((path) => !damaged.has(path)).flatMap((path) => {
    const kept = pc.files().get(path);
    const name = path.slice("data/".length);
    return [
      ...was !== undefined && kept !== undefined && Buffer.compare(kept, was) === 0
        ? []
        : [`${name} is not the damaged ledger`],
      ...findingText(night.answer, "ledger-replaced").includes(`"${name}"`) ? [] : [`nobody names ${name}`],
    ];
  });
}

/** News that was pending is told, or named as damaged itself. */
async function untoldNews({ pending }: Past, { mails, answer }: NightSeen): Promise<readonly string[]> {
  const damage = findingText(answer, "ledger-replaced");
  const wrong: string[] = [];
  // With the ledger as a whole its news is gone; what stands now is told as at first sight.
  if (damage.includes("The ledger was")) return wrong;
  for (const { id, text } of pending) {
    if (!damage.includes(`Row "${id}" of table "news"`)) wrong.push(...await untoldTo(mails, text));
  }
  return wrong;
}
