/** An ADML: what a language says about the policies. */

import { REVISION, SCHEMA } from "./admx.ts";
import { POLICIES, type Policy, policyName } from "./policies.ts";
import type { PolicyWords, Words } from "./policy_words.ts";
import { type Element, element, xmlOf } from "./xml.ts";

/**
 * Writes the ADML of a language.
 *
 * @param words Of the language.
 * @returns The file.
 * @throws {Error} When the language lacks words for a policy.
 */
export function adml(words: Words): string {
  const strings = [
    text("Supported", words.supportedOn),
    ...Object.entries(words.categories).map(([name, title]) => text(`Category_${name}`, title)),
    ...POLICIES.flatMap((policy) => policyStrings(policy, words)),
  ];
  const attributes = { xmlns: SCHEMA, revision: REVISION, schemaVersion: "1.0" };
  return xmlOf(element("policyDefinitionResources", attributes, [
    element("displayName", {}, "Spare Key"),
    element("description", {}, words.description),
    element("resources", {}, [
      element("stringTable", {}, strings),
      element("presentationTable", {}, POLICIES.flatMap((policy) => presentation(policy, words))),
    ]),
  ]));
}

function text(id: string, content: string): Element {
  return element("string", { id }, content);
}

function wordsOf(policy: Policy, words: Words): PolicyWords {
  const found = words.policies[policyName(policy)];
  if (found === undefined) {
    throw new Error(`Cannot write an ADML: nothing is said about ${policyName(policy)}`);
  }
  return found;
}

function policyStrings(policy: Policy, words: Words): readonly Element[] {
  const name = policyName(policy);
  const { title, explain, choices } = wordsOf(policy, words);
  const { box } = policy;
  const otherwise = defaultOf(policy, words);
  const paragraphs = [
    ...explain,
    ...box.kind === "number" ? [words.wholeNumber(box.min, box.max)] : [],
    box.kind === "flag" ? words.flagStates(otherwise) : words.boxStates(otherwise),
  ];
  const values = box.kind === "choice" ? box.values : [];
  return [
    text(name, title),
    text(`${name}_Explain`, paragraphs.join("\n\n")),
    ...values.map((value) => text(`${name}_${value}`, needed(choices?.[value], policy))),
  ];
}

function defaultOf(policy: Policy, words: Words): string {
  const { otherwise, choices } = wordsOf(policy, words);
  if (policy.byDefault === null) return needed(otherwise, policy);
  if (typeof policy.byDefault === "boolean") return policy.byDefault ? words.yes : words.no;
  return choices?.[policy.byDefault] ?? String(policy.byDefault);
}

function presentation(policy: Policy, words: Words): readonly Element[] {
  const { box, byDefault } = policy;
  if (box.kind === "flag") return [];
  const name = policyName(policy);
  const refId = `${name}_Value`;
  const label = needed(wordsOf(policy, words).label, policy);
  return [element("presentation", { id: name }, [boxOf()])];

  function boxOf(): Element {
    switch (box.kind) {
      case "number":
        return element(
          "decimalTextBox",
          { refId, defaultValue: byDefault === null ? box.min : +byDefault },
          label,
        );
      case "choice":
        return element("dropdownList", { refId, noSort: "true", ...choiceAt(box.values) }, label);
      case "lines":
        return element("multiTextBox", { refId }, label);
      default: {
        const value = byDefault === null ? [] : [element("defaultValue", {}, String(byDefault))];
        return element("textBox", { refId }, [element("label", {}, label), ...value]);
      }
    }
  }

  function choiceAt(values: readonly string[]): Readonly<Record<string, number>> {
    const at = values.findIndex((value) => value === byDefault);
    return at < 0 ? {} : { defaultItem: at };
  }
}

function needed(words: string | undefined, policy: Policy): string {
  if (words === undefined) {
    throw new Error(`Cannot write an ADML: a word is missing for ${policyName(policy)}`);
  }
  return words;
}
