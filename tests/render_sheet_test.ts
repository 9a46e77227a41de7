import assert from "node:assert/strict";
import { builtinTemplates } from "../lib/core/builtin_templates.ts";
import type { Report, ReportKey } from "../lib/core/model.ts";
import { renderSheet } from "../lib/core/render_sheet.ts";
import { UserError } from "../lib/errors.ts";
import { family, hostile, keyOfC, keyOfD, three, twelve } from "./testdata/rendered/samples.ts";

function count(page: string, part: string): number {
  return page.split(part).length - 1;
}

/** The page without style and pictures, for a stored copy that a person can read. */
function withoutBulk(page: string): string {
  return page.replace(/<style>[^]*?<\/style>/, "<style></style>").replace(
    /<svg [^]*?<\/svg>/g,
    "<svg></svg>",
  );
}

Deno.test("renderSheet() puts all of a family's laptop on its sheet", async (t) => {
  const page = renderSheet(family, builtinTemplates);
  await t.assertSnapshot(withoutBulk(page));
  assert.equal(count(page, '<section class="volume one">'), 2);
  assert.equal(count(page, "<svg "), 2);
  for (const { keyId, recoveryPassword } of family.keys) {
    assert.equal(count(page, `<b>${keyId.slice(0, 8)}</b>`), 1);
    assert.equal(count(page, keyId.slice(8)), 1);
    for (const group of recoveryPassword.split("-")) {
      assert.equal(count(page, `<span class="group">${group}</span>`), 1, group);
    }
  }
  const told = [
    "Recovery key for drive C:",
    "HP 250 15.6 inch G9 Notebook PC",
    "5CD1234XYZ",
    "475 GB",
    "1.81 TB",
  ];
  for (const text of [...told, "At the blue screen", "When Windows asks to unlock this drive"]) {
    assert.equal(count(page, `>${text}<`), text.startsWith("HP") || text.startsWith("5CD") ? 2 : 1, text);
  }
  assert.equal(count(page, "Current key on 24 November 2026"), 2);
  assert.equal(
    count(page, "Windows itself saved this key to your Microsoft account on 20 November 2026."),
    1,
  );
  assert.equal(count(page, "(not OneDrive)"), 2, "once a page");
  assert.doesNotMatch(page, /class="warning"|Old key/);
});

Deno.test("renderSheet() loads nothing, runs nothing, and says so to the browser", () => {
  for (const report of [family, three, twelve, hostile]) {
    const page = renderSheet(report, builtinTemplates);
    assert.match(
      page,
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">/,
    );
    const markup = page.replaceAll('xmlns="http://www.w3.org/2000/svg"', "");
    assert.doesNotMatch(
      markup,
      /<(script|link|img|iframe|object|embed|form|base)\b|<[^>]*\s(on\w+|src|href|srcset)=|url\(|@import/i,
    );
  }
});

Deno.test("renderSheet() shows foreign text as text, on one line, cut to fit", () => {
  const page = renderSheet(hostile, builtinTemplates);
  assert.match(page, /<bdi>&lt;img src=&quot;http:/);
  assert.match(page, /&lt;\/style&gt;&lt;script&gt;/);
  assert.match(page, /<bdi>=cmd\|&#39;\/C calc&#39;!A0<\/bdi>/);
  assert.match(page, /<b>BITLOCKER<\/b><span class="id-rest"><\/span>/);
  assert.doesNotMatch(page, /\u202e|W{64}/);
  assert.match(page, /Recovery key for the drive without a letter/);
  assert.match(page, /As Windows gave it<\/p>\s*<p class="group">not digits &lt;b&gt;<\/p>/);
});

Deno.test("renderSheet() tells in words which key is old and which cannot be right", () => {
  const page = renderSheet(three, builtinTemplates);
  assert.equal(count(page, '<section class="volume more">'), 1);
  assert.equal(count(page, "Old key: no longer on this drive"), 1);
  assert.equal(count(page, "<b>Warning.</b> Groups 3 and 5 cannot be right"), 2);
});

Deno.test("renderSheet() gives the same bytes for the same keys in any order", () => {
  const stick: ReportKey = {
    ...keyOfD,
    keyId: "0",
    volume: { ...keyOfD.volume, deviceId: "a", drive: null },
  };
  const old: ReportKey = { ...keyOfC, keyId: "00000000-7235-4E32-B7F1-CDC5D4EC89C5", current: false };
  const report: Report = { ...family, keys: [keyOfC, old, keyOfD, stick] };
  const page = renderSheet(report, builtinTemplates);
  assert.equal(renderSheet({ ...report, keys: report.keys.toReversed() }, builtinTemplates), page);
  const order = ["for drive C:", "<b>58E9DFAD</b>", "<b>00000000</b>", "for drive D:", "without a letter"];
  const places = order.map((text) => page.indexOf(text));
  assert.ok(!places.includes(-1));
  assert.deepEqual(places, places.toSorted((a, b) => a - b), "drives by letter, current keys first");
});

Deno.test("renderSheet() makes no sheet without keys, and takes no broken template", () => {
  assert.throws(() => renderSheet({ ...family, keys: [] }, builtinTemplates), RangeError);
  const rows: readonly (readonly [Partial<typeof builtinTemplates>, RegExp])[] = [
    [
      { sheetHtml: builtinTemplates.sheetHtml.replace("{{idStart}}", "") },
      /"sheet\.html": slot "\{\{volumes\.keys\.idStart\}\}" is missing/,
    ],
    [
      { sheetHtml: `${builtinTemplates.sheetHtml}{{user}}` },
      /"sheet\.html": there is no slot "\{\{user\}\}"/,
    ],
    [{ sheetCss: "</STYLE><script>" }, /"sheet\.css": it contains "<\/style"/],
  ];
  for (const [templates, message] of rows) {
    assert.throws(() => renderSheet(family, { ...builtinTemplates, ...templates }), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, "settings");
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("renderSheet() puts its own policy into an organisation's page, which must begin as ours does", () => {
  const begin = "<!DOCTYPE html>\n<html>\n<head>\n";
  const own = builtinTemplates.sheetHtml.slice(builtinTemplates.sheetHtml.indexOf("<meta"));
  const page = renderSheet(family, { ...builtinTemplates, sheetHtml: begin + own });
  assert.match(
    page,
    /^<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
  );
  for (const wrong of ["", "<!-- -->", "<script src=x></script>"]) {
    assert.throws(
      () =>
        renderSheet(family, {
          ...builtinTemplates,
          sheetHtml: wrong + begin.replace("<head>", "<body>") + own,
        }),
      /it does not begin with/,
    );
  }
});

Deno.test("renderSheet() says beside each key what Windows did with it, also where the digits are malformed", () => {
  const says = "Windows tried to save this key <now> to Entra ID and failed (0x80072EE7).";
  const malformed: ReportKey = { ...keyOfD, recoveryPassword: "not digits", valid: false, windows: says };
  const page = renderSheet({ ...family, keys: [{ ...keyOfC, windows: says }, malformed] }, builtinTemplates);
  assert.equal(count(page, `<p class="windows">${says.replace("<now>", "&lt;now&gt;")}</p>`), 2);
  assert.doesNotMatch(renderSheet({ ...family, keys: [keyOfC] }, builtinTemplates), /class="windows"/);
});
