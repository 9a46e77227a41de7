/** Key IDs in the names of files: the program's own, and those that Windows or a person gave. */

import { parseReportName } from "../report_names.ts";

/** What the name of a key's file says. */
export interface KeyFileName {
  /** Upper case, no braces. */
  readonly keyId: string;
  /** `C:`; `null` in a foreign name. */
  readonly drive: string | null;
  /** `2026-11-24`; `null` in a foreign name. */
  readonly date: string | null;
  /** Whether it ends in `.age`. */
  readonly sealed: boolean;
  /** Whether it has the form of the program's own reports. */
  readonly isOwn: boolean;
}

/**
 * Windows names its file `BitLocker Recovery Key GUID.TXT`, with other words in other languages; people put
 * words of their own before or behind.
 */
const GUID = /(?<![0-9A-F]|[0-9A-F]-)[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}(?![0-9A-F]|-[0-9A-F])/i;

/** A file of an external key: the GUID in its name is that of another protector. Or a file not yet written to its end. */
const NO_KEY = /\.bek$|^\.spare-key-.*\.tmp$/i;

/**
 * Reads the name of a file.
 *
 * @param name Without its folder.
 * @returns What it says; `null` when no Key ID is in it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const name = "BitLocker-Wiederherstellungsschlüssel 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT";
 * assert.equal(readKeyFileName(name)?.keyId, "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5");
 * ```
 */
export function readKeyFileName(name: string): KeyFileName | null {
  const own = parseReportName(name);
  if (own !== null) {
    const { keyId, drive, date, sealed } = own;
    return keyId === null ? null : { keyId: keyId.toUpperCase(), drive, date, sealed, isOwn: true };
  }
  if (NO_KEY.test(name)) return null;
  const keyId = GUID.exec(name)?.[0].toUpperCase();
  return keyId === undefined
    ? null
    : { keyId, drive: null, date: null, sealed: /\.age$/i.test(name), isOwn: false };
}

/** The name that Windows gives in any language, perhaps with words before it, and with the number of a download. */
const WINDOWS_NAME = /BitLocker.*[0-9A-F]{12}\}?(?: ?\(\d+\))?\.txt(?:\.age)?$/i;

/**
 * Tells whether a file is sure to hold no key but the one in its name: the program's own reports, and Windows' files.
 * In any other name a GUID may be that of a drive, a PC or an export.
 *
 * @param name Without its folder.
 * @returns Whether it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(isFileOfOneKey("BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT"));
 * assert.ok(!isFileOfOneKey("export_58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.csv"));
 * ```
 */
export function isFileOfOneKey(name: string): boolean {
  const file = readKeyFileName(name);
  return file !== null && (file.isOwn || WINDOWS_NAME.test(name));
}
