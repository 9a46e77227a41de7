/** Which kind of list a file is, as far as that decides how a missing key is added to it. */

import type { ColumnGuess, ImportedKey, ImportKind } from "../import/model.ts";

/** Where a key that is missing can be added; `other`: files and notes that a person keeps. */
export type ListKind = "microsoft-account" | "entra" | "active-directory" | "other";

/** What tells the kind. */
export interface ListFacts {
  /** As the import calls it. */
  readonly kind: ImportKind;
  /** Of a table. */
  readonly columns: readonly Pick<ColumnGuess, "column">[];
  /** All that it shows. */
  readonly keys: readonly Pick<ImportedKey, "keyId">[];
}

/**
 * Tells the kind of a list.
 *
 * @param facts Of the import.
 * @returns The kind. A table that shows no more than eight characters of each Key ID is a copy of the account page.
 */
export function listKind({ kind, columns, keys }: ListFacts): ListKind {
  if (kind === "account-page") return "microsoft-account";
  if (kind === "entra" || kind === "active-directory") return kind;
  const ids = keys.flatMap(({ keyId }) => keyId ?? []);
  const isShort = ids.length > 0 && ids.every((keyId) => keyId.length === 8);
  const isUploaded = columns.some(({ column }) => /upload/i.test(column));
  return (kind === "table" || kind === "notes") && (isShort || isUploaded) ? "microsoft-account" : "other";
}
