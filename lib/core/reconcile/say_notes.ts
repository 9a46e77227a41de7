/** What there is to say of one key of the comparison, in short sentences. */

import { capital, keyIdParts, oneLineWithoutKeys, sayDay, sayList, sayTheDrive } from "../how_to_say.ts";
import type { Match } from "./group_listed.ts";
import { isSameHost, plainHost } from "./host_names.ts";
import {
  type KeyVerdict,
  LEDGER,
  type OwnKey,
  type OwnPc,
  type ReconciledKey,
  type VerdictBasis,
} from "./model.ts";

/** A verdict, and why it is no better one. */
export interface Judged {
  /** What the key is. */
  readonly verdict: KeyVerdict;
  /** What that rests on. */
  readonly basis: VerdictBasis | null;
  /** Why nothing surer can be said; `null` where there is no such reason. */
  readonly reason:
    | "several"
    | "unread"
    | "digits-unread"
    | "nothing-read"
    | "perhaps-listed"
    | "unsure"
    | "no-name"
    | "two-pcs"
    | "names-differ"
    | "shared-name"
    | null;
  /** A key of this PC that a list has under the same name. */
  readonly like?: string | null;
}

/** A key of this PC that is nearly what a list shows. */
export interface Near {
  /** The key. */
  readonly key: OwnKey;
  /** In words. */
  readonly difference: string;
}

/** What the words are made from. */
export interface NoteContext {
  /** The verdict. */
  readonly judged: Judged;
  /** This PC. */
  readonly own: OwnPc;
  /** `null` for a key that no list shows. */
  readonly match: Match | null;
  /** A present key that the list perhaps means; `null` where none is near. */
  readonly near: Near | null;
}

/**
 * Words a key.
 *
 * @param row The key without its notes.
 * @param context Verdict, this PC, names.
 * @returns Sentences without digits of keys; none where the verdict says it all.
 */
export function notesOf(row: Omit<ReconciledKey, "notes">, context: NoteContext): readonly string[] {
  const { near } = context;
  return [...verdictNotes(row, context), ...(near === null ? [] : [misread(near)])];
}

/** A key without its words. */
type Bare = Omit<ReconciledKey, "notes">;

function verdictNotes(row: Bare, context: NoteContext): readonly string[] {
  const { own, judged, match } = context;
  switch (judged.verdict) {
    case "current":
      return judged.reason === "several"
        ? severalNotes(row, match)
        : [...wrongName(row, own), ...wrongKeyId(row), ...wrongDigits(row), ...awayNotes(row.own)];
    case "missing":
      return awayNotes(row.own);
    case "old":
      return judged.reason === "several" ? severalNotes(row, match) : oldNotes(row, judged, own);
    case "other-pc":
      return otherNotes(row, judged, match);
    case "unknown":
      return unknownNotes(row, context);
  }
}

function say(text: string): string {
  return oneLineWithoutKeys(text, 64);
}

/** Whole: reports of one folder begin alike. */
function sayPath(path: string): string {
  return oneLineWithoutKeys(path, 400);
}

/** What the blue screen shows, or the odd ID of some drives whole. */
function short(keyId: string): string {
  return keyIdParts(keyId).short;
}

function foreignNames({ listedHosts }: Pick<ReconciledKey, "listedHosts">, own: OwnPc): readonly string[] {
  const mine = [own.name, ...own.otherNames].flatMap((name) => plainHost(name) ?? []);
  return listedHosts.filter((host) => {
    const name = plainHost(host);
    return name !== null && !mine.some((one) => isSameHost(one, name));
  }).map(say);
}

function wrongName(row: Bare, own: OwnPc): readonly string[] {
  const names = foreignNames(row, own);
  const proof = row.basis === "digits" ? "digits" : "Key ID";
  return names.length === 0 ? [] : [
    `The list says ${sayList(names)}. That name is wrong: by its ${proof} it is a key of ${say(own.name)}.`,
  ];
}

/** Digits that stand under another Key ID. */
function wrongKeyId({ sources, own }: Bare): readonly string[] {
  const wrong = new Set(
    sources.flatMap(({ keyId }) => keyId === null || own?.keyId.startsWith(keyId) === true ? [] : [keyId]),
  );
  return [...wrong].sort().map((keyId) =>
    `A list has its digits under the Key ID ${say(keyId)}. That Key ID is wrong, the digits are right.`
  );
}

function wrongDigits({ sources }: Bare): readonly string[] {
  const wrong = sources.filter(({ digits }) => digits === "other");
  if (wrong.length === 0) return [];
  const places = sayList([...new Set(wrong.map(({ path }) => sayPath(path)))]);
  return [
    `The digits in ${places} are NOT those of this key: they do not open the drive. Put the right ones there.`,
  ];
}

