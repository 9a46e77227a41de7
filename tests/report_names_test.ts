import assert from "node:assert/strict";
import fc from "fast-check";
import {
  hostFolder,
  keyReportName,
  numberedName,
  parseReportName,
  reportDate,
  sealedName,
  sheetName,
} from "../lib/core/report_names.ts";
import { anyText } from "./testdata/rendered/samples.ts";

const KEY_ID = "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5";

/** Any name that a PC, a label or an attacker could have. */
const anyName = fc.oneof(
  anyText(90),
  fc.array(
    fc.constantFrom(
      ..."CON aux.nul COM¹ . .. / \\ : * ~ _vti_ ~$ \u202e \u200b \u3000 \u0301 A a - 1 0".split(" "),
      " ",
    ),
    { maxLength: 12 },
  ).map((pieces) => pieces.join("")),
);

Deno.test("hostFolder() leaves real names alone", () => {
  for (
    const name of [
      "ANNA-LAPTOP",
      "DESKTOP-1A2B3C4",
      "pc.example.org",
      "ПК-АННА",
      "Anna's PC",
      "CONTOSO",
      "COM10",
    ]
  ) {
    assert.equal(hostFolder(name), name);
  }
  assert.equal(hostFolder("A\u0301NNA"), "\u00c1NNA", "one spelling of one name");
});

Deno.test("hostFolder() makes any other name safe and marks it", () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ["", /^_~/],
    ["...", /^_~/],
    ["..\\..\\Windows", /^_\.\._Windows~/],
    ["/etc/passwd", /^_etc_passwd~/],
    ["CON", /^_CON~/],
    ["nul.txt", /^_nul\.txt~/],
    ["Com1 .x", /^_Com1 \.x~/],
    ["LPT³", /^_LPT³~/],
    ["conin$", /^_conin\$~/],
    ["ANNA.", /^ANNA~/],
    [" ANNA ", /^ANNA~/],
    ["A:B|C", /^A_B_C~/],
    ["A\u0000\u001f\u007fB", /^A_B~/],
    ["\u202eANNA", /^_ANNA~/],
    ["AN\u200bNA", /^AN_NA~/],
    ["AN\u3164NA", /^AN_NA~/],
    ["AN\u00a0NA", /^AN_NA~/],
    [".lock", /^lock~/],
    ["desktop.ini", /^_desktop\.ini~/],
    ["a_vti_b", /^_a_b~/],
    ["~$anna", /^_~\$anna~/],
    ["ANNA~0123abcd", /^ANNA~0123abcd~/],
    ["A".repeat(65), /^A{64}~/],
    ["249425-539187-330363-273262-016346-600963-497299-188144", /^\[recovery password\]~/],
  ];
  for (const [name, expected] of rows) {
    assert.match(hostFolder(name), expected);
    assert.match(hostFolder(name), /~[0-9a-f]{8}$/);
  }
});

Deno.test("hostFolder() gives a usable folder for any name", () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const folder = hostFolder(name);
      assert.ok(folder.length > 0 && folder.length <= 73 && folder.isWellFormed());
      assert.equal(folder, folder.normalize("NFC"));
      assert.doesNotMatch(folder, /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u3164]|^[ .]|[ .]$/u);
      assert.doesNotMatch(folder, /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i);
      assert.equal(hostFolder(name), folder);
    }),
    { seed: 20261124, numRuns: 2000 },
  );
});

Deno.test("hostFolder() keeps different PCs apart", () => {
  const names = [
    "A:B",
    "A|B",
    "A_B",
    "A\u200bB",
    "A/B",
    "A_B.",
    "A_B ",
    "",
    "_",
    ".",
    "A".repeat(70),
    "A".repeat(71),
  ];
  const cleaned = names.map(hostFolder);
  assert.equal(
    new Set([...cleaned, ...cleaned.map(hostFolder)]).size,
    2 * names.length - 2,
    "two names needed no cleaning",
  );
  fc.assert(
    fc.property(anyName, anyName, (a, b) => {
      if (a.normalize("NFC") !== b.normalize("NFC")) assert.notEqual(hostFolder(a), hostFolder(b));
    }),
    { seed: 20261124, numRuns: 2000 },
  );
});

