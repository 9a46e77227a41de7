/** PURE: local folders that a plain report may not go to, because ordinary users of the PC can read it there. */

import type { FolderDescriptor } from "../core/carry_model.ts";
import { readersOf } from "../core/readable_by.ts";
import type { DestinationSettings } from "../core/settings.ts";

/** What helps, for all reasons alike. */
const REMEDY = "let SYSTEM and Administrators alone read the folder, name recipients so that reports are " +
  'sealed, or allow it with "readableByUsers": true';

/**
 * Tells why a folder is not used. A recovery key makes whoever reads it administrator of the PC. Free are places
 * for sealed reports, removable volumes, and folders of which nobody says who may use them, as outside Windows.
 *
 * @param destination Of the settings.
 * @param access Of local folders.
 * @returns A reason with what to do about it, to follow "not used: "; `null` when the folder may be used.
 *
 * @example
 * ```ts ignore
 * refusalOf(folder, [{ destination: "local", sddl: "O:BAD:(A;OICI;FA;;;BA)(A;OICI;FR;;;BU)", error: null }]);
 * // "Users may read what lies in \"D:\\Keys\"; let SYSTEM and …"
 * ```
 */
export function refusalOf(
  destination: DestinationSettings,
  access: readonly FolderDescriptor[],
): string | null {
  if (destination.kind !== "folder" || destination.sealed || destination.readableByUsers) return null;
  const own = access.find((one) => one.destination === destination.name);
  if (own === undefined || destination.volume !== null) return null;
  if (own.sddl === null && own.error !== null) {
    return `it could not be found out who may read what lies in "${destination.path}": ${own.error}`;
  }
  const readers = own.sddl === null ? null : readersOf(own.sddl);
  if (readers?.length === 0) return null;
  const who = readers === null ? "it is not known who may" : `${readers.join(", ")} may`;
  return `${who} read what lies in "${destination.path}"; ${REMEDY}`;
}
