import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import type { ImportedText } from "../lib/core/import/model.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import {
  DAMAGES,
  printProtectors,
  printStatus,
  type ScreenBlock,
  type ScreenState,
  SPOILS,
} from "./helpers/console_screens.ts";
import { type ConsoleWords, LANGUAGES } from "./helpers/console_words.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const OPEN = { lock: "unlocked", label: "Daten 1" } as const;

/** What is printed, and what it says. */
const STATES: readonly (readonly [state: ScreenState, volume: Readonly<Record<string, unknown>>])[] = [
  [
    {
      drive: "C:",
      label: "Daten 1",
      conversion: 0,
      percent: "0,0",
      method: null,
      protection: 1,
      protectors: [],
    },
    { ...OPEN, conversion: "decrypted", percent: 0, protection: "off", protectorTypes: [] },
  ],
  [
    {
      drive: "C:",
      label: "Daten 1",
      conversion: 1,
      percent: "100.0",
      method: "XTS-AES 256",
      protection: 0,
      protectors: [-1, 0],
    },
    {
      ...OPEN,
      conversion: "encrypted",
      percent: 100,
      protection: "on",
      protectorTypes: ["tpm", "recovery-password"],
    },
  ],
  [
    {
      drive: "D:",
      label: "Daten 1",
      conversion: 2,
      percent: "100,0",
      method: "AES 128",
      protection: 0,
      protectors: [1, 0, 2],
      isData: true,
    },
    {
      ...OPEN,
      conversion: "used-space-only",
      percent: 100,
      protection: "on",
      protectorTypes: ["password", "recovery-password", "external-key"],
    },
  ],
  [
    {
      drive: "C:",
      label: "",
      conversion: 3,
      percent: "13,3",
      method: "XTS-AES 128",
      protection: 1,
      protectors: [3, 5],
    },
    {
      ...OPEN,
      label: "",
      conversion: "encrypting",
      percent: 13.3,
      protection: "off",
      protectorTypes: ["tpm-pin", "dra"],
    },
  ],
  [
    {
      drive: "C:",
      label: "",
      conversion: 4,
      percent: "87,0",
      method: "AES 256",
      protection: 1,
      protectors: [4],
    },
    {
      ...OPEN,
      label: "",
      conversion: "decrypting",
      percent: 87,
      protection: "off",
      protectorTypes: ["tpm-startup-key"],
    },
  ],
  [
    {
      drive: "F:",
      label: null,
      conversion: null,
      percent: "",
      method: "XTS-AES 128",
      protection: 2,
      protectors: [1, 0],
      isData: true,
    },
    {
      label: null,
      conversion: null,
      percent: null,
      protection: "unknown",
      lock: "locked",
      protectorTypes: ["password", "recovery-password"],
    },
  ],
];

const BLOCKS: readonly ScreenBlock[] = [
  { type: -1, id: idOf(1), lines: ["7, 11"] },
  { type: 0, id: idOf(2), lines: [keyOf(2)] },
  { type: 2, id: idOf(3), lines: [`${idOf(3)}.BEK`] },
  { type: 1, id: idOf(4) },
  { type: 5, id: idOf(5), lines: ["de138be95e34d175236d70f6dbf87a992ed39744"] },
  { type: 0, id: idOf(6), lines: [keyOf(6)] },
];

const read = (text: string): ImportedText => importText(normalizeText(text));

function checkStatus(words: ConsoleWords, damage: (text: string) => string, where: string): void {
  for (const [state, volume] of STATES) {
    const { kind, keys, volumes } = read(damage(printStatus(words, state)));
    assert.deepEqual(volumes, [{ drive: state.drive, ...volume }], where);
    assert.deepEqual([kind, keys], ["manage-bde-status", []], where);
  }
}

function checkProtectors(words: ConsoleWords, damage: (text: string) => string, where: string): void {
  const text = damage(printProtectors(words, { drive: "E:", label: "Daten 1", blocks: BLOCKS }));
  const { kind, keys, otherProtectors, volumes } = read(text);
  assert.deepEqual(
    keys.map(({ keyId, recoveryPassword, drive }) => [keyId, recoveryPassword, drive]),
    [[idOf(2), keyOf(2), "E:"], [idOf(6), keyOf(6), "E:"]],
    where,
  );
  assert.deepEqual(
    otherProtectors.map(({ id, type }) => [id, type]),
    [[idOf(1), "tpm"], [idOf(3), "external-key"], [idOf(4), "password"], [idOf(5), "dra"]],
    where,
  );
  assert.deepEqual(volumes.map(({ drive, label, protectorTypes }) => [drive, label, protectorTypes]), [[
    "E:",
    "Daten 1",
    ["tpm", "recovery-password", "external-key", "password", "dra", "recovery-password"],
  ]], where);
  assert.equal(kind, "manage-bde-protectors", where);
}

for (const words of LANGUAGES) {
  for (const [name, damage] of Object.entries(DAMAGES)) {
    const where = `${words.language}, ${name}`;
    Deno.test(`import reads the states of volumes: ${where}`, () => checkStatus(words, damage, where));
    Deno.test(`import reads protectors: ${where}`, () => checkProtectors(words, damage, where));
  }
}

const LATIN = "en de fr es it pt-BR pt-PT nl sv da nb fi pl cs hu ro sk sl hr sr et lv lt".split(" ");

for (const words of LANGUAGES.filter(({ language }) => LATIN.includes(language))) {
  for (const [name, spoil] of Object.entries(SPOILS)) {
    const where = `${words.language}, ${name}`;
    Deno.test(`import reads the states of volumes: ${where}`, () => checkStatus(words, spoil, where));
    Deno.test(`import reads protectors: ${where}`, () => checkProtectors(words, spoil, where));
  }
}

for (const words of LANGUAGES) {
  Deno.test(`import reads a volume without protectors, and one that is locked: ${words.language}`, () => {
    const none = read(printProtectors(words, { drive: "C:", label: "X", blocks: [] }));
    assert.deepEqual(none.volumes[0]?.protectorTypes, []);
    const locked = read(printProtectors(words, {
      drive: "D:",
      label: null,
      blocks: [{ type: 1, id: idOf(1) }, { type: 0, id: idOf(2) }],
    }));
    assert.deepEqual(locked.volumes.map(({ label, protectorTypes }) => [label, protectorTypes]), [
      [null, ["password", "recovery-password"]],
    ]);
    assert.deepEqual(locked.keys, [{ keyId: idOf(2), recoveryPassword: null, drive: "D:", valid: null }]);
  });
  Deno.test(`import reads two volumes of one screen: ${words.language}`, () => {
    const [open, locked] = [STATES[1], STATES[5]];
    assert.ok(open !== undefined && locked !== undefined);
    const { volumes } = read(`${printStatus(words, open[0])}\n${printStatus(words, locked[0])}`);
    assert.deepEqual(volumes, [{ drive: "C:", ...open[1] }, { drive: "F:", ...locked[1] }]);
  });
  Deno.test(`import never makes up a state where all letters are lost: ${words.language}`, () => {
    for (const [state, volume] of STATES) {
      const [found] = read(printStatus(words, state).replace(/[\u0080-\uffff]/g, "?")).volumes;
      assert.ok(found !== undefined);
      for (const name of ["conversion", "percent", "protection", "lock"] as const) {
        if (found[name] !== null) assert.deepEqual(found[name], volume[name], `${words.language} ${name}`);
      }
    }
  });
}
