import assert from "node:assert/strict";
import { renderCsv } from "../lib/core/render_csv.ts";
import { family, hostile, keyOfC } from "./testdata/rendered/samples.ts";

Deno.test("renderCsv() writes what Excel opens: mark, header, CRLF, a row for each key", () => {
  const lines = renderCsv(family).split("\r\n");
  assert.deepEqual(lines, [
    "\ufeffPC,Serial number,Model,Drive,Label,Kind,Size (bytes),Key ID,Recovery key,Checksum,On the drive,Taken at",
    "ANNA-LAPTOP,5CD1234XYZ,HP 250 15.6 inch G9 Notebook PC,C:,Windows,Windows starts from it,511000000000," +
    "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5,249425-539187-330363-273262-016346-600963-497299-188144,right,yes," +
    "2026-11-24T03:00:12.345+01:00",
    "ANNA-LAPTOP,5CD1234XYZ,HP 250 15.6 inch G9 Notebook PC,D:,Photos,data drive in the PC,2000398934016," +
    "98C5B4EA-49DE-4F25-9C2B-5C31DA0C6D56,011077-636317-392612-522302-253253-530959-123464-372856,right,yes," +
    "2026-11-24T03:00:12.345+01:00",
    "",
  ]);
});

Deno.test("renderCsv() lets no name become a formula, and no line break a row", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["=cmd|'/C calc'!A0", ",'=cmd|'/C calc'!A0,"],
    ["\t=1", ",'=1,"],
    ["\r\n=1", ",'=1,"],
    ["+1", ",'+1,"],
    ["-1", ",'-1,"],
    ["@SUM(A1)", ",'@SUM(A1),"],
    ["＝1", ",'＝1,"],
    ["a;=1", ",a;'=1,"],
    ['a; "=1', ',"a; ""\'=1",'],
    ["a,=1", `,"a,'=1",`],
    ['a"b', ',"a""b",'],
    ["a=1", ",a=1,"],
  ];
  for (const [label, expected] of rows) {
    const csv = renderCsv({ ...family, keys: [{ ...keyOfC, volume: { ...keyOfC.volume, label } }] });
    assert.ok(csv.includes(`,C:${expected}`), csv);
    assert.equal(csv.split("\r\n").length, 3);
  }
  for (const line of renderCsv(hostile).split("\r\n")) assert.doesNotMatch(line, /(^|[,;])[=+@-]/);
});