Deno.test("report names say date, drive and Key ID, and are read back", () => {
  const date = reportDate("2026-11-24T00:30:00.5+01:00");
  const c = `2026-11-24 C BitLocker Recovery Key ${KEY_ID}.TXT`;
  const none = `2026-11-24 no letter BitLocker Recovery Key ${KEY_ID}.TXT`;
  assert.equal(keyReportName({ date, drive: "C:", keyId: KEY_ID }), c);
  assert.equal(keyReportName({ date, drive: "c", keyId: KEY_ID }), c);
  assert.equal(keyReportName({ date, drive: null, keyId: KEY_ID }), none);
  assert.equal(keyReportName({ date, drive: "C:\\..", keyId: KEY_ID }), none);
  assert.equal(sheetName(date), "2026-11-24 Recovery sheet.html");
  const key = { date, drive: "C:", keyId: KEY_ID, kind: "key", sealed: false };
  const sheet = { date, drive: null, keyId: null, kind: "sheet", sealed: false };
  const rows: readonly (readonly [string, unknown])[] = [
    [c, key],
    [numberedName(c, 2), key],
    [sealedName(c), { ...key, sealed: true }],
    [numberedName(sealedName(c), 12), { ...key, sealed: true }],
    [none, { ...key, drive: null }],
    [c.toLowerCase(), { ...key, keyId: KEY_ID.toLowerCase() }],
    [sheetName(date), sheet],
    [sealedName(numberedName(sheetName(date), 3)), { ...sheet, sealed: true }],
    ["status.json", null],
    [`BitLocker Recovery Key ${KEY_ID}.TXT`, null],
    [`x${c}`, null],
    [`${c}.bak`, null],
    [`${c}\n`, null],
    [".spare-key-1.tmp", null],
    ["", null],
  ];
  for (const [name, expected] of rows) assert.deepEqual(parseReportName(name), expected, name);
});

Deno.test("numberedName() puts the number before the ending", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["a.TXT", "a (2).TXT"],
    ["a.TXT.age", "a (2).TXT.age"],
    ["a.html", "a (2).html"],
    ["a.html.age", "a (2).html.age"],
    ["a", "a (2)"],
    ["a.b c", "a.b c (2)"],
  ];
  for (const [name, expected] of rows) assert.equal(numberedName(name, 2), expected);
});

Deno.test("a Key ID may be any text: the name is safe, read back, its own, and free of digits of keys", () => {
  const name = (keyId: string): string => keyReportName({ date: "2026-11-24", drive: null, keyId });
  assert.match(name("BITLOCKER"), / BITLOCKER\.TXT$/);
  assert.match(name("../x (2)"), / _x_2_~[0-9a-f]{8}\.TXT$/);
  assert.match(
    name("249425-539187-330363-273262-016346-600963-497299-188144"),
    / _recovery_password_~[0-9a-f]{8}\.TXT$/,
  );
  assert.notEqual(name("a b"), name("a/b"));
  fc.assert(
    fc.property(anyName, (keyId) => {
      for (const made of [name(keyId), sealedName(numberedName(name(keyId), 2))]) {
        assert.match(made, /^[A-Za-z0-9 ._~()-]{1,150}$/);
        assert.equal(parseReportName(made)?.kind, "key");
      }
      const kept = parseReportName(name(keyId))?.keyId ?? "";
      assert.equal(kept === keyId, /^[A-Za-z0-9_-]{1,64}$/.test(keyId));
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});

Deno.test("reportDate() takes moments alone", () => {
  for (const wrong of ["", "24.11.2026", "2026-11-24", "2026-11-24 03:00"]) {
    assert.throws(() => reportDate(wrong), RangeError);
  }
});
