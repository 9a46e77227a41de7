import assert from "node:assert/strict";
import { escapeHtml, html, SafeHtml } from "../lib/core/html.ts";

Deno.test("html escapes all but its own kind", () => {
  const hostile = `<img onerror='x' alt="&">`;
  const escaped = "&lt;img onerror=&#39;x&#39; alt=&quot;&amp;&quot;&gt;";
  assert.equal(escapeHtml(hostile), escaped);
  const rows: readonly (readonly [string, SafeHtml, string])[] = [
    ["text", html`<b>${hostile}</b>`, `<b>${escaped}</b>`],
    ["attribute", html`<b title="${hostile}"></b>`, `<b title="${escaped}"></b>`],
    ["number", html`<b>${7}</b>`, "<b>7</b>"],
    ["safe HTML", html`<p>${html`<b>${"<"}</b>`}</p>`, "<p><b>&lt;</b></p>"],
    ["list", html`<p>${[html`<br>`, "<br>"]}</p>`, "<p><br>&lt;br&gt;</p>"],
    ["nothing between", html`<hr>`, "<hr>"],
  ];
  for (const [name, made, expected] of rows) assert.equal(String(made), expected, name);
});

Deno.test("html takes no look-alike for safe HTML", () => {
  const lookAlike = { toString: () => "<script>" } as unknown as string;
  assert.throws(() => html`<p>${lookAlike}</p>`, TypeError);
  assert.ok(html`<p>` instanceof SafeHtml);
});
