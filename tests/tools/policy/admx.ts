/** The ADMX: what the policies are, in no language. */

import { type Box, type Category, POLICIES, type Policy, policyName } from "./policies.ts";
import { type Element, element, xmlOf } from "./xml.ts";

/** Below HKLM; no path that Intune refuses, those are of Windows and Microsoft. */
const KEY = "SOFTWARE\\Policies\\Spare Key";

/** Of ADMX and ADML. Raise it with every change: the editor wants ADML files at least as new as the ADMX. */
export const REVISION = "1.0";

/** The namespace of Group Policy's schema. */
export const SCHEMA = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions";

const CATEGORIES: readonly Category[] = ["SpareKey", "Destinations", "MailServer", "Notices", "Schedule"];

/**
 * Writes the ADMX. It uses no other namespace, so that Intune needs no other file first, and no combo box, which
 * Intune does not take.
 *
 * @returns The file.
 */
export function admx(): string {
  const supported = element("definition", {
    name: "SUPPORTED_SpareKey",
    displayName: "$(string.Supported)",
  });
  return xmlOf(element("policyDefinitions", { xmlns: SCHEMA, revision: REVISION, schemaVersion: "1.0" }, [
    element("policyNamespaces", {}, [
      element("target", { prefix: "sparekey", namespace: "SpareKey.Policies.SpareKey" }),
    ]),
    element("resources", { minRequiredRevision: REVISION }),
    element("supportedOn", {}, [element("definitions", {}, [supported])]),
    element("categories", {}, CATEGORIES.map(categoryElement)),
    element("policies", {}, POLICIES.map(policyElement)),
  ]));
}

function categoryElement(category: Category): Element {
  return element(
    "category",
    { name: category, displayName: `$(string.Category_${category})` },
    category === "SpareKey" ? [] : [element("parentCategory", { ref: "SpareKey" })],
  );
}

function policyElement(policy: Policy): Element {
  const name = policyName(policy);
  const [part, value] = policy.slot.split(".");
  const key = value === undefined ? KEY : `${KEY}\\${part}`;
  const valueName = value ?? policy.slot;
  const common = [
    element("parentCategory", { ref: policy.category }),
    element("supportedOn", { ref: "SUPPORTED_SpareKey" }),
  ];
  const words = { displayName: `$(string.${name})`, explainText: `$(string.${name}_Explain)` };
  if (policy.box.kind === "flag") {
    return element("policy", { name, class: "Machine", ...words, key, valueName }, [
      ...common,
      element("enabledValue", {}, [element("decimal", { value: 1 })]),
      element("disabledValue", {}, [element("decimal", { value: 0 })]),
    ]);
  }
  const presentation = `$(presentation.${name})`;
  return element("policy", { name, class: "Machine", ...words, presentation, key }, [
    ...common,
    element("elements", {}, [boxElement(policy.box, name, valueName)]),
  ]);
}

function boxElement(box: Exclude<Box, { readonly kind: "flag" }>, name: string, valueName: string): Element {
  const common = { id: `${name}_Value`, valueName, required: "true" };
  switch (box.kind) {
    case "text":
      return element("text", { ...common, maxLength: box.maxLength });
    case "lines":
      return element("multiText", { ...common, maxLength: box.maxLength });
    case "number":
      return element("decimal", { ...common, minValue: box.min, maxValue: box.max });
    case "choice":
      return element(
        "enum",
        common,
        box.values.map((value) =>
          element("item", { displayName: `$(string.${name}_${value})` }, [
            element("value", {}, [element("string", {}, value)]),
          ])
        ),
      );
  }
}
