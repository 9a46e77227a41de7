import assert from "node:assert/strict";
import fc from "fast-check";
import { parseReportText } from "../lib/core/parse_report.ts";
import { renderText } from "../lib/core/render_text.ts";
import { family, keyOfC } from "./testdata/rendered/samples.ts";

const { keyId, recoveryPassword } = keyOfC;
const NOTHING_MORE = { host: null, drive: null, label: null, takenAt: null };

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + 2 * text.length));
  [0xfeff, ...text.split("").map((unit) => unit.charCodeAt(0))].forEach((unit, index) =>
    view.setUint16(2 * index, unit, littleEndian)
  );
  return new Uint8Array(view.buffer);
}

const german =
  `Wiederherstellungsschlüssel für die BitLocker-Laufwerkverschlüsselung \r\n\r\nBezeichner:\r\n\r\n\t${keyId}\r\n\r\n` +
  `Wiederherstellungsschlüssel:\r\n\r\n\t${recoveryPassword}\r\n`;

Deno.test("parseReportText() reads Windows' own file, in any language and encoding", async () => {
  const windows = await Deno.readFile(new URL("./testdata/rendered/windows-10-english.txt", import.meta.url));
  const utf8 = new TextEncoder();
  const rows: readonly (readonly [string, Uint8Array])[] = [
    ["English, UTF-16LE", windows],
    ["English, UTF-8", utf8.encode(new TextDecoder("utf-16le").decode(windows))],
    ["German, UTF-16LE", utf16(german, true)],
    ["German, UTF-16BE", utf16(german, false)],
    ["German, UTF-8 with mark", utf8.encode(`\ufeff${german}`)],
    [
      "braces, lower case, LF",
      utf8.encode(german.replace(keyId, `{${keyId.toLowerCase()}}`).replaceAll("\r", "")),
    ],
    [
      "blanks for hyphens",
      utf8.encode(german.replace(recoveryPassword, recoveryPassword.replaceAll("-", " "))),
    ],
  ];
  for (const [name, bytes] of rows) {
    assert.deepEqual(parseReportText(bytes), { keyId, recoveryPassword, ...NOTHING_MORE }, name);
  }
});

Deno.test("parseReportText() gives an odd Key ID and malformed digits of our own reports as they stand there", () => {
  const odd = { ...keyOfC, keyId: "BITLOCKER", recoveryPassword: "249425-no key", valid: false };
  const read = parseReportText(renderText({ ...family, keys: [odd] }));
  assert.equal(read?.keyId, "BITLOCKER");
  assert.equal(read?.recoveryPassword, "249425-no key");
  const empty = parseReportText(renderText({ ...family, keys: [{ ...odd, recoveryPassword: " " }] }));
  assert.equal(empty?.recoveryPassword, "not known");
});

Deno.test("parseReportText() says no to everything else", () => {
  const utf8 = new TextEncoder();
  const rows: readonly (readonly [string, Uint8Array])[] = [
    ["nothing", new Uint8Array()],
    ["a page", utf8.encode("<html>")],
    ["no digits", utf8.encode(german.replace(recoveryPassword, "none"))],
    ["no Key ID", utf8.encode(german.replace(keyId, "none"))],
    ["a digit too few", utf8.encode(german.replace(recoveryPassword, recoveryPassword.slice(1)))],
    ["neither UTF-8 nor UTF-16", Uint8Array.of(0xc3, 0x28)],
    ["half a character of UTF-16", Uint8Array.of(0xff, 0xfe, 0x41)],
    ["too large", utf8.encode(german + " ".repeat(300_000))],
  ];
  for (const [name, bytes] of rows) assert.equal(parseReportText(bytes), null, name);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.equal(parseReportText(bytes), null);
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});
