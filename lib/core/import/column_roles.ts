/** Tells what the columns of a table hold: by their names first, by their content where no name says which is the Key ID. */

import type { ColumnGuess } from "./model.ts";
import { type FieldRole, isIdentifier, mayHoldKeyId, roleOf } from "./field_roles.ts";
import { scanTokens } from "./scan_tokens.ts";
import { shortIdOf } from "./short_id.ts";

/** Rows that tell what a column without a known name holds. */
export const PROBE_ROWS = 50;

const GUID = /^\{?[0-9a-f]{8}-[0-9a-f-]{27}\}?$/i;
const SHORT_ID = /^[0-9a-f]{8}$/i;

/** A spreadsheet keeps 15 digits of a number and shows it as `2.49425E+47`. */
const ROUNDED = /^["'=]{0,2}\d(?:[.,]\d{1,15})?E\+\d{2}["']?$/i;

/**
 * Tells what columns hold.
 *
 * @param header Names of the columns.
 * @param all Rows; the first {@link PROBE_ROWS} are looked at.
 * @returns A role a column. No column is taken for the Key ID's when several could be it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const key = "249425-539187-330363-273262-016346-600963-497299-188144";
 * const rows = [["A", "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5", key]];
 * assert.deepEqual(rolesOf(["Asset", "Field 1", "Field 2"], rows), ["pc", "key-id", "recovery-key"]);
 * ```
 */
export function rolesOf(
  header: readonly string[],
  all: readonly (readonly string[])[],
): readonly FieldRole[] {
  const rows = all.slice(0, PROBE_ROWS);
  const hasSuch = (at: number, isSuch: (cell: string) => boolean): boolean =>
    rows.some((row) => isSuch(row[at] ?? ""));
  const withDigits = header.map((_, at) => hasSuch(at, isKeyCell));
  const roles = header.map((name, at): FieldRole => {
    const role = roleOf(name);
    if (withDigits[at]) return "recovery-key";
    if (role === "recovery-key") return hasSuch(at, isRoundedCell) ? role : "none";
    return role === "key-id" && !hasSuch(at, isIdCell) ? "none" : role;
  });
  if (roles.includes("key-id")) return roles;
  const free = freeIds(header, roles, rows);
  // an ID of the PC beside it makes the other one the key's
  const sure = free.length === 1 && withDigits.includes(true) &&
    (roles.includes("other-id") || !roles.includes("pc") || roles[free[0] ?? 0] === "none" ||
      isIdentifier(header[free[0] ?? 0] ?? "") || isOfSeveral(rows, roles.indexOf("pc"), free[0] ?? 0));
  return roles.map((role, at) => (sure && at === free[0] ? "key-id" : free.includes(at) ? "other-id" : role));
}

/** A PC with several IDs: they are not the PC's. */
function isOfSeveral(rows: readonly (readonly string[])[], pc: number, id: number): boolean {
  const byPc = new Map<string, string>();
  return rows.some((row) => {
    const [name = "", value = ""] = [row[pc]?.trim(), row[id]?.trim().toUpperCase()];
    const first = byPc.get(name);
    if (name !== "" && value !== "") byPc.set(name, first ?? value);
    return name !== "" && value !== "" && first !== undefined && first !== value;
  });
}

/** Columns of GUIDs whose names say nothing; without any, those of beginnings of Key IDs, as the account page lists them. */
function freeIds(
  header: readonly string[],
  roles: readonly FieldRole[],
  rows: readonly (readonly string[])[],
): readonly number[] {
  const cellsOf = (at: number): readonly string[] =>
    rows.map((row) => (row[at] ?? "").trim()).filter((cell) => cell !== "");
  const guids = roles.map((_, at) => cellsOf(at).some((cell) => GUID.test(cell)));
  if (guids.includes(true)) {
    return roles.flatMap((role, at) =>
      guids[at] && (role === "plain-id" || (role === "none" && mayHoldKeyId(header[at] ?? ""))) ? [at] : []
    );
  }
  return roles.flatMap((role, at) => {
    const cells = cellsOf(at);
    // numbers and dates have eight digits too
    const mixed = cells.some((cell) => /[a-f]/i.test(cell) && /\d/.test(cell));
    return role === "none" && mixed && cells.every(isShortId) ? [at] : [];
  });
}

/**
 * Tells what was guessed, for people to check.
 *
 * @param header Names of the columns.
 * @param roles Of {@link rolesOf}.
 * @returns Columns that are used.
 */
export function columnGuesses(
  header: readonly string[],
  roles: readonly FieldRole[],
): readonly ColumnGuess[] {
  return header.flatMap((column, at): readonly ColumnGuess[] => {
    const as = roles[at];
    return as === "key-id" || as === "recovery-key" || as === "drive" || as === "pc" || as === "date"
      ? [{ column: column.slice(0, 100), as }]
      : [];
  });
}

/**
 * Tells a cell with a recovery key.
 *
 * @param cell Its text.
 * @returns Whether it holds one.
 */
export function isKeyCell(cell: string): boolean {
  return cell.length >= 48 &&
    scanTokens(cell).some((token) => token.sort === "key" && token.password !== null);
}

/**
 * Tells a cell that was a recovery key once.
 *
 * @param cell Its text.
 * @returns Whether a spreadsheet has made a number of it.
 */
export function isRoundedCell(cell: string): boolean {
  return ROUNDED.test(cell.trim());
}

/**
 * Tells the beginning of a Key ID.
 *
 * @param cell Its text.
 * @returns Whether it is eight hexadecimal characters.
 */
export function isShortId(cell: string): boolean {
  return SHORT_ID.test(cell.trim());
}

function isIdCell(cell: string): boolean {
  return /[0-9a-f]{32}/i.test(cell.replaceAll("-", "")) || shortIdOf(cell) !== null;
}
