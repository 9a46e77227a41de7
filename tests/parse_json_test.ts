import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_DOCUMENT_BYTES, parseJsonDocument, parseJsonText } from "../lib/core/parse_json.ts";
import { UserError } from "../lib/errors.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import { userErrorOf } from "./helpers/user_error.ts";

const name = { code: "snapshot", what: 'snapshot "C:\\x.json"' } as const;

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string, mark: "" | "le" | "be"): Uint8Array {
  const units = Array.from(
    mark === "" ? text : `\ufeff${text}`,
    (_, at) => (mark === "" ? text : `\ufeff${text}`).charCodeAt(at),
  );
  return Uint8Array.from(
    units.flatMap((unit) => mark === "be" ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]),
  );
}

Deno.test("parseJsonDocument() reads JSON in every form in which Windows leaves text", () => {
  const rows: readonly (readonly [string, Uint8Array])[] = [
    ["UTF-8", utf8('{"name":"Müller"}')],
    ["UTF-8 with byte order mark", utf8('\ufeff{"name":"Müller"}')],
    ["UTF-8 with the line end that a PowerShell pipe adds", utf8('{"name":"Müller"}\r\n')],
    ["UTF-8 with mark and blank lines before it", utf8('\ufeff\r\n {"name":"Müller"}\r\n\r\n')],
    ["UTF-16LE with mark, as > of Windows PowerShell 5.1 writes", utf16('{"name":"Müller"}\r\n', "le")],
    ["UTF-16BE with mark", utf16('{"name":"Müller"}', "be")],
    ["UTF-16LE without mark", utf16('{"name":"Müller"}', "")],
  ];
  for (const [what, bytes] of rows) {
    assert.deepEqual(parseJsonDocument(bytes, name), { name: "Müller" }, what);
  }
});

Deno.test("parseJsonDocument() says what is wrong with bytes that hold no JSON", () => {
  const rows: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["nothing at all", utf8(""), /it is empty$/],
    ["a byte order mark alone", utf8("\ufeff"), /it is empty$/],
    ["a line end alone", utf8("\r\n"), /it is empty$/],
    ["an error text of PowerShell", utf8("Get-CimInstance : Access denied"), /it is no JSON document$/],
    ["an object that breaks off", utf8('{"schema": 1, "volumes": ['), /breaks off or is damaged$/],
    ["a list that breaks off", utf8("[1, 2"), /breaks off or is damaged$/],
    ["two documents", utf8('{"schema":1}{"schema":1}'), /breaks off or is damaged$/],
    ["text of another code page", Uint8Array.of(0x22, 0xfc, 0x22), /neither UTF-8 nor UTF-16 text$/],
    [
      "UTF-16 cut in the middle of a character",
      Uint8Array.of(0xff, 0xfe, 0x7b),
      /neither UTF-8 nor UTF-16 text$/,
    ],
  ];
  for (const [what, bytes, message] of rows) {
    const error = userErrorOf(() => parseJsonDocument(bytes, name));
    assert.equal(error.code, "snapshot", what);
    assert.match(error.message, message, what);
    assert.match(error.message, /^Cannot read snapshot "C:\\x\.json": /, what);
  }
});

Deno.test("parseJsonText() says where a document that a person writes is wrong, and what to do", () => {
  const rows: readonly (readonly [text: string, message: RegExp, hint: RegExp])[] = [
    ["", /it is empty$/, /remove it/],
    [
      '\u00a0\r\n{\r\n  "a": 1\r\n  "b": 2\r\n}\r\n',
      /is damaged \(line 4, column 3\)$/,
      /the line above for a comma/,
    ],
    ['{"path": "E:\\Keys"}', /is damaged \(line 1, column 13\)$/, /each backslash twice, as in "E:\\\\Rec/],
    ['{\n  "a": [1,\n\n', /breaks off \(line 2, column 11\)$/, /missing at its end/],
    ["destinations: none", /it is no JSON document \(line 1, column 1\)$/, /./],
  ];
  for (const [text, message, hint] of rows) {
    const error = userErrorOf(() =>
      parseJsonText(text, { code: "settings", what: "settings", byHand: true })
    );
    assert.match(error.message, message);
    assert.match(error.hint ?? "", hint);
  }
});

Deno.test("parseJsonDocument() takes a document of 16 MiB and refuses one byte more", () => {
  const bytes = new Uint8Array(MAX_DOCUMENT_BYTES).fill(0x20);
  bytes[0] = 0x31;
  assert.equal(parseJsonDocument(bytes, name), 1);
  const error = userErrorOf(() => parseJsonDocument(new Uint8Array(MAX_DOCUMENT_BYTES + 1).fill(0x20), name));
  assert.match(error.message, /it is 16777217 bytes long, at most 16777216 are taken$/);
});

Deno.test("parseJsonText() never hands on what it was given, which may hold keys and passwords", () => {
  const secret = passwordOf(7);
  for (
    const text of [
      `{"recoveryPassword": "${secret}", `,
      `${secret}`,
      `{"smtpPassword": "${secret}" "x"}`,
      `["${secret}`,
    ]
  ) {
    const error = userErrorOf(() => parseJsonText(text, { code: "settings", what: "settings" }));
    assert.equal(error.code, "settings");
    assert.equal(error.cause, undefined);
    for (const group of secret.split("-")) {
      assert.ok(!`${error.message} ${error.hint} ${error.stack}`.includes(group), text);
    }
  }
});

Deno.test("parseJsonDocument() gives a value or a UserError for any bytes", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.json().map(utf8)), (bytes) => {
      try {
        parseJsonDocument(bytes, name);
      } catch (error) {
        assert.ok(error instanceof UserError && error.code === "snapshot");
      }
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});

Deno.test("parseJsonDocument() gives back any JSON value in each encoding", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const back = JSON.parse(text);
      assert.deepEqual(parseJsonDocument(utf8(`\ufeff${text}`), name), back);
      assert.deepEqual(parseJsonDocument(utf16(text, "le"), name), back);
      assert.deepEqual(parseJsonDocument(utf16(text, "be"), name), back);
    }),
    { seed: 20261124, numRuns: 300 },
  );
});
