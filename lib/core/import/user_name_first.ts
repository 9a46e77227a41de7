/** Where one record ends and the next begins is open when neither a blank line nor a name that comes again tells. */

import { isUserName, roleOf } from "./field_roles.ts";

/**
 * Tells whether a record has a Key ID in place of a user's name above the digits, as password managers have it, and
 * another one that is called so below them: that one belongs to what follows.
 *
 * @param fields Names as they stand in the text, and what their values begin with; `null` for neither.
 * @returns Whether it does.
 */
export function isUserNameFirst(
  fields: readonly { readonly name: string; readonly sort: "id" | "key" | null }[],
): boolean {
  const key = fields.findIndex(({ sort }) => sort === "key");
  const ids = (wanted: (name: string) => boolean, list: typeof fields): boolean =>
    list.some(({ name, sort }) => sort === "id" && wanted(name));
  return key > 0 && ids(isUserName, fields.slice(0, key)) &&
    ids((name) => roleOf(name) === "key-id", fields.slice(key + 1));
}
