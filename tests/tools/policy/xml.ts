/** Just as much XML as an ADMX needs, written in order and indented. */

/** An element: its name, its attributes, what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | readonly Element[];
}

/**
 * Makes an element.
 *
 * @param name Its name.
 * @param attributes In the order in which they are to stand.
 * @param content Elements or text; without it, it is empty.
 * @returns The element.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  content: string | readonly Element[] = [],
): Element {
  return { name, attributes, content };
}

/**
 * Writes a document.
 *
 * @param root Its element.
 * @returns The text, with declaration and a line end.
 */
export function xmlOf(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<!-- Made by "deno task policy". -->\n${write(root, "")}\n`;
}

function write({ name, attributes, content }: Element, indent: string): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const start = `${indent}<${name}${words.join("")}`;
  if (content.length === 0) return `${start} />`;
  if (typeof content === "string") return `${start}>${escape(content)}</${name}>`;
  return [`${start}>`, ...content.map((one) => write(one, `${indent}  `)), `${indent}</${name}>`].join("\n");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  );
}
