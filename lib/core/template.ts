/**
 * Fills a template: `{{name}}` is a value, `{{#rows}}…{{/rows}}` is repeated for each row of a list (none: left
 * out, so a list of one empty row serves as a condition). Nothing else; no logic, no code.
 *
 * Inside a section a value is looked for in its row first, then further out; a section's list only in the row it
 * stands in, so that the result cannot grow faster than template and values do.
 */

import { UserError } from "../errors.ts";
import { oneLine } from "./how_to_say.ts";
import { escapeHtml, SafeHtml } from "./html.ts";

/** What a template may use: a name for each value, a further level for each list. */
export interface Slots {
  /** By name. */
  readonly [name: string]: "value" | Slots;
}

/** Values for some slots: texts (or safe HTML) and lists of rows. */
export type Values<S extends Slots = Slots> = {
  readonly [Name in keyof S]: S[Name] extends Slots ? readonly Values<S[Name]>[] : string | SafeHtml;
};

/** How to fill a template. */
export interface FillOptions<S extends Slots> {
  /** The template's file name, for errors. */
  readonly name: string;
  /** `html` escapes values that are not {@link SafeHtml}; `text` keeps each value on one line. */
  readonly mode: "html" | "text";
  /** All slots, so that the template is held against them whatever tonight's values are. */
  readonly slots: S;
}

/** Deepest nesting of sections. The built-in templates need three. */
const DEEPEST = 8;

