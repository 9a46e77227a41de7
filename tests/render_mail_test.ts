import { sayHeadline } from "../lib/core/say_headline.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import { builtinTemplates } from "../lib/core/builtin_templates.ts";
import type { MailModel } from "../lib/core/mail_model.ts";
import { renderMail } from "../lib/core/render_mail.ts";
import { anyText, driveC, driveD, family, hostile, keyOfC, mail } from "./testdata/rendered/samples.ts";

const LIFE = {
  title: "Still watching: all copies verified on 24 November 2026",
  text: "Spare Key is still watching this PC. All copies were verified on 24 November 2026.",
} as const;

const DIGITS = /[0-9]{6}-[0-9]{6}/;

function render(changes: Partial<MailModel> = {}): ReturnType<typeof renderMail> {
  return renderMail({ ...mail, ...changes }, builtinTemplates);
}

/** What a reader of the HTML sees: tags away, entities back, blanks made one. */
function seen(html: string): string {
  return html.replace(/^[^]*<body>/, "").replace(/<\/?(?:b|bdi|span)\b[^>]*>/g, "").replace(/<[^>]*>/g, " ")
    .replace(
      /&(lt|gt|quot|#39|amp|#183);/g,
      (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", "#183": "," })[name as string] ?? "&",
    )
    .replace(/\s+/g, " ");
}

Deno.test("renderMail() tells the same in text and HTML", async (t) => {
  const { subject, text, html } = render();
  assert.equal(subject, "[ANNA-LAPTOP] No copy of the key outside the PC for drive D: (+1 more)");
  await t.assertSnapshot(text);
  await t.assertSnapshot(html.replace(/<style>[^]*?<\/style>/, "<style></style>"));
  const flat = text.replace(/\s+/g, " ");
  const told = [
    ...mail.news.map((item) => item.text),
    ...mail.findings.map((item) => item.text),
    ...mail.volumes.flatMap((one) => one.windows),
    mail.accounts ?? "",
    "New recovery key for drive C:",
    "24 November 2026, 03:00 (UTC+01:00)",
    "Drive C: (Windows)",
    "protected",
    "encrypted, protection OFF",
    "anna (OneDrive), last seen on 24 November 2026",
    "office (share), not seen there yet",
    "helper: mail to tom@example.org, accepted on 24 November 2026",
    "If no further mail has come by 27 December 2026, the PC is silent.",
    "none yet",
    mail.attachments[0] ?? "",
    "only whoever holds the matching private age key can open them",
    "It never asks you to click a link",
    "Do not answer with a key.",
  ];
  for (const sentence of told) {
    assert.ok(flat.includes(sentence), `text: ${sentence}`);
    assert.ok(seen(html).includes(sentence), `HTML: ${sentence}`);
  }
  for (const line of text.split("\n")) assert.ok(line.length <= 78, line);
});

Deno.test("renderMail() does not tell a finding twice that is itself the news", () => {
  const { text } = render();
  assert.equal(text.split("No copy of the key of drive D:").length, 2);
  assert.equal(text.split("Protection of drive C:").length, 2);
});

Deno.test("renderMail() puts the most serious news into the subject, the newest of equals", () => {
  const item = (kind: string, severity: "danger" | "warning" | "info", drive: typeof driveC) =>
    ({
      at: mail.takenAt,
      severity,
      kind,
      volume: drive,
      keyId: null,
      title: sayHeadline(kind, drive),
      text: "x",
    }) as const;
  const finding = { code: "suspended", severity: "warning", volume: driveC, text: "x" } as const;
  const rows: readonly (readonly [Partial<MailModel>, string])[] = [
    [{ news: [item("key-added", "info", driveC)] }, "New recovery key for drive C:"],
    [
      { news: [item("key-added", "info", driveC), item("key-removed", "info", driveD)] },
      "New recovery key for drive C: (+1 more)",
    ],
    [{
      news: [
        item("suspended", "warning", driveC),
        item("invalid-key", "danger", driveC),
        item("locked", "info", driveD),
      ],
    }, "Invalid recovery key on drive C: (+2 more)"],
    [{ news: [{ ...item("key-added", "info", driveC), title: "Own\r\ntitle" }] }, "Own title"],
    [{ news: [], findings: [finding], heartbeat: LIFE }, LIFE.title],
    [{ news: [], findings: [] }, "All is well"],
    [{ news: [], findings: [finding, finding] }, "2 things need attention"],
  ];
  for (const [changes, expected] of rows) assert.equal(render(changes).subject, `[ANNA-LAPTOP] ${expected}`);
});

Deno.test("renderMail() makes a subject and lines that are safe for any names", () => {
  fc.assert(
    fc.property(anyText(120), anyText(120), (name, label) => {
      const volume = { ...driveC, label, drive: label };
      const { subject, text } = render({
        host: name,
        news: [{
          ...mail.news[0],
          at: mail.takenAt,
          severity: "info",
          kind: "key-added",
          keyId: name,
          title: label,
          text: label,
          volume,
        }],
      });
      assert.ok(subject.length <= 100 && subject.isWellFormed());
      for (const line of [subject, ...text.split("\n")]) {
        assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
    { seed: 20261124, numRuns: 300 },
  );
});

Deno.test("renderMail() shows hostile names as text", () => {
  const label = hostile.keys[0]?.volume.label ?? "";
  const { html } = render({
    host: hostile.host.model ?? "",
    news: [{
      at: "<b>",
      severity: "info",
      kind: "<i>",
      volume: { ...driveC, label },
      keyId: "<u>",
      title: `New on ${label}`,
      text: label,
    }],
    attachments: ["<a>"],
  });
  assert.doesNotMatch(html, /<(script|img|i|u|a)\b/);
  assert.match(html, /&lt;\/style&gt;&lt;script&gt;document/);
  assert.match(html, /&lt;img src=/);
  assert.doesNotMatch(
    html,
    /<(script|link|img|iframe|object|form)\b|<[^>]*\s(on\w+|src|href)=|url\(|@import/i,
  );
});

Deno.test("renderMail() holds digits with keys plain alone, as a part of its own at the end", () => {
  const plain = { plainKeys: family.keys, keys: "plain" } as const;
  for (const keys of ["none", "sealed"] as const) {
    const { subject, text, html } = render({ ...plain, keys });
    for (const part of [subject, text, html]) assert.doesNotMatch(part, DIGITS);
  }
  const { subject, text, html } = render(plain);
  assert.doesNotMatch(subject, DIGITS);
  for (const { keyId, recoveryPassword } of family.keys) {
    assert.equal(text.split(recoveryPassword).length, 2);
    assert.equal(html.split(recoveryPassword).length, 2);
    assert.ok(text.indexOf(recoveryPassword) > text.indexOf("Do not answer with a key."));
    assert.ok(text.includes(`  Key ID ${keyId}\n  ${recoveryPassword}\n`));
  }
  assert.match(html, /497299-188144[^]*<\/body>\s*<\/html>\s*$/);
  assert.match(text, /The recovery keys stand at the end of this mail/);
  const wrong = render({ keys: "plain", plainKeys: [{ ...keyOfC, valid: false, current: false }] });
  assert.match(wrong.text, /^Drive C: \(Windows\), old key, its digits FAIL their checksum$/m);
});

Deno.test("renderMail() gives an own template no slot for digits, and appends them where it has no body's end", () => {
  const bare = {
    ...builtinTemplates,
    mailHtml: builtinTemplates.mailHtml.replace(/<\/body>\s*<\/html>\s*$/, ""),
  };
  const { html } = renderMail({ ...mail, keys: "plain", plainKeys: [keyOfC] }, bare);
  assert.match(html, /249425-539187[^]*<\/div>\s*$/);
  for (const slot of ["recoveryPassword", "digits", "plainKeys", "severities"]) {
    const own = { ...builtinTemplates, mailText: `${builtinTemplates.mailText}{{${slot}}}` };
    assert.throws(
      () => renderMail(mail, own),
      new RegExp(`"mail\\.txt": there is no slot "\\{\\{${slot}\\}\\}"`),
    );
  }
  const lacking = { ...builtinTemplates, mailHtml: builtinTemplates.mailHtml.replace("{{keysNote}}", "") };
  assert.throws(() => renderMail(mail, lacking), /"mail\.html": slot "\{\{keysNote\}\}" is missing/);
});

Deno.test("renderMail() blanks digits that should not have got into its sentences", () => {
  const text = `Key ${keyOfC.recoveryPassword} is new.`;
  const news = [{
    at: mail.takenAt,
    severity: "info",
    kind: "key-added",
    volume: driveC,
    keyId: null,
    text,
    title: text,
  }] as const;
  const made = render({ news, host: keyOfC.recoveryPassword, attachments: [text] });
  for (const part of [made.subject, made.text, made.html]) assert.doesNotMatch(part, DIGITS);
});

Deno.test("renderMail() says that all is well only when it is", () => {
  const wellRow = /All is well: nothing needs to be done\./;
  assert.match(render({ news: [], findings: [] }).text, wellRow);
  assert.doesNotMatch(render({ news: [] }).text, wellRow);
  assert.doesNotMatch(render({ findings: [] }).text, wellRow);
  assert.match(render({ keys: "none", attachments: [] }).text, /This mail holds no recovery key\./);
  assert.match(render({ keys: "sealed", attachments: [] }).text, /This mail holds no recovery key\./);
});
