// Ledger and archive that decayed, were cut, lost or exchanged: whole runs of the program, and what they come to.

import assert from "node:assert/strict";
import { FUZZ_RUNS, FUZZ_SEED } from "../helpers/fuzz.ts";
import { keyId, volume } from "../helpers/night_rig.ts";
import { say } from "../tools/say.ts";
import { archivedPaths, archiveFaults, tryArchiveFault } from "./archive_faults.ts";
import { alteredFiles, missingKeys, untoldTo } from "./damage_checks.ts";
import { type DamagePc, damagePc } from "./damage_pc.ts";
import { LEDGER_FAULTS, OTHER_KEYS, runOtherPcs } from "./ledger_faults.ts";
import { ledgerRows } from "./ledger_rows_of.ts";
import { asideIn, findingText, type Past, pastOf, tryDamage } from "./try_damage.ts";

const sum = { tried: 0, survived: 0, lost: 0 };

/** Counts a trial, and fails it when something is not as it should be. */
function count(name: string, troubles: readonly string[]): void {
  sum.tried++;
  if (troubles.length === 0) sum.survived++;
  sum.lost += troubles.filter((one) => /^key \d+ is not at /.test(one)).length;
  assert.deepEqual(troubles, [], name);
}

/** A linear congruential generator: the same trials each time. */
function randomFrom(seed: number): () => number {
  let state = seed % 2 ** 31;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Runs trials on a PC with a past: the mails of its last night went out, or were refused. */
async function withPast(
  options: { readonly sealed: boolean; readonly mailWorks: boolean },
  act: (pc: DamagePc, past: Past) => Promise<void>,
): Promise<void> {
  await using pc = await damagePc(options);
  await runOtherPcs(pc);
  await act(pc, await pastOf(pc, options));
}

/** Flips the bit at a part of a file, 0 to 1. @returns Its number. */
function flipBit(path: string, at: number): number {
  const bytes = Deno.readFileSync(path);
  const bit = Math.floor(at * bytes.length * 8);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  Deno.writeFileSync(path, bytes);
  return bit;
}

/** A thousand where fuzz tests try all that they try before a release. */
const FLIPS = FUZZ_RUNS >= 100_000 ? 1000 : 120;

for (const [index, mailWorks] of [true, false].entries()) {
  const told = mailWorks ? "told" : "refused by mail";
  Deno.test(`${FLIPS / 2} bit flips in a ledger whose news is ${told}, a night each (seed ${FUZZ_SEED})`, () =>
    withPast({ sealed: true, mailWorks }, async (pc, past) => {
      const random = randomFrom(FUZZ_SEED + index);
      const seen = { replaced: 0, mended: 0, whole: 0 };
      for (let trial = 0; trial < FLIPS / 2; trial++) {
        const at = random();
        let bit = 0;
        const { night, troubles, aside } = await tryDamage(pc, {
          past,
          fresh: trial % 2 === 0 ? null : 12,
          damage({ ledger }): void {
            bit = flipBit(ledger, at);
          },
        });
        seen[aside.length > 0 ? "replaced" : night.code === 3 ? "mended" : "whole"]++;
        count(`bit ${bit}`, troubles);
      }
      for (const [what, times] of Object.entries(seen)) assert.ok(times > 0, `no ledger was ${what}`);
    }));
}

Deno.test("each row of the ledger damaged: what it said is found anew or told once more, the rest stays", () =>
  withPast({ sealed: true, mailWorks: false }, async (pc, past) => {
    for (const { name, table, damage, isRead } of ledgerRows(pc)) {
      const { night, troubles, aside, doubled } = await tryDamage(pc, { past, fresh: null, damage });
      count(`row ${name} of ${table}`, troubles);
      assert.deepEqual(aside, [], `row ${name} of ${table}`);
      assert.equal(night.code, isRead ? 3 : 0, `row ${name} of ${table}`);
      // a report that the archive gave up is made anew at most once for each of the two places
      assert.ok(doubled <= 2, `row ${name} of ${table} brought ${doubled} files`);
    }
  }));

for (const sealed of [true, false]) {
  const kind = sealed ? "sealed to recipients" : "sealed to the PC's own key";
  for (const mailWorks of [true, false]) {
    const told = mailWorks ? "all told" : "mails refused";
    Deno.test(`ledgers cut, emptied, lost, exchanged: archive ${kind}, ${told}`, () =>
      withPast({ sealed, mailWorks }, async (pc, past) => {
        for (const fault of LEDGER_FAULTS) {
          const { night, troubles, aside } = await tryDamage(pc, { past, fresh: 12, damage: fault.damage });
          count(fault.name, troubles);
          assert.match(findingText(night.answer, "ledger-replaced"), fault.told, fault.name);
          assert.equal(aside.length, fault.aside, fault.name);
          // what another PC brought to the same places is none of this one's, and stays there
          const others = pc.files().keys().filter((path) =>
            OTHER_KEYS.some((key) => path.includes(keyId(key)))
          );
          assert.deepEqual(others.filter((path) => path.includes("/ANNA-LAPTOP/")).toArray(), [], fault.name);
          assert.deepEqual(await missingKeys(pc, OTHER_KEYS, ["plain"]), [], fault.name);
        }
      }));
  }

  Deno.test(`archives damaged while a new destination lacks everything: ${kind}`, () =>
    withPast({ sealed, mailWorks: false }, async (pc, past) => {
      for (const fault of archiveFaults(archivedPaths(pc), past, randomFrom(FUZZ_SEED))) {
        count(fault.name, await tryArchiveFault(pc, { past, fault, sealed }));
      }
    }));
}

Deno.test("damage again and again: each ledger is kept under a number of its own, and no key is lost", () =>
  withPast({ sealed: true, mailWorks: true }, async (pc, past) => {
    pc.restore(past.kept);
    const plan = { volumes: [volume("C:", past.current.c), volume("D:", past.current.d)] };
    for (let round = 1; round <= 3; round++) {
      const before = pc.files();
      await Deno.writeTextFile(pc.ledger, `no ledger ${round}`);
      const night = await pc.night(plan);
      assert.equal(night.code, 3);
      count(`round ${round}`, [
        ...await missingKeys(pc, past.keys),
        ...alteredFiles(before, pc.files()),
        ...await untoldTo(night.mails, "What Spare Key remembered was damaged"),
      ]);
      assert.equal(asideIn(pc).length, round);
      assert.equal(await Deno.readTextFile(`${pc.data}/ledger.damaged-${round}.db`), `no ledger ${round}`);
    }
    assert.equal((await pc.night(plan)).code, 0);
  }));

Deno.test("the damage tests sum up", () => {
  say(`damage: ${sum.tried} tried, ${sum.survived} survived, ${sum.lost} keys lost (seed ${FUZZ_SEED})`);
  assert.equal(sum.survived, sum.tried);
  assert.equal(sum.lost, 0);
});