function awayNotes(own: OwnKey | null): readonly string[] {
  if (own === null || own.volume.present) return [];
  const seen = own.volume.lastSeenAt === null ? "" : `, last seen on ${sayDay(own.volume.lastSeenAt)}`;
  return [`${capital(sayTheDrive(own.volume))} is not there now${seen}.`];
}

function oldNotes(row: Bare, { basis, like }: Judged, own: OwnPc): readonly string[] {
  const key = row.own;
  if (key !== null) {
    const day = key.until === null ? null : sayDay(key.until);
    const was = key.knownFrom === "report"
      ? `An earlier record of this PC${day === null ? "" : `, of ${day},`} has it.`
      : `It opened ${sayTheDrive(key.volume)}${day === null ? " once" : ` until ${day}`}.`;
    return [`${was} Now it opens nothing here.`, ...wrongName(row, own), ...wrongKeyId(row)];
  }
  const nothing = "but it opens no drive that this PC has now";
  if (basis === "device") {
    return [`Entra ID has it under the same device as ${short(like ?? "")}, which is this PC's, ${nothing}.`];
  }
  const tie = typeof like === "string"
    ? `The list gives it the same name as ${short(like)}, which is this PC's, ${nothing}.`
    : `The list has it under this PC's name, ${nothing}: perhaps it is from before Windows was installed anew.`;
  return [`${tie} Only the name ties it to this PC.`];
}

function otherNotes(row: Bare, { basis }: Judged, match: Match | null): readonly string[] {
  if (match?.sort === "foreign") {
    const [first] = match.keys;
    const where = first === undefined || first.where === LEDGER ? LEDGER : `"${sayPath(first.where)}"`;
    return [`It is a key of ${row.host === null ? "another PC" : say(row.host)}, says ${where}.`];
  }
  return basis === "device"
    ? [
      "This PC has no such key, and Entra ID has it under another device than this PC's keys. " +
      "A PC that was installed anew is another device there, too: then it is an old key of this PC.",
    ]
    : ["This PC has no such key; only the name in the list says that it is another PC's."];
}

function unknownNotes(row: Bare, { judged, match }: NoteContext): readonly string[] {
  switch (judged.reason) {
    case "several":
      return severalNotes(row, match);
    case "unread":
      return ["This PC could not be read whole, so this may be one of its keys."];
    case "digits-unread":
      return [
        "The list shows digits alone, and the digits of a drive of this PC could not be read: " +
        "they may be that drive's.",
      ];
    case "nothing-read":
      return ["No list could be read, so nobody can tell whether one has this key."];
    case "perhaps-listed":
      return [
        "A list shows digits without a Key ID, and the digits of this key could not be read on this PC: " +
        "they may be those.",
      ];
    case "unsure": {
      const day = row.own?.until ?? null;
      return [
        `An earlier record of this PC${day === null ? "" : `, of ${sayDay(day)},`} calls it current; ` +
        "what was read of the PC does not show it.",
      ];
    }
    case "shared-name":
      return [
        `The list gives it the same name as ${short(judged.like ?? "")}, which is this PC's. ` +
        "So it may be an old key of this PC, or the key of a PC that really has that name.",
      ];
    case "two-pcs":
      return ["This PC has the name that the list gives, and another one has it, too."];
    case "names-differ":
      return ["The lists give it names that do not agree, so they tell nothing."];
    default:
      return ["This PC has no such key, and the list does not say which PC it is of."];
  }
}

function misread({ key, difference }: Near): string {
  return `It is nearly ${short(key.keyId)} of ${sayTheDrive(key.volume)}, ${difference}. ` +
    "If it was misread, it is that one: compare it.";
}

function severalNotes({ keyId, sources }: Bare, match: Match | null): readonly string[] {
  if (match?.sort !== "several") return [];
  const wrong = [
    ...new Set(sources.flatMap(({ digits, path }) => digits === "other" ? [sayPath(path)] : [])),
  ];
  const names = match.keyIds.map((whole) => {
    const own = match.own.find((key) => key.keyId === whole);
    if (own === undefined) return `${whole} (not of this PC)`;
    return `${whole} (${own.standing === "current" ? "opens" : "once opened"} ${sayTheDrive(own.volume)})`;
  });
  return [
    `${keyId ?? ""} is the beginning of ${names.length} Key IDs: ${
      sayList(names)
    }. Which one the list means, it does not say.`,
    ...(wrong.length === 0 ? [] : [`The digits in ${sayList(wrong)} are those of none of them.`]),
  ];
}
