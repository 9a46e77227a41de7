/** Security identifiers (SIDs) that are the same on every Windows, their two letters in SDDL, their names. */

/** Rows of `[letters, SID, name]`: [MS-DTYP] 2.4.2.4 and 2.5.1.1, names as Windows shows them in English. */
const ROWS: readonly (readonly [string, string, string])[] = [
  ["AA", "S-1-5-32-579", "Access Control Assistance Operators"],
  ["AC", "S-1-15-2-1", "ALL APPLICATION PACKAGES"],
  ["AN", "S-1-5-7", "ANONYMOUS LOGON"],
  ["AO", "S-1-5-32-548", "Account Operators"],
  ["AU", "S-1-5-11", "Authenticated Users"],
  ["BA", "S-1-5-32-544", "Administrators"],
  ["BG", "S-1-5-32-546", "Guests"],
  ["BO", "S-1-5-32-551", "Backup Operators"],
  ["BU", "S-1-5-32-545", "Users"],
  ["CD", "S-1-5-32-574", "Certificate Service DCOM Access"],
  ["CG", "S-1-3-1", "CREATOR GROUP"],
  ["CO", "S-1-3-0", "CREATOR OWNER"],
  ["CY", "S-1-5-32-569", "Cryptographic Operators"],
  ["ED", "S-1-5-9", "ENTERPRISE DOMAIN CONTROLLERS"],
  ["ER", "S-1-5-32-573", "Event Log Readers"],
  ["ES", "S-1-5-32-576", "RDS Endpoint Servers"],
  ["HA", "S-1-5-32-578", "Hyper-V Administrators"],
  ["IS", "S-1-5-32-568", "IIS_IUSRS"],
  ["IU", "S-1-5-4", "INTERACTIVE"],
  ["LS", "S-1-5-19", "LOCAL SERVICE"],
  ["LU", "S-1-5-32-559", "Performance Log Users"],
  ["MS", "S-1-5-32-577", "RDS Management Servers"],
  ["MU", "S-1-5-32-558", "Performance Monitor Users"],
  ["NO", "S-1-5-32-556", "Network Configuration Operators"],
  ["NS", "S-1-5-20", "NETWORK SERVICE"],
  ["NU", "S-1-5-2", "NETWORK"],
  ["OW", "S-1-3-4", "OWNER RIGHTS"],
  ["PO", "S-1-5-32-550", "Print Operators"],
  ["PS", "S-1-5-10", "SELF"],
  ["PU", "S-1-5-32-547", "Power Users"],
  ["RA", "S-1-5-32-575", "RDS Remote Access Servers"],
  ["RC", "S-1-5-12", "RESTRICTED"],
  ["RD", "S-1-5-32-555", "Remote Desktop Users"],
  ["RE", "S-1-5-32-552", "Replicator"],
  ["RM", "S-1-5-32-580", "Remote Management Users"],
  ["RU", "S-1-5-32-554", "Pre-Windows 2000 Compatible Access"],
  ["SO", "S-1-5-32-549", "Server Operators"],
  ["SS", "S-1-18-2", "Service asserted identity"],
  ["SU", "S-1-5-6", "SERVICE"],
  ["SY", "S-1-5-18", "SYSTEM"],
  ["UD", "S-1-5-84-0-0-0-0-0", "USER MODE DRIVERS"],
  ["WD", "S-1-1-0", "Everyone"],
  ["WR", "S-1-5-33", "WRITE RESTRICTED"],
];

/** Without letters of their own. */
const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ["S-1-2-0", "LOCAL"],
  ["S-1-2-1", "CONSOLE LOGON"],
  ["S-1-5-1", "DIALUP"],
  ["S-1-5-3", "BATCH"],
  ["S-1-5-13", "TERMINAL SERVER USER"],
  ["S-1-5-14", "REMOTE INTERACTIVE LOGON"],
  ["S-1-5-15", "This Organization"],
  ["S-1-5-113", "Local account"],
  ["S-1-5-114", "Local account and member of Administrators group"],
  ["S-1-15-2-2", "ALL RESTRICTED APPLICATION PACKAGES"],
];

