import assert from "node:assert/strict";
import fc from "fast-check";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const short = (number: number): string => idOf(number).slice(0, 8);

/** A page of keys 1, 2, … under the names of their PCs. */
type Page = (names: readonly string[]) => string;

const each = (names: readonly string[], card: (name: string, number: number) => string): string =>
  names.map((name, at) => card(name, at + 1)).join("");

const PAGES: Readonly<Record<string, Page>> = {
  "names and values by turns": (names) =>
    "BitLocker recovery keys\n\n" +
    each(names, (name, n) =>
      `Device name\n${name}\nKey ID\n${short(n)}\nRecovery key\n${
        keyOf(n)
      }\nDrive\nOSV\nKey upload date\n1/${n}/2021\n\n`),
  "the PC above each card": (names) =>
    "BitLocker recovery keys\n\n" +
    each(names, (name, n) =>
      `${name}\n\nKey ID\n${short(n)}\nRecovery key\n${
        keyOf(n)
      }\nDrive\nOSV\nKey upload date\n1/${n}/2021\nDelete\n\n`),
  "names with colons": (names) =>
    each(
      names,
      (name, n) =>
        `${name}\nKey ID: ${short(n)}\nRecovery key: ${
          keyOf(n)
        }\nDrive: OSV\nKey upload date: 1/${n}/2021\n\n`,
    ),
  "the PC among the names": (names) =>
    each(
      names,
      (name, n) =>
        `Device name: ${name}\nRecovery key: ${keyOf(n)}\nKey ID: ${
          short(n)
        }\nKey upload date: 1/${n}/2021\n`,
    ),
  "all names first": (names) =>
    "BitLocker recovery keys\nDevice name\nKey ID\nRecovery key\nDrive\nKey upload date\n" +
    each(names, (name, n) => `${name}\n${short(n)}\n${keyOf(n)}\nOSV\n1/${n}/2021\n`),
  "German": (names) =>
    each(
      names,
      (name, n) =>
        `Gerätename\n${name}\nSchlüssel-ID\n${short(n)}\nWiederherstellungsschlüssel\n${
          keyOf(n)
        }\nDatum\n1/${n}/2021\n`,
    ),
  "whole Key IDs": (names) =>
    each(
      names,
      (name, n) =>
        `Device name\n${name}\nBitLocker key ID\n${idOf(n)}\nRecovery key\n${keyOf(n)}\nDate\n1/${n}/2021\n`,
    ),
  "blocks of a web page": (names) =>
    "<html><body><h1>BitLocker recovery keys</h1>" +
    each(names, (name, n) =>
      `<div><h2>${name}</h2><div>Key ID</div><div>${short(n)}</div><div>Recovery key</div><div>${
        keyOf(n)
      }</div>` +
      `<div>Key upload date</div><div>1/${n}/2021</div></div>`),
};

for (const [name, page] of Object.entries(PAGES)) {
  Deno.test(`import reads which PC and day each key of the account page has: ${name}`, () => {
    for (const names of [["ANNA-LAPTOP"], ["ANNA-LAPTOP", "ANNA-LAPTOP", "Tom's PC"]]) {
      const { keys, details } = importText(normalizeText(page(names)));
      const found = keys.map(({ keyId, recoveryPassword }, at) => [
        keyId?.slice(0, 8),
        recoveryPassword,
        details[at]?.host,
        details[at]?.date,
      ]);
      assert.deepEqual(
        found,
        names.map((host, at) => [short(at + 1), keyOf(at + 1), host, `1/${at + 1}/2021`]),
      );
    }
  });
}

Deno.test("import reads cards that show the Key ID alone", () => {
  const text = `BitLocker recovery keys\n\nANNA-LAPTOP\nKey ID\n${short(1)}\nDrive\nOSV\n`;
  const { keys, details } = importText(text);
  assert.deepEqual(keys, [{ keyId: short(1), recoveryPassword: null, drive: null, valid: null }]);
  assert.equal(details[0]?.host, "ANNA-LAPTOP");
});

Deno.test("import takes no button, title or sentence above a card for a PC", () => {
  for (
    const above of [
      "Delete",
      "BitLocker recovery keys",
      "Devices",
      "Copy key",
      "Keep these keys safe.",
      "12345678",
    ]
  ) {
    const { details } = importText(`${above}\nKey ID\n${short(1)}\nRecovery key\n${keyOf(1)}\n`);
    assert.deepEqual(details.map(({ host }) => host), [null], above);
  }
});

const SEED = 20_261_128;

/** What a page goes through between a browser and a file. */
const STEPS: Readonly<Record<string, (lines: readonly string[], at: number) => readonly string[]>> = {
  "a line lost": (lines, at) => lines.toSpliced(at, 1),
  "a line twice": (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ""),
  "a line too many": (lines, at) => lines.toSpliced(at, 0, "Show more"),
  "a line end lost": (lines, at) => lines.toSpliced(at, 2, lines.slice(at, at + 2).join(" ")),
  "the beginning lost": (lines, at) => lines.slice(at),
  "the end lost": (lines, at) => lines.slice(0, at),
  "no blank lines": (lines) => lines.filter((line) => line !== ""),
};

Deno.test(`import makes no wrong pair of cards that lost or gained a line (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(PAGES)),
      fc.constantFrom(...Object.values(STEPS)),
      fc.nat(1000),
      (page, step, at) => {
        const lines = page(["ANNA-LAPTOP", "TOM-PC", "EVA-PC"]).split("\n");
        const { keys } = importText(normalizeText(step(lines, at % lines.length).join("\n")));
        for (const { keyId, recoveryPassword } of keys) {
          const number = [1, 2, 3].find((one) => keyOf(one) === recoveryPassword);
          assert.ok(
            number === undefined || keyId === null || idOf(number).startsWith(keyId),
            `${keyId} ${number}`,
          );
        }
      },
    ),
    { seed: SEED, numRuns: 3000 },
  );
});
