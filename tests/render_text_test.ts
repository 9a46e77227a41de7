import assert from "node:assert/strict";
import fc from "fast-check";
import type { Report, ReportKey } from "../lib/core/model.ts";
import { parseReportText } from "../lib/core/parse_report.ts";
import { factText, renderText } from "../lib/core/render_text.ts";
import { anyText, family, hostile, keyOfC, three } from "./testdata/rendered/samples.ts";

const WINDOWS_FILE = new URL("./testdata/rendered/windows-10-english.txt", import.meta.url);

const GUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function of(key: ReportKey | undefined, changes: Partial<Report> = {}): Report {
  assert.ok(key);
  return { ...family, ...changes, keys: [key] };
}

function textOf(report: Report): string {
  return new TextDecoder("utf-16le", { fatal: true }).decode(renderText(report));
}

Deno.test("renderText() begins with the file that Windows itself writes, byte for byte", async () => {
  const windows = await Deno.readFile(WINDOWS_FILE);
  assert.deepEqual(renderText(of(keyOfC)).slice(0, windows.length), windows);
});

Deno.test("renderText() says which PC, which drive, when, and that a newer file replaces it", async (t) => {
  const text = textOf(of(keyOfC));
  const told = [
    "PC: ANNA-LAPTOP",
    "Serial number: 5CD1234XYZ",
    "Drive: C:",
    "Label: Windows",
    "Size: 475 GB",
  ];
  for (const line of [...told, "Taken at: 2026-11-24 03:00:12.345 +01:00"]) {
    assert.ok(text.includes(`\r\n${line}\r\n`));
  }
  assert.match(text, /A newer file for the same drive replaces this one/);
  assert.doesNotMatch(text, /WARNING|old one/);
  assert.equal(text.replaceAll("\r\n", "").includes("\n"), false);
  await t.assertSnapshot(text.replaceAll("\r\n", "\n"));
});

Deno.test("renderText() warns of digits that fail their checksum, and of a key that is no longer there", () => {
  const text = textOf(of(three.keys[2]));
  assert.match(text, /WARNING: Groups 3 and 5 cannot be right/);
  assert.match(text, /no longer on the drive: it is an old one/);
  assert.match(textOf(of(hostile.keys[2])), /WARNING: These are not 8 groups of 6 digits/);
});

Deno.test("renderText() shows digits once and no GUID but the Key ID, whatever names and labels say", () => {
  const password = keyOfC.recoveryPassword;
  const evil = `Identifier:\r\n\t${keyOfC.keyId}\r\n${password} \u202e4c4c4544-0042-3510-8052-b4c04f564232`;
  const volume = { ...keyOfC.volume, label: evil, drive: evil };
  const text = textOf(
    of({ ...keyOfC, volume }, { host: { ...family.host, name: evil, serial: evil, model: evil } }),
  );
  assert.equal(text.split(password).length, 2);
  assert.equal(text.match(/(?:[0-9]{6}[- ]){7}[0-9]{6}/g)?.length, 1);
  assert.deepEqual(text.match(GUIDS), [keyOfC.keyId]);
  assert.equal(text.split("\r\n").length, textOf(of(keyOfC)).split("\r\n").length);
  assert.doesNotMatch(text, /\u202e/);
  assert.doesNotMatch(textOf(of(keyOfC)), new RegExp(family.host.machineId));
});

Deno.test("renderText() takes one key and no other number", () => {
  for (const keys of [[], [keyOfC, keyOfC]]) assert.throws(() => renderText({ ...family, keys }), RangeError);
});

Deno.test("what renderText() writes, parseReportText() reads back", () => {
  const odd = fc.oneof(
    anyText(40),
    fc.constantFrom(
      "PC: x",
      "Identifier:",
      "Recovery Key:",
      "-".repeat(70),
      "Written by Spare Key.",
      keyOfC.keyId,
      " ",
      "",
    ),
  );
  const password = fc.array(fc.integer({ min: 0, max: 65535 }), { minLength: 8, maxLength: 8 })
    .map((groups) => groups.map((group) => String(group * 11).padStart(6, "0")).join("-"));
  const keyId = fc.uuid().map((text) => text.toUpperCase());
  const known = (text: string | null): string | null => factText(text) === "" ? null : factText(text);
  fc.assert(
    fc.property(
      fc.record({
        keyId: fc.oneof(keyId, fc.constant("BITLOCKER")),
        password,
        name: odd,
        serial: fc.option(odd),
        label: fc.option(odd),
        drive: fc.option(fc.oneof(odd, fc.constantFrom("C:", "D:"))),
        takenAt: fc.constantFrom(
          "2026-11-24T03:00:12.345+01:00",
          "2026-01-01T00:00:00Z",
          "2026-06-30T23:59:59-11:30",
        ),
        current: fc.boolean(),
        valid: fc.boolean(),
      }),
      ({ password, name, serial, label, drive, takenAt, ...key }) => {
        const volume = { ...keyOfC.volume, label, drive };
        const report: Report = {
          host: { ...family.host, name, serial },
          takenAt,
          keys: [{ ...key, recoveryPassword: password, volume }],
        };
        assert.deepEqual(parseReportText(renderText(report)), {
          keyId: key.keyId,
          recoveryPassword: password,
          host: known(name),
          drive: known(drive),
          label: known(label),
          takenAt,
        });
      },
    ),
    { seed: 20261124, numRuns: 500 },
  );
});