/** Rows of `[letters, last number, name]` for accounts of a domain or of this PC, `S-1-5-21-…-513`. */
const DOMAIN_ROWS: readonly (readonly [string, number, string])[] = [
  ["RO", 498, "Enterprise Read-only Domain Controllers"],
  ["LA", 500, "Administrator"],
  ["LG", 501, "Guest"],
  ["DA", 512, "Domain Admins"],
  ["DU", 513, "Domain Users"],
  ["DG", 514, "Domain Guests"],
  ["DC", 515, "Domain Computers"],
  ["DD", 516, "Domain Controllers"],
  ["CA", 517, "Cert Publishers"],
  ["SA", 518, "Schema Admins"],
  ["EA", 519, "Enterprise Admins"],
  ["PA", 520, "Group Policy Creator Owners"],
  ["CN", 522, "Cloneable Domain Controllers"],
  ["AP", 525, "Protected Users"],
  ["KA", 526, "Key Admins"],
  ["EK", 527, "Enterprise Key Admins"],
  ["RS", 553, "RAS and IAS Servers"],
];

/** SIDs that the rules speak of. */
export const SID = {
  system: "S-1-5-18",
  administrators: "S-1-5-32-544",
  users: "S-1-5-32-545",
  everyone: "S-1-1-0",
  creatorOwner: "S-1-3-0",
  ownerRights: "S-1-3-4",
  /** The service that owns what belongs to Windows, Program Files for example. */
  trustedInstaller: "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
} as const;

const NAMES: ReadonlyMap<string, string> = new Map([
  ...ROWS.map(([, sid, name]) => [sid, name] as const),
  ...OTHER_NAMES,
  [SID.trustedInstaller, "TrustedInstaller"],
]);
const DOMAIN_NAMES: ReadonlyMap<string, string> = new Map(
  DOMAIN_ROWS.map(([, rid, name]) => [`${rid}`, name]),
);

/** What two letters stand for; letters of domain accounts, whose domain is not in the text, stay letters. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ...ROWS.map(([letters, sid]) => [letters, sid] as const),
  ...DOMAIN_ROWS.map(([letters]) => [letters, letters] as const),
]);

/** Below this an authority is written in decimal, from it on as 12 hexadecimal digits: [MS-DTYP] 2.4.2.1. */
const SID_TEXT = /^S-1-(0x[0-9a-f]{12}|\d{1,10})((?:-\d{1,10}){1,15})$/i;

/**
 * Reads a trustee of SDDL.
 *
 * @param text A SID, `S-1-5-32-545`, or its two letters, `BU`; any case, zeros in front allowed.
 * @returns The SID in its usual form; the letters for accounts of a domain that the text does not name; `null`
 * when it is neither.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sidOf("bu"), "S-1-5-32-545");
 * assert.equal(sidOf("S-1-5-32-0545"), "S-1-5-32-545");
 * assert.equal(sidOf("Users"), null);
 * ```
 */
export function sidOf(text: string): string | null {
  const known = LETTERS.get(text.toUpperCase());
  if (known !== undefined) return known;
  const [, authority, rest] = SID_TEXT.exec(text) ?? [];
  if (authority === undefined || rest === undefined) return null;
  const parts = rest.slice(1).split("-").map(Number);
  if (parts.some((part) => part > 0xffffffff)) return null;
  return `S-1-${/^0x/i.test(authority) ? authority.toLowerCase() : Number(authority)}-${parts.join("-")}`;
}

/**
 * Names whom a SID stands for, where that is the same everywhere.
 *
 * @param sid As {@link sidOf} gives it.
 * @returns `Users`, `Domain Users`; the SID itself for an account.
 */
export function nameOfSid(sid: string): string {
  const letters = DOMAIN_ROWS.find(([two]) => two === sid);
  if (letters !== undefined) return letters[2];
  const rid = /^S-1-5-21(?:-\d+){3}-(\d+)$/.exec(sid)?.[1];
  return NAMES.get(sid) ?? (rid === undefined ? undefined : DOMAIN_NAMES.get(rid)) ?? sid;
}
