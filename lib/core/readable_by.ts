/** Who may read and who may change a folder, by its owner and access list. */

import { type AccessEntry, parseSddl } from "./parse_sddl.ts";
import { nameOfSid, SID } from "./well_known_sids.ts";

/** Who may do what in a folder, beside SYSTEM, Administrators and TrustedInstaller. */
export interface FolderRights {
  /** Who may list the folder, or read what comes to lie in it; by name, by SID where an account has no fixed one. */
  readonly readers: readonly string[];
  /** Who may change, add or remove anything in it, the folder itself or its rights. */
  readonly writers: readonly string[];
}

/**
 * Those whose access is no matter. The creator of what comes to lie in the folder is SYSTEM; whoever else can
 * create there is a writer.
 */
const TRUSTED: ReadonlySet<string> = new Set([
  SID.system,
  SID.administrators,
  SID.trustedInstaller,
  SID.creatorOwner,
]);

/** FILE_LIST_DIRECTORY or FILE_READ_DATA; WRITE_DAC and WRITE_OWNER, with which one gives oneself the rest. */
const READ = 0xc0001;
/** FILE_ADD_FILE, FILE_ADD_SUBDIRECTORY, FILE_WRITE_EA, FILE_DELETE_CHILD, FILE_WRITE_ATTRIBUTES, DELETE and as above. */
const WRITE = 0xd0156;
/** What an owner may always do unless the list speaks of OWNER RIGHTS: READ_CONTROL and WRITE_DAC. */
const OWNED = 0x60000;

/** What an entry may be about: the folder itself, the files below it, the folders below it. */
const SCOPES = ["self", "files", "folders"] as const;

/**
 * Tells who may read and who may change a folder, beside those who are administrators anyway. In doubt somebody
 * counts: an entry with a condition allows, and denies nothing.
 *
 * @param sddl Owner and access list of the folder, as `Get-Acl` shows them.
 * @returns Names, the owner first, then in the order of the list; `null` when the text is not understood or names no owner, which is not
 * "nobody".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)";
 * assert.deepEqual(accessOf(text), { readers: ["Users"], writers: [] });
 * assert.equal(accessOf("drwxr-xr-x"), null);
 * ```
 */
export function accessOf(sddl: string): FolderRights | null {
  const descriptor = parseSddl(sddl);
  if (descriptor === null || descriptor.owner === null) return null;
  const { owner, entries } = descriptor;
  if (entries === null) {
    const everyone = [nameOfSid(SID.everyone)];
    return { readers: everyone, writers: everyone };
  }
  const owns = entries.some((entry) => entry.sid === SID.ownerRights && !entry.flags.has("IO"))
    ? []
    : [{ sid: owner, mask: OWNED }];
  const granted = [...owns, ...SCOPES.flatMap((scope) => grantedIn(scope, entries))]
    .map(({ sid, mask }) => ({ sid: sid === SID.ownerRights ? owner : sid, mask }));
  const named = [...new Set([owner, ...entries.map(({ sid }) => sid)])].filter((sid) => !TRUSTED.has(sid));
  const whoMay = (mask: number): readonly string[] =>
    named.filter((sid) => granted.some((one) => one.sid === sid && (one.mask & mask) !== 0)).map(nameOfSid);
  return { readers: whoMay(READ), writers: whoMay(WRITE) };
}

/**
 * Tells who may list a folder or read what lies in it, see {@link accessOf}.
 *
 * @param sddl Owner and access list.
 * @returns Names; `null` when the text is not understood.
 */
export function readersOf(sddl: string): readonly string[] | null {
  return accessOf(sddl)?.readers ?? null;
}

/**
 * Tells who may change a folder or what lies in it, see {@link accessOf}.
 *
 * @param sddl Owner and access list.
 * @returns Names; `null` when the text is not understood.
 */
export function writersOf(sddl: string): readonly string[] | null {
  return accessOf(sddl)?.writers ?? null;
}

/** A denial takes away only from the same name, or from all when it is about Everyone, and only what comes later. */
function grantedIn(
  scope: (typeof SCOPES)[number],
  entries: readonly AccessEntry[],
): { readonly sid: string; readonly mask: number }[] {
  const denied = new Map<string, number>();
  const granted: { readonly sid: string; readonly mask: number }[] = [];
  for (const entry of entries) {
    if (!reaches(entry, scope)) continue;
    if (entry.effect === "allow") {
      const taken = (denied.get(entry.sid) ?? 0) | (denied.get(SID.everyone) ?? 0);
      granted.push({ sid: entry.sid, mask: entry.mask & ~taken });
    } else if (entry.effect === "deny") {
      denied.set(entry.sid, (denied.get(entry.sid) ?? 0) | entry.mask);
    }
  }
  return granted;
}

function reaches(entry: AccessEntry, scope: (typeof SCOPES)[number]): boolean {
  if (scope === "self") return !entry.flags.has("IO");
  // Reports lie two levels down, where an entry for one level alone denies nothing.
  if (entry.effect === "deny" && entry.flags.has("NP")) return false;
  return entry.flags.has(scope === "files" ? "OI" : "CI");
}
