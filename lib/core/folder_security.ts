/**
 * Owner and rights of the folders that installation makes, as SDDL. Windows PowerShell sets them from
 * `scheduled/SpareKey/Private/Get-FolderSddl.ps1`; a test holds both equal.
 */

import { sidOf } from "./well_known_sids.ts";

/** What a folder is for. */
export type FolderUse = "program" | "data" | "secrets" | "pickup";

/** Administrators own it, SYSTEM and Administrators may do everything in it, nothing is taken over from above. */
const CLOSED = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
/** FILE_GENERIC_READ and FILE_GENERIC_EXECUTE: to list, to read, to start. */
const READ = "0x1200a9";

/**
 * Gives owner and rights of a folder. Programs may be read and started by every user, whose own task runs a
 * script there; a pick-up folder may be read by the user whom its reports are for.
 *
 * @param use What the folder is for.
 * @param options For a pick-up folder whose it is.
 * @returns SDDL with owner, group and a protected access list.
 * @throws {TypeError} When a pick-up folder has no user, or the user is no SID of an account.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(folderSddl("data"), "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)");
 * ```
 */
export function folderSddl(use: FolderUse, options: { readonly user?: string } = {}): string {
  switch (use) {
    case "data":
    case "secrets":
      return CLOSED;
    case "program":
      return `${CLOSED}(A;OICI;${READ};;;BU)`;
    case "pickup":
      return `${CLOSED}(A;OICI;${READ};;;${accountSid(options.user ?? "")})`;
  }
}

/**
 * Brings the SID of a person's account into its usual form: of this PC or a domain (`S-1-5-21-…`), or of Entra
 * (`S-1-12-1-…`). Groups that many are in, such as Users, are no account.
 *
 * @param text As it was written.
 * @returns The SID.
 * @throws {TypeError} When it is no such SID.
 */
export function accountSid(text: string): string {
  const sid = sidOf(text);
  if (sid === null || !/^S-1-(?:5-21(?:-\d+){4}|12-1(?:-\d+){4})$/.test(sid)) {
    throw new TypeError(`Cannot use "${text}" as an account: it must be a SID such as "S-1-5-21-…-1001"`);
  }
  return sid;
}
