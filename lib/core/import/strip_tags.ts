/** Makes text of a saved web page, or of XML: cells and lines stay apart, tags go. */

import { withoutSpans } from "./spread_cells.ts";

const NAMED: Readonly<Record<string, string>> = {
  nbsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  ndash: "-",
  mdash: "-",
  shy: "",
  zwnj: "",
  hyphen: "-",
};

const BLOCKS =
  "p|div|li|ul|ol|tr|table|tbody|thead|section|article|h[1-6]|br|dt|dd|dl|option|form|label|header|footer|main";
const BLOCK = new RegExp(`</?(?:${BLOCKS})(?:\\s[^<>]{0,2000})?/?>`, "gi");
const CELL = /<\/t[dh]>/gi;
const IGNORED = /<(script|style|head|svg|noscript)\b[^<>]{0,2000}>/i;

/**
 * Tells whether a text is a web page.
 *
 * @param text Its beginning will do.
 * @returns Whether it has HTML's tags.
 */
export function isHtml(text: string): boolean {
  const start = text.slice(0, 64 * 1024);
  if (/<(?:!doctype html|html|body)\b/i.test(start)) return true;
  return !/^\s*<\?xml/.test(start) &&
    /<(?:table|div|td|p|br|span|[uo]l|li|h[1-6]|b|pre)\b[^<>]{0,400}>/i.test(start);
}

/**
 * Takes the tags out of a web page.
 *
 * @param html The page.
 * @returns Its text: a line a block, cells parted by tabs.
 */
export function textOfHtml(html: string): string {
  // text, whether the tag behind it closes, text, …
  const [first = "", ...rest] = withoutParts(html).split(PREFORMATTED);
  const parts = [textOfFlow(first)];
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [slash, text = ""] = [rest[at], rest[at + 1]];
    parts.push("\n", slash === "/" ? textOfFlow(text) : textOfLines(text));
  }
  return parts.join("");
}

/** Between these, lines and blanks are shown as they stand: a console's text on a page. */
const PREFORMATTED = /<(\/?)(?:pre|textarea|xmp)\b[^<>]{0,2000}>/i;

function textOfFlow(html: string): string {
  const text = withoutSpans(html.replace(/\s{2,}|\n/g, (run) => (run.includes("\n") ? " " : run)))
    .replace(LABEL, "$1: $2")
    .replace(CELL, "\t")
    .replace(BLOCK, "\n");
  return withoutTags(text).replace(/[ ]{2,}/g, " ");
}

/** A name and its value in two elements side by side, with nothing between but what a style sheet draws. */
const LABEL =
  /(<(?:span|b|strong|em|i|a|small|bdi)\b[^<>]{0,400}>[^<>]{0,60}(?:[g-z]|[^ -~])[^<>]{0,60}?):?(<\/(?:span|b|strong|em|i|a|small|bdi)><(?:span|b|strong|em|i|a|small|code|bdi)\b[^<>]{0,400}>\s?[\w{])/gi;

/** Without any line end of its own, its lines are blocks. */
function textOfLines(html: string): string {
  const lines = html.replace(/^\n/, "");
  return withoutTags(lines.replace(lines.includes("\n") ? /<br\s{0,8}\/?>\n?/gi : BLOCK, "\n"));
}

function withoutTags(text: string): string {
  return text
    .replace(/<!--|-->|<[^<>]{0,4000}>/g, "")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, entity);
}

/** Scripts hold values that nobody sees; a page's own JSON is read where it is a file of its own. */
function withoutParts(html: string): string {
  const parts: string[] = [];
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const found = IGNORED.exec(html.slice(at, at + WINDOW));
    if (found === null) {
      parts.push(html.slice(at, at + WINDOW - OVERLAP));
      at += WINDOW - OVERLAP;
      continue;
    }
    parts.push(html.slice(at, at + found.index));
    const close = lower.indexOf(`</${found[1]?.toLowerCase()}`, at + found.index);
    if (close < 0) break;
    at = close;
  }
  return parts.join("");
}

const WINDOW = 64 * 1024;
const OVERLAP = 4096;

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/**
 * Makes `name : value` lines of XML, so that it can be read like a list; comments go.
 *
 * @param xml The document.
 * @returns A line an element; an element that holds others ends a record.
 */
