/** What a language says about the policies. */

import type { Category } from "./policies.ts";

/** The words of one policy. */
export interface PolicyWords {
  /** What stands in the list of policies. */
  readonly title: string;
  /** What an administrator reads beside it: what it does, what to think of. Paragraphs. */
  readonly explain: readonly string[];
  /** What stands at the box; a flag has none. */
  readonly label?: string;
  /** What counts without policy and file, where it is no single value. */
  readonly otherwise?: string;
  /** How each choice is called. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** All words of a language. */
export interface Words {
  readonly description: string;
  readonly supportedOn: string;
  readonly categories: Readonly<Record<Category, string>>;
  readonly yes: string;
  readonly no: string;
  /** Of a policy without a box. */
  flagStates(otherwise: string): string;
  /** Of a policy with a box. */
  boxStates(otherwise: string): string;
  wholeNumber(min: number, max: number): string;
  /** By {@link policyName}. */
  readonly policies: Readonly<Record<string, PolicyWords>>;
}
