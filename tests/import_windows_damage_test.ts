import assert from "node:assert/strict";
import fc from "fast-check";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { DAMAGES, printProtectors, type ScreenBlock, SPOILS } from "./helpers/console_screens.ts";
import { LANGUAGES } from "./helpers/console_words.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const RUNS = Number(Deno.env.get("SPARE_KEY_FUZZ") ?? 3000);
const SEED = Number(Deno.env.get("SPARE_KEY_FUZZ_SEED") ?? 845_846);

/** What happens to single lines on top; numbers are taken modulo what there is. */
const STEPS: Readonly<Record<string, (lines: readonly string[], at: number) => readonly string[]>> = {
  "a line lost": (lines, at) => lines.toSpliced(at, 1),
  "a line twice": (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ""),
  "the beginning lost": (lines, at) => lines.slice(at),
  "the end lost": (lines, at) => lines.slice(0, at),
  "a line end lost": (lines, at) => lines.toSpliced(at, 2, lines.slice(at, at + 2).join(" ")),
  "a key made unreadable": (lines, at) =>
    lines.with(at, (lines[at] ?? "").replace(/(?<=\d{6}-\d{6}-)[\d-]+/, "XXXXXX")),
  "braces lost": (lines, at) => lines.with(at, (lines[at] ?? "").replace(/[{}]/g, "")),
};

const TAKING: ReadonlySet<string> = new Set(["a line lost", "the beginning lost", "the end lost"]);

const block = fc.record({ type: fc.integer({ min: -1, max: 5 }), id: fc.integer({ min: 1, max: 40 }) });
const screen = fc.record({
  language: fc.nat(LANGUAGES.length - 1),
  volumes: fc.array(fc.uniqueArray(block, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 2,
  }),
  damages: fc.array(fc.constantFrom(...Object.values(DAMAGES), ...Object.values(SPOILS)), { maxLength: 2 }),
  steps: fc.array(fc.tuple(fc.constantFrom(...Object.keys(STEPS)), fc.nat(200)), { maxLength: 2 }),
});

/** What a block of this type holds below its ID. */
function linesOf(type: number, id: number): readonly string[] {
  if (type === 0) return [keyOf(id)];
  if (type === 2 || type === 4) return [`${idOf(id)}.BEK`];
  if (type === 5) return ["de138be95e34d175236d70f6dbf87a992ed39744"];
  return type === 1 ? [] : ["0, 2, 4, 11"];
}

Deno.test(`import never gives the digits of one protector to another (${RUNS} screens, seed ${SEED})`, () => {
  fc.assert(
    fc.property(screen, ({ language, volumes, damages, steps }) => {
      const words = LANGUAGES[language];
      assert.ok(words !== undefined);
      const used = new Set<number>();
      const text = volumes.map((blocks, at) => {
        const own: readonly ScreenBlock[] = blocks.filter(({ id }) => !used.has(id) && used.add(id))
          .map(({ type, id }) => ({ type, id: idOf(id), lines: linesOf(type, id) }));
        return printProtectors(words, { drive: `${"CD"[at]}:`, label: "", blocks: own });
      }).join("\n");
      const taking = steps.find(([name]) => TAKING.has(name));
      const lines = steps.filter((step) => !TAKING.has(step[0]) || step === taking)
        // a line is taken before others are joined: two lines in one would be two
        .toSorted(([one], [other]) => Number(TAKING.has(other)) - Number(TAKING.has(one)))
        .reduce<readonly string[]>(
          (all, [name, at]) => all.length === 0 ? all : STEPS[name]?.(all, at % all.length) ?? all,
          text.split("\n"),
        );
      const damaged = damages.reduce((all, damage) => damage(all), lines.join("\n"));
      for (const { keyId, recoveryPassword } of importText(normalizeText(damaged)).keys) {
        if (keyId === null || recoveryPassword === null) continue;
        const number = Array.from({ length: 41 }, (_, at) => at).find((at) => keyOf(at) === recoveryPassword);
        assert.ok(number !== undefined && idOf(number).startsWith(keyId), `a pair of two blocks: ${keyId}`);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
