/** The search of the canary test finds what it is to find, in each form in which a secret could lie somewhere. */

import assert from "node:assert/strict";
import { inFolder } from "../helpers/program.ts";
import { latin, needlesOf } from "./needles.ts";
import { searchFor } from "./search.ts";
import { ARCHIVE_KEY, DIGITS, PASSPHRASE, type SecretKind, SECRETS, SMTP_PASSWORD } from "./secrets.ts";
import { watchOver } from "./watch.ts";

const search = searchFor(needlesOf(SECRETS));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, big = false): Uint8Array =>
  Uint8Array.from([...text].flatMap((one) => {
    const code = one.charCodeAt(0);
    return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
  }));
const base64 = (bytes: Uint8Array): string => btoa(latin(bytes));
const wrapped = (text: string, width: number): string =>
  text.replace(new RegExp(`.{${width}}`, "g"), "$&\r\n");
/** What V8 says of JSON: it quotes ten characters on either side of a wrong one. */
const saidOf = (text: string): string => {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError && error.message.includes("...")) return error.message;
  }
  throw new Error("V8 quotes nothing of this text");
};
const LONG = ',"a text that is longer than what is quoted whole":1';

const PLANTED: readonly (readonly [what: string, kind: SecretKind, hay: Uint8Array | string])[] = [
  ["digits", "digits", `x${DIGITS}x`],
  ["bare digits", "digits", DIGITS.replaceAll("-", "")],
  ["digits with blanks", "digits", DIGITS.replaceAll("-", " ")],
  ["digits with no-break blanks", "digits", DIGITS.replaceAll("-", "\u00a0")],
  ["digits on lines of their own", "digits", DIGITS.replaceAll("-", "\r\n")],
  ["half of the digits", "digits", DIGITS.slice(20, 42)],
  ["two groups", "digits", DIGITS.slice(7, 20)],
  ["what V8 quotes of digits", "digits", saidOf(`{"recoveryPassword":x${DIGITS}${LONG}}`)],
  ["what V8 quotes of digits in quotes", "digits", saidOf(`{"a":[x"${DIGITS}"${LONG}]}`)],
  ["UTF-16LE", "digits", utf16(`x${DIGITS}`)],
  ["UTF-16BE", "digits", utf16(DIGITS, true)],
  ["UTF-16 at an odd place", "digits", Uint8Array.of(1, ...utf16(DIGITS))],
  ["hexadecimal", "digits", utf8(DIGITS).toHex()],
  ["hexadecimal, upper case", "digits", utf8(DIGITS).toHex().toUpperCase()],
  ["hexadecimal of UTF-16", "digits", utf16(DIGITS.slice(0, 20)).toHex()],
  ...["", "a", "ab", "abc"].flatMap((before): typeof PLANTED => [
    [`base64 behind "${before}"`, "digits", base64(utf8(`${before}${DIGITS}z`))],
    [
      `base64 of UTF-16 behind "${before}"`,
      "digits",
      base64(Uint8Array.of(...utf8(before), ...utf16(DIGITS))),
    ],
    [`base64 of bare digits behind "${before}"`, "digits", base64(utf8(before + DIGITS.replaceAll("-", "")))],
    [`base64 of a password behind "${before}"`, "password", base64(utf8(`${before}\0${SMTP_PASSWORD}`))],
  ]),
  ["base64 on lines", "digits", wrapped(base64(utf8(`a report with ${DIGITS}`)), 20)],
  ["base64 for URLs", "password", base64(utf8(SMTP_PASSWORD)).replaceAll("+", "-").replaceAll("/", "_")],
  [
    "quoted-printable",
    "password",
    wrapped(SMTP_PASSWORD, 6).replaceAll("=", "=3D").replaceAll("\r\n", "=\r\n")
      .replaceAll("§", "=C2=A7").replaceAll("ö", "=C3=B6"),
  ],
  ["quoted-printable digits", "digits", wrapped(DIGITS, 9).replaceAll("\r\n", "=\r\n")],
  ["escapes of JSON", "digits", [...DIGITS].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join("")],
  ["a password", "password", `login as ${SMTP_PASSWORD}`],
  ["a part of a password", "password", SMTP_PASSWORD.slice(5, 13)],
  ["a password in JSON", "password", JSON.stringify({ a: SMTP_PASSWORD.slice(2, 10) })],
  ["a password in JSON in JSON", "password", JSON.stringify(JSON.stringify(SMTP_PASSWORD.slice(4, 12)))],
  ["a password in a URL", "password", encodeURIComponent(SMTP_PASSWORD)],
  ["a password in a page", "password", SMTP_PASSWORD.replaceAll('"', "&quot;").replaceAll("&W", "&amp;W")],
  ["a password in UTF-16", "password", utf16(SMTP_PASSWORD)],
  ["the archive's key", "archiveKey", `${ARCHIVE_KEY}\n`],
  ["a part of it, lower case", "archiveKey", ARCHIVE_KEY.slice(30, 38).toLowerCase()],
  ["a passphrase", "passphrase", PASSPHRASE],
  ["a passphrase in JSON", "passphrase", JSON.stringify(PASSPHRASE)],
];

