/** Windows' text form of owner and rights (SDDL), as [MS-DTYP] 2.5.1 writes it down. */

import { sidOf } from "./well_known_sids.ts";

/** One line of an access list. */
export interface AccessEntry {
  /** `allow` also with a condition; `deny` only without one; `neither` says nothing about access. */
  readonly effect: "allow" | "deny" | "neither";
  /** Two-letter flags in upper case, `OI`, `CI`, `IO`, `NP`, `ID`. */
  readonly flags: ReadonlySet<string>;
  /** Rights on a file or folder, generic ones turned into those they stand for. */
  readonly mask: number;
  /** Whom it is about, see `sidOf()`. */
  readonly sid: string;
}

/** Owner and access list. */
export interface SecurityDescriptor {
  /** `null` when the text does not name one. */
  readonly owner: string | null;
  /** Whether the list of the folder above is kept out. */
  readonly protected: boolean;
  /** In their order; `null` when there is no list, which lets everyone do everything. */
  readonly entries: readonly AccessEntry[] | null;
}

/** Rights by their letters: [MS-DTYP] 2.5.1.1, values of winnt.h. */
const RIGHTS: Readonly<Record<string, number>> = {
  GA: 0x10000000,
  GX: 0x20000000,
  GW: 0x40000000,
  GR: 0x80000000,
  RC: 0x20000,
  SD: 0x10000,
  WD: 0x40000,
  WO: 0x80000,
  RP: 0x10,
  WP: 0x20,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  FA: 0x1f01ff,
  FR: 0x120089,
  FW: 0x120116,
  FX: 0x1200a0,
  KA: 0xf003f,
  KR: 0x20019,
  KW: 0x20006,
  KX: 0x20019,
};

/** What the generic rights are on files and folders. */
const GENERIC: readonly (readonly [number, number])[] = [
  [0x10000000, 0x1f01ff],
  [0x20000000, 0x1200a0],
  [0x40000000, 0x120116],
  [0x80000000, 0x120089],
];

/** Kinds of entry in an access list: with an X or Z there may be a condition, with an O or Z a part of the object. */
const EFFECTS: Readonly<Record<string, AccessEntry["effect"]>> = {
  A: "allow",
  OA: "allow",
  XA: "allow",
  ZA: "allow",
  D: "deny",
  // A condition, or a part that files do not have, may make these hold for nobody.
  OD: "neither",
  XD: "neither",
};

const FLAGS: ReadonlySet<string> = new Set(["CI", "OI", "NP", "IO", "ID", "SA", "FA", "TP", "CR"]);

/**
 * Reads SDDL, as `Get-Acl` and `icacls` show and take it.
 *
 * @param text `O:BAG:BAD:PAI(A;OICI;FA;;;SY)`
 * @returns What it says; `null` when any part of it is not understood.
 */
export function parseSddl(text: string): SecurityDescriptor | null {
  const trustee = String.raw`(?:S-1(?:-0x[0-9A-F]{12})?(?:-\d+)+|[A-Z]{2})`;
  const head = new RegExp(`^(?:O:(${trustee}))?(?:G:(${trustee}))?`, "i").exec(text.trim());
  if (head === null) return null;
  const owner = head[1] === undefined ? null : sidOf(head[1]);
  if (head[1] !== undefined && owner === null) return null;
  let rest = text.trim().slice(head[0].length);
  let entries: readonly AccessEntry[] | null = null;
  let kept = false;
  if (/^D:/i.test(rest)) {
    const list = takeList(rest.slice(2));
    if (list === null) return null;
    const read = list.entries.map(entryOf);
    if (read.some((entry) => entry === null)) return null;
    entries = list.open ? null : read.filter((entry) => entry !== null);
    kept = list.protected;
    rest = list.rest;
  }
  // What is watched and the integrity level give nobody access.
  if (/^S:/i.test(rest)) rest = takeList(rest.slice(2))?.rest ?? rest;
  return rest === "" ? { owner, protected: kept, entries } : null;
}

interface List {
  readonly open: boolean;
  readonly protected: boolean;
  readonly entries: readonly string[];
  readonly rest: string;
}

function takeList(text: string): List | null {
  const flags = /^(?:P|AR|AI|NO_ACCESS_CONTROL)*/i.exec(text)?.[0].toUpperCase() ?? "";
  const open = flags.includes("NO_ACCESS_CONTROL");
  const entries: string[] = [];
  let rest = text.slice(flags.length);
  while (rest.startsWith("(")) {
    const end = closing(rest);
    if (end === null) return null;
    entries.push(rest.slice(1, end));
    rest = rest.slice(end + 1);
  }
  return { open, protected: flags.replace("NO_ACCESS_CONTROL", "").includes("P"), entries, rest };
}

/** Where the first bracket closes; conditions hold brackets and quoted text of their own. */
function closing(text: string): number | null {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === "(") depth += 1;
    else if (!quoted && character === ")" && --depth === 0) return index;
  }
  return null;
}

function entryOf(text: string): AccessEntry | null {
  const [kind = "", flagText = "", rights = "", , , trustee = ""] = text.split(";").map((part) =>
    part.trim()
  );
  const effect = EFFECTS[kind.toUpperCase()];
  const flags = pairs(flagText);
  const mask = maskOf(rights);
  const sid = sidOf(trustee);
  if (effect === undefined || flags === null || mask === null || sid === null) return null;
  return flags.every((flag) => FLAGS.has(flag)) ? { effect, flags: new Set(flags), mask, sid } : null;
}

function maskOf(text: string): number | null {
  let mask = 0;
  if (/^(?:0x[0-9a-f]{1,8}|0[0-7]*|[1-9]\d{0,9})$/i.test(text)) {
    mask = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
    if (mask > 0xffffffff) return null;
  } else {
    for (const pair of pairs(text) ?? ["?"]) {
      const right = RIGHTS[pair];
      if (right === undefined) return null;
      mask |= right;
    }
  }
  for (const [generic, rights] of GENERIC) if ((mask & generic) !== 0) mask |= rights;
  return mask >>> 0;
}

function pairs(text: string): readonly string[] | null {
  if (text.length % 2 !== 0) return null;
  return (text.match(/../g) ?? []).map((pair) => pair.toUpperCase());
}
