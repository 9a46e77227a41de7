/** The policy files as tests look at them. */

import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import { readText } from "../tools/repository.ts";

/** The ADMX, from the root on. */
export const ADMX = "scheduled/policy/SpareKey.admx";

/** English and German. */
export const ADMLS: readonly string[] = ["en-US", "de-DE"].map((language) =>
  `scheduled/policy/${language}/SpareKey.adml`
);

/** An element of XML, its children in order. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

type Raw = Readonly<Record<string, unknown>>;

function nodeOf(raw: Raw): Node {
  const [name = ""] = Object.keys(raw).filter((key) => key !== ":@");
  const inner = (raw[name] ?? []) as readonly Raw[];
  return {
    name,
    attributes: (raw[":@"] ?? {}) as Readonly<Record<string, string>>,
    children: inner.filter((one) => !("#text" in one)).map(nodeOf),
    text: inner.map((one) => one["#text"] ?? "").join(""),
  };
}

/** Parses an XML file, named from the root on. @returns Its root element. */
export async function parsed(path: string): Promise<Node> {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    ignoreDeclaration: true,
  });
  const [root] = (parser.parse(await readText(path)) as readonly Raw[]).map(nodeOf);
  assert.ok(root);
  return root;
}

/** All elements of a name, however deep. */
export function all(node: Node, name: string): readonly Node[] {
  return [...node.name === name ? [node] : [], ...node.children.flatMap((child) => all(child, name))];
}

/** @returns An attribute, empty when it is not there. */
export function attribute(node: Node, name: string): string {
  return node.attributes[name] ?? "";
}

/** The ADMX. */
export const admx: Node = await parsed(ADMX);
/** All its policies. */
export const policies: readonly Node[] = all(admx, "policy");
const KEY = "SOFTWARE\\Policies\\Spare Key";

/** What a policy sets, as the reader names it. */
export function slotOf(policy: Node): string {
  const [box] = policy.children.find(({ name }) => name === "elements")?.children ?? [];
  const value = attribute(box ?? policy, "valueName");
  const key = attribute(policy, "key");
  assert.ok(key === KEY || key.startsWith(`${KEY}\\`), key);
  return key === KEY ? value : `${key.slice(KEY.length + 1)}.${value}`;
}

/** The one element of a policy that has one. */
export function boxOf(policy: Node): Node | null {
  const boxes = policy.children.find(({ name }) => name === "elements")?.children ?? [];
  assert.ok(boxes.length <= 1, attribute(policy, "name"));
  return boxes[0] ?? null;
}