for (const [what, kind, hay] of PLANTED) {
  Deno.test(`the search finds ${what}`, () => {
    assert.deepEqual([...new Set(search(hay).map((found) => found.kind))], [kind]);
  });
}

Deno.test("the search finds nothing in what looks like a secret and is none", () => {
  const others = [
    "249425-539187-330363-273262-016346-600963-497299-188144",
    "AGE-SECRET-KEY-1…",
    "x".repeat(5000),
  ];
  for (const text of [...others, ...others.map((one) => base64(utf8(one)))]) {
    assert.deepEqual(search(text), []);
  }
});

Deno.test("a hit names kind, form and place, and not the secret; what has its place there is none", () => {
  const watch = watchOver();
  assert.deepEqual(watch.look("a text", DIGITS, ["digits"]), ["digits"]);
  assert.equal(watch.hits.length, 0);
  watch.look("a text", `${SMTP_PASSWORD} ${DIGITS}`, ["digits"]);
  assert.deepEqual([...new Set(watch.hits)].filter((one) => !one.includes("UTF-8")), []);
  assert.ok(watch.hits.includes("password as UTF-8 in a text"), watch.hits.join("\n"));
  assert.match(watch.line(), /^canary: 2 texts and files, 0 mails, 0 processes searched, [1-9]\d* hits$/);
});

Deno.test("names of files and folders are searched, parts of mails, arguments and environment", () =>
  inFolder(async (folder) => {
    const rows: readonly (readonly [string, (watch: ReturnType<typeof watchOver>) => Promise<unknown>])[] = [
      ["the name", async (watch) => {
        await Deno.mkdir(`${folder}/${DIGITS}`);
        await watch.folder(folder);
      }],
      ["a file", async (watch) => {
        await Deno.mkdir(`${folder}/a/b`, { recursive: true });
        await Deno.writeTextFile(`${folder}/a/b/c`, DIGITS);
        await watch.folder(`${folder}/a`);
      }],
      ["a mail", (watch) => watch.mail("a mail", utf8(mailWith(base64(utf16(DIGITS)))))],
      [
        "the subject",
        (watch) =>
          watch.mail("a mail", utf8(mailWith("").replace("hello", `=?utf-8?B?${base64(utf8(DIGITS))}?=`))),
      ],
      ["a process", async (watch) => {
        const child = new Deno.Command("sleep", { args: ["60"], env: { DIGITS }, stdin: "null" }).spawn();
        assert.ok(await watch.process(child.pid, "a process"));
        child.kill();
        await child.status;
      }],
    ];
    for (const [what, act] of rows) {
      if (what === "a process" && Deno.build.os !== "linux") continue;
      const watch = watchOver();
      await act(watch);
      assert.ok(watch.hits.length > 0, what);
    }
  }));

function mailWith(attachment: string): string {
  return [
    "From: a@example.org",
    "To: b@example.org",
    "Subject: hello",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="x"',
    "",
    "--x",
    "Content-Type: text/plain",
    "",
    "hello",
    "--x",
    'Content-Type: application/octet-stream; name="a.TXT"',
    "Content-Transfer-Encoding: base64",
    "",
    wrapped(attachment, 60),
    "--x--",
    "",
  ].join("\r\n");
}
