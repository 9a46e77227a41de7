/** HTML that escapes by default: what is not {@link SafeHtml} is text. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML that was escaped or made by the program itself. Nothing else passes {@link html} unescaped. */
export class SafeHtml {
  readonly #markup: string;

  /**
   * Marks HTML as safe.
   *
   * @param markup HTML that holds no unescaped foreign text.
   */
  constructor(markup: string) {
    this.#markup = markup;
  }

  /** Gives the HTML back. */
  toString(): string {
    return this.#markup;
  }
}

/** What {@link html} takes between its texts. */
export type HtmlValue = string | number | SafeHtml | readonly HtmlValue[];

/**
 * Escapes text for an element's content or a quoted attribute.
 *
 * @param text Any text.
 * @returns HTML that shows exactly this text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(escapeHtml(`<img onerror="x">`), "&lt;img onerror=&quot;x&quot;&gt;");
 * ```
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/**
 * Makes HTML from a template literal. Values are escaped, lists joined, {@link SafeHtml} goes in as it is.
 *
 * @param texts The literal's own markup.
 * @param values What stands between.
 * @returns Safe HTML.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(String(html`<b>${"a < b"}</b>${html`<br>`}`), "<b>a &lt; b</b><br>");
 * ```
 */
export function html(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return new SafeHtml(texts.map((text, index) => text + markupOf(values[index] ?? "")).join(""));
}

function markupOf(value: HtmlValue): string {
  if (value instanceof SafeHtml) return String(value);
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return value.map(markupOf).join("");
}