/** A tag; names are as in code. Anything else that begins with two braces is refused. */
const TAG = /\{\{([#/]?)([A-Za-z][A-Za-z0-9]{0,39})\}\}/g;

/** Longest value of text mode, in UTF-16 units: a sentence or two of a finding. */
const LONGEST_TEXT = 2000;

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "section"; readonly name: string; readonly parts: Part[] };

/**
 * Fills a template.
 *
 * @param template Its text.
 * @param values A value for each slot.
 * @param options Its file name, the kind of text and all slots.
 * @returns The filled text, with LF line ends.
 * @throws {UserError} `settings` when the template has a slot that does not exist, lacks one that does, or has
 *   sections that do not close. The message names slot and file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const slots = { pc: "value", keys: { id: "value" } } as const;
 * const values = { pc: "A&B", keys: [{ id: "58E9DFAD" }, { id: "98C5B4EA" }] };
 * const text = fillTemplate("{{pc}}:{{#keys}} {{id}}{{/keys}}", values, { name: "x.html", mode: "html", slots });
 * assert.equal(text, "A&amp;B: 58E9DFAD 98C5B4EA");
 * ```
 */
export function fillTemplate<const S extends Slots>(
  template: string,
  values: Values<S>,
  options: FillOptions<S>,
): string {
  const parts = parse(template.replaceAll("\r\n", "\n"), options.name);
  const unused = unusedSlots(options.slots);
  checkSlots(parts, [{ slots: options.slots, unused, path: "" }], options.name);
  const [left] = unused.all();
  if (left !== undefined) {
    throw new UserError("settings", `Cannot use template "${options.name}": slot "{{${left}}}" is missing`, {
      hint: "put it where its value should stand",
    });
  }
  const out: string[] = [];
  fill(parts, [values as Values], { mode: options.mode, out });
  return out.join("");
}

/** Reads the tags in one pass. A section's tag alone on its line takes the line with it. */
function parse(template: string, name: string): Part[] {
  const root: Part[] = [];
  const open: { readonly name: string; readonly parts: Part[] }[] = [];
  let target = root;
  let from = 0;
  const addText = (text: string): void => {
    const at = text.indexOf("{{");
    if (at >= 0) throw broken(name, `"${oneLine(text.slice(at, at + 30))}" is no slot; write "{{name}}"`);
    if (text !== "") target.push({ kind: "text", text });
  };
  for (const match of template.matchAll(TAG)) {
    const [tag, sign, slot = ""] = match;
    let start = match.index;
    let end = start + tag.length;
    if (sign !== "") ({ start, end } = wholeLine(template, { start, end }));
    addText(template.slice(from, Math.max(from, start)));
    from = end;
    if (sign === "") {
      target.push({ kind: "value", name: slot });
    } else if (sign === "#") {
      if (open.length === DEEPEST) throw broken(name, `sections are nested deeper than ${DEEPEST}`);
      const section = { kind: "section" as const, name: slot, parts: [] };
      target.push(section);
      open.push(section);
      target = section.parts;
    } else {
      const section = open.pop();
      if (section?.name !== slot) throw broken(name, `"{{/${slot}}}" closes no section of that name`);
      target = open.at(-1)?.parts ?? root;
    }
  }
  addText(template.slice(from));
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw broken(name, `"{{#${unclosed.name}}}" is never closed`);
  return root;
}

function wholeLine(text: string, tag: { readonly start: number; readonly end: number }): typeof tag {
  let { start, end } = tag;
  while (text[start - 1] === " " || text[start - 1] === "\t") start--;
  while (text[end] === " " || text[end] === "\t") end++;
  const alone = (start === 0 || text[start - 1] === "\n") && (end === text.length || text[end] === "\n");
  return alone ? { start, end: Math.min(end + 1, text.length) } : tag;
}

/** The slots of one level that no tag has used yet. */
interface Unused {
  readonly names: Set<string>;
  readonly below: ReadonlyMap<string, Unused>;
  all(prefix?: string): readonly string[];
}

interface Level {
  readonly slots: Slots;
  readonly unused: Unused;
  readonly path: string;
}

function unusedSlots(slots: Slots): Unused {
  const names = new Set(Object.keys(slots));
  const below = new Map(
    Object.entries(slots).flatMap(([name, kind]) =>
      kind === "value" ? [] : [[name, unusedSlots(kind)] as const]
    ),
  );
  const all = (prefix = ""): readonly string[] => [
    ...[...names].map((name) => prefix + name),
    ...[...below].flatMap(([name, level]) => level.all(`${prefix}${name}.`)),
  ];
  return { names, below, all };
}

function checkSlots(parts: readonly Part[], levels: readonly Level[], name: string): void {
  const inner = levels.at(-1);
  for (const part of parts) {
    if (part.kind === "value") {
      const level = levels.findLast(({ slots }) => Object.hasOwn(slots, part.name));
      if (level?.slots[part.name] !== "value") throw unknown(name, `{{${part.name}}}`, levels);
      level.unused.names.delete(part.name);
    } else if (part.kind === "section") {
      const slots = inner !== undefined && Object.hasOwn(inner.slots, part.name)
        ? inner.slots[part.name]
        : undefined;
      const unused = inner?.unused.below.get(part.name);
      if (slots === undefined || slots === "value" || unused === undefined) {
        throw unknown(name, `{{#${part.name}}}`, levels);
      }
      inner?.unused.names.delete(part.name);
      checkSlots(part.parts, [...levels, { slots, unused, path: part.name }], name);
    }
  }
}

function fill(
  parts: readonly Part[],
  rows: readonly Values[],
  to: { readonly mode: "html" | "text"; readonly out: string[] },
): void {
  for (const part of parts) {
    if (part.kind === "text") {
      to.out.push(part.text);
      continue;
    }
    const value = rows.findLast((row) => Object.hasOwn(row, part.name))?.[part.name];
    if (part.kind === "value") {
      to.out.push(valueText(value, part.name, to.mode));
    } else if (Array.isArray(value)) {
      for (const row of value) fill(part.parts, [...rows, row], to);
    }
  }
}

/** A value that the caller's types cannot give is a bug here, not the template's fault. */
function valueText(value: unknown, name: string, mode: "html" | "text"): string {
  if (value instanceof SafeHtml && mode === "html") return String(value);
  if (typeof value !== "string") throw new TypeError(`Cannot fill slot "${name}": its value is no text`);
  return mode === "html" ? escapeHtml(value) : oneLine(value, LONGEST_TEXT);
}

function broken(name: string, reason: string): UserError {
  return new UserError("settings", `Cannot use template "${name}": ${reason}`, {
    hint: `slots are "{{name}}" and "{{#rows}}…{{/rows}}"`,
  });
}

function unknown(name: string, tag: string, levels: readonly Level[]): UserError {
  const where = levels.slice(1).map(({ path }) => path).join(" in ");
  const known = Object.keys(levels.at(-1)?.slots ?? {});
  return new UserError(
    "settings",
    `Cannot use template "${name}": there is no slot "${tag}"${where === "" ? "" : ` in section "${where}"`}`,
    { hint: known.length === 0 ? "remove it" : `slots there are ${known.join(", ")}` },
  );
}
