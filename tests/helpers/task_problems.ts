/** Checks tasks by the table of `task_schema.ts`. */

import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type Content, CONTENTS, TEXT_ATTRIBUTES, TEXT_RULES, type TextRule } from "./task_schema.ts";

/** An element as it was read. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/**
 * Checks the XML of a task.
 *
 * @param xml With its declaration.
 * @returns What is wrong, each with the path of its element; empty when Task Scheduler takes it.
 */
export function taskProblems(xml: string): readonly string[] {
  const form = XMLValidator.validate(xml);
  if (form !== true) return [`XML: ${form.err.msg}`];
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-16"?>')) {
    return ["XML: the declaration must say UTF-16"];
  }
  const [task, ...more] = readXml(xml);
  if (task === undefined || task.name !== "Task" || more.length > 0) {
    return ["XML: one element Task must be all"];
  }
  return [...problemsOf(task, "task", ""), ...crossProblems(task)];
}

/** Reads XML into elements. */
export function readXml(xml: string): readonly Element[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    trimValues: false,
    ignoreDeclaration: true,
  });
  return elementsOf(parser.parse(xml));
}

function elementsOf(nodes: readonly Record<string, unknown>[]): readonly Element[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ":@") ?? "#text";
    if (name === "#text") return [];
    const inner = node[name] as readonly Record<string, unknown>[];
    const text = inner.map((one) => "#text" in one ? String(one["#text"]) : "").join("");
    const attributes = (node[":@"] ?? {}) as Readonly<Record<string, string>>;
    return [{ name, attributes, children: elementsOf(inner), text }];
  });
}

function problemsOf(element: Element, type: string, above: string): readonly string[] {
  const path = `${above}/${element.name}`;
  const rule = TEXT_RULES[type];
  if (rule !== undefined) {
    const wrong = element.children.length > 0 ? "text alone" : rule(element.text);
    return [
      ...attributeProblems(element, TEXT_ATTRIBUTES[type] ?? {}, path),
      ...(wrong === null ? [] : [`${path}: "${element.text}" must be ${wrong}`]),
    ];
  }
  const content = CONTENTS[type];
  if (content === undefined) throw new Error(`The table has no type ${type}`);
  const types = new Map(Object.entries(content.parts).map(([name, of]) => [name.replace("?", ""), of]));
  return [
    ...attributeProblems(element, content.attributes ?? {}, path),
    ...(element.text.trim() === "" ? [] : [`${path}: text between elements`]),
    ...orderProblems(element, content, path),
    ...element.children.flatMap((child) => {
      const of = types.get(child.name);
      return of === undefined ? [`${path}: unknown ${child.name}`] : problemsOf(child, of, path);
    }),
  ];
}

function attributeProblems(
  element: Element,
  rules: Readonly<Record<string, TextRule>>,
  path: string,
): readonly string[] {
  const known = new Map(Object.entries(rules).map(([name, rule]) => [name.replace("?", ""), rule]));
  const missing = Object.keys(rules).filter((name) => !name.endsWith("?") && !(name in element.attributes));
  return [
    ...missing.map((name) => `${path}: attribute ${name} is missing`),
    ...Object.entries(element.attributes).flatMap(([name, value]) => {
      const rule = known.get(name);
      const wrong = rule === undefined ? "left out" : rule(value);
      return wrong === null ? [] : [`${path}: attribute ${name}="${value}" must be ${wrong}`];
    }),
  ];
}

function orderProblems(element: Element, content: Content, path: string): readonly string[] {
  const found = element.children.map((child) => child.name);
  if (content.order === "choice") {
    const { least = 0, most = Infinity } = content;
    return found.length < least || found.length > most ? [`${path}: ${found.length} elements`] : [];
  }
  const names = Object.keys(content.parts);
  const missing = names.filter((name) => !name.endsWith("?") && !found.includes(name));
  const twice = found.filter((name, index) => found.indexOf(name) !== index);
  const places = found.map((name) => names.findIndex((one) => one.replace("?", "") === name));
  const astray = content.order === "sequence" &&
    places.some((place, index) => place < (places[index - 1] ?? -1));
  return [
    ...missing.map((name) => `${path}: ${name} is missing`),
    ...twice.map((name) => `${path}: ${name} stands there twice`),
    ...(astray ? [`${path}: wrong order ${found.join(", ")}`] : []),
  ];
}

/** Rules between elements: whose rights an action has, and which version knows a setting. */
function crossProblems(task: Element): readonly string[] {
  const inside = (name: string): readonly Element[] =>
    task.children.filter((one) => one.name === name).flatMap((one) => one.children);
  const principals = inside("Principals");
  const context = task.children.find((one) => one.name === "Actions")?.attributes["Context"];
  const unified = inside("Settings").some((one) =>
    one.name === "UseUnifiedSchedulingEngine" && one.text === "true"
  );
  const both = principals.some((one) =>
    one.children.some((child) => child.name === "UserId") &&
    one.children.some((child) => child.name === "GroupId")
  );
  return [
    ...(context !== undefined && !principals.some((one) => one.attributes["id"] === context)
      ? [`Actions: there is no principal "${context}"`]
      : []),
    ...(unified && (task.attributes["version"] ?? "1.2") < "1.3"
      ? ["Settings: UseUnifiedSchedulingEngine needs version 1.3"]
      : []),
    ...(both ? ["Principal: a user and a group"] : []),
  ];
}
