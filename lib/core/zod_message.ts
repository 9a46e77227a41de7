/** Words what zod found wrong. Values are left out unless asked for: a wrong value may be a secret in the wrong place. */

import { redactSecrets } from "./recovery_password.ts";

/** The part of a zod issue that is worded. */
export interface Issue {
  /** What kind of fault it is, such as `invalid_type`. */
  readonly code?: string | undefined;
  /** Names and indexes that lead to the value; none for the whole document. */
  readonly path?: readonly PropertyKey[] | undefined;
  /** For `invalid_type`: the type that it should be, in zod's words. */
  readonly expected?: unknown;
  /** What the value must be, where a check of this program says so; else zod's own text. */
  readonly message?: string | undefined;
  /** For `invalid_value`: all that it may be. */
  readonly values?: readonly unknown[] | undefined;
}

/** How to word them. */
export interface ZodMessageOptions {
  /** Quote short values. Only for documents that hold no secrets. */
  readonly quote?: boolean;
}

/**
 * Words the first issues of a failed parse.
 *
 * @param issues As zod gives them.
 * @param input The document that failed, to tell what kind of value stands at the path.
 * @param options How to word them.
 * @returns `"volumes[0].sizeBytes" is a text, must be a number`, joined by semicolons; at most three.
 */
export function zodMessage(
  issues: readonly Issue[],
  input: unknown,
  options: ZodMessageOptions = {},
): string {
  const worded = issues.slice(0, 3).map((issue) => {
    const path = issue.path ?? [];
    const value = path.reduce<unknown>(step, input);
    const wanted = issue.code === "invalid_type" && typeof issue.expected === "string"
      ? `must be ${KINDS[issue.expected] ?? issue.expected}`
      : issue.code === "invalid_value" && issue.values
      ? `must be ${issue.values.map((one) => JSON.stringify(one)).join(" or ")}`
      : issue.code === "invalid_union" && issue.message === "Invalid input"
      ? "must be of another form"
      : `must be ${issue.message ?? "another value"}`;
    return `"${pathText(path)}" ${kindOf(value, options.quote ?? false)}, ${wanted}`;
  });
  const more = issues.length > worded.length ? `; ${issues.length - worded.length} more` : "";
  return worded.join("; ") + more;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  record: "an object",
};

function kindOf(value: unknown, quote: boolean): string {
  if (value === undefined) return "is missing";
  if (value === null) return "is null";
  if (Array.isArray(value)) return "is a list";
  // A recovery key without quotes is a number, of which the first digits would be shown.
  const isHuge = typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (quote && typeof value !== "object" && !isHuge) {
    return `is ${redactSecrets(JSON.stringify(value)).slice(0, 60)}`;
  }
  return `is ${KINDS[typeof value] ?? typeof value}`;
}

function step(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => typeof part === "number" ? `[${part}]` : `.${String(part)}`).join("");
  return redactSecrets(text.replace(/^\./, "")) || "document";
}