export function textOfXml(xml: string): string {
  return withoutComments(xml)
    .replace(NAMED_VALUE, (_, _tag, name: string, value: string) => lineOf(name, value))
    .replace(PLIST_VALUE, (_, name: string, value: string) => lineOf(name, value))
    .replace(ATTRIBUTE_VALUE, (_, name: string, value: string) => lineOf(name, value))
    .replace(NAMED_ELEMENT, (_, _tag, name: string, value: string) => lineOf(name, value))
    .replace(EMPTY_ELEMENT, "\n")
    .replace(/<[\w:.-]{1,80}((?:\s+[\w:.-]{1,80}\s?=\s?"[^"<>]{0,1000}"){2,30})\s{0,8}\/?>/g, attributesOf)
    .replace(/<([\w:.-]{1,80})(?:\s[^<>]{0,1000})?>([^<>]{0,4000})<\/\1>/g, "\n$1 : $2\n")
    .replace(/\n\s*\n/g, "\n")
    .replace(/<\/?[^<>]{0,2000}>/g, "\n\n")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, entity);
}

const LONGEST_COMMENT = 4000;

/** By hand: a pattern goes on to the longest comment from each beginning, and most of a hostile text are beginnings. */
function withoutComments(xml: string): string {
  const parts: string[] = [];
  let done = 0;
  let end = -1;
  for (let at = xml.indexOf("<!--"); at >= 0; at = xml.indexOf("<!--", Math.max(at + 1, done))) {
    if (end < at + 4) end = xml.indexOf("-->", at + 4);
    if (end < 0) break;
    if (end - at - 4 > LONGEST_COMMENT) continue;
    parts.push(xml.slice(done, at));
    done = end + 3;
  }
  return parts.join("") + xml.slice(done);
}

/** A name without a value is left out: with one below it, it would look like a title. */
function lineOf(name: string, value: string): string {
  return value.trim() === "" ? "\n" : `\n${name.trim()} : ${value.trim()}\n`;
}

/** An element of a name and a value, as KeePass has them. */
const NAMED_VALUE =
  /<([\w:.-]{1,80})(?:\s[^<>]{0,400})?>\s*<(?:key|name|field|label|title)(?:\s[^<>]{0,400})?>([^<>]{1,100})<\/\w+>\s*<(?:value|data|text|content)(?:\s[^<>]{0,400})?>([^<>]{0,4000})<\/\w+>\s*<\/\1>/gi;
/** A name, then its value, as in property lists. */
const PLIST_VALUE =
  /<key>([^<>]{1,100})<\/key>\s*<(?:string|integer|date|real)>([^<>]{0,4000})<\/(?:string|integer|date|real)>/gi;
/** `<Field name="KeyID">…</Field>`, `<property name="KeyID" value="…"/>` */
const ATTRIBUTE_VALUE =
  /<[\w:.-]{1,80}\s{1,8}(?:name|key|label)\s?=\s?"([^"<>]{1,100})"\s{1,8}value\s?=\s?"([^"<>]{0,1000})"\s{0,8}\/>/gi;

/** `<Property Name="KeyProtectorId" Type="System.String">…</Property>` of ConvertTo-Xml. */
const NAMED_ELEMENT =
  /<([\w:.-]{1,80})\s(?:[^<>]{0,400}\s)?(?:name|key|label)\s?=\s?"([^"<>]{1,100})"[^<>]{0,400}>([^<>]{0,4000})<\/\1>/gi;

/** `<Property Name="AutoUnlockProtector" Type="…" />`: without a value, and within its record. */
const EMPTY_ELEMENT = /<property\s(?:[^<>]{0,400}\s)?name\s?=\s?"[^"<>]{1,100}"(?:\s[^<>]{0,400})?\/>/gi;

/** An element whose attributes are a record: both parts of a key in one tag. One of them alone may be about anything. */
function attributesOf(tag: string, attributes: string): string {
  const hasBoth = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(attributes) &&
    /\d{6}(?:-\d{6}){7}/.test(attributes);
  if (!hasBoth) return tag;
  const lines = [...attributes.matchAll(/([\w:.-]+)\s?=\s?"([^"]*)"/g)].map(([, name, value]) =>
    // braces would look like those of a protector on Windows' screens
    `${name} : ${value?.replace(/^\{(.*)\}$/, "$1")}`
  );
  return `\n\n${lines.join("\n")}\n\n`;
}
