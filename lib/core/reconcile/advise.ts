/** What to do after the comparison: which keys to keep, what is missing and how to add it. */

import { keyIdParts, sayDay, sayLetter, sayList } from "../how_to_say.ts";
import type { BackupPlace, WindowsBackup } from "../ledger_model.ts";
import type { ListKind } from "./list_kind.ts";
import { hasWrongDigits, type KeyVerdict, type OwnKey, type OwnPc, type ReconciledKey } from "./model.ts";

/** What the advice is made from. */
export interface AdviceFacts {
  /** All keys. */
  readonly keys: readonly ReconciledKey[];
  /** This PC. */
  readonly own: OwnPc;
  /** The kinds of the lists that were read. */
  readonly kinds: ReadonlySet<ListKind>;
  /** Whether a list or a part of one could not be read. */
  readonly isPartial: boolean;
  /** What Windows' own log said of backups. */
  readonly backups: readonly WindowsBackup[];
}

/** A piece of advice. */
export interface Advice {
  /** A sentence or more. */
  readonly text: string;
  /** Lines to type, each on its own: they must not be broken. */
  readonly commands: readonly string[];
}

/**
 * Gives advice.
 *
 * @param facts The comparison.
 * @returns In the order in which it is to be read.
 */
export function advise({ keys, own, kinds, isPartial, backups }: AdviceFacts): readonly Advice[] {
  const of = (verdict: KeyVerdict): readonly ReconciledKey[] => keys.filter((key) => key.verdict === verdict);
  const missing = of("missing");
  return [
    ...of("current").flatMap(adviseCurrent),
    ...(missing.length > 0 ? adviseStrangers(keys) : []),
    ...(missing.length === 0 ? [] : adviseMissing(missing, { kinds, backups })),
    ...(missing.length > 0 && isPartial
      ? [
        plain(
          "Something could not be read, see above. A key that is called missing may stand there: look before you add it.",
        ),
      ]
      : []),
    ...nothingToOpen(own),
    ...(of("old").length === 0 ? [] : [
      plain(
        "Old keys may stay in the list: an old backup or image of a drive may need its old key. They do no harm.",
      ),
    ]),
    ...adviseOthers(of("other-pc")),
    ...adviseUnclear(keys),
    ...(of("unknown").every(isCurrentHere) ? [] : [
      plain(
        "Delete none of the unknown ones: to a drive or PC that was not looked at, one of them may be the only key.",
      ),
    ]),
    plain(
      "At the blue screen only the Key ID counts: take the key whose first eight characters are those on the screen. Names and dates in a list may be wrong.",
    ),
  ];
}

function plain(text: string): Advice {
  return { text, commands: [] };
}

function adviseCurrent(key: ReconciledKey): readonly Advice[] {
  const { keyId, own, candidates } = key;
  const name = keyIdParts(keyId ?? "").short;
  if (own === null) {
    return [
      plain(
        hasWrongDigits(key)
          ? `Correct ${name} in the list: the digits there open no drive of this PC.`
          : `${name} begins ${candidates.length} Key IDs of this PC: compare the digits in the list with a sheet, ` +
            "to see which of them it has.",
      ),
    ];
  }
  const drive = sayLetter(own.volume);
  return [
    plain(
      hasWrongDigits(key)
        ? `Correct ${name} in the list: the digits there do not open ${drive}.`
        : own.volume.present
        ? `Keep ${name}: it opens ${drive} now.`
        : `Keep ${name}: it opens ${drive}, which is not there now.`,
    ),
  ];
}

function isCurrentHere({ own }: ReconciledKey): boolean {
  return own?.standing === "current";
}

/** Present keys of which nobody can say whether a list has them. */
function adviseUnclear(keys: readonly ReconciledKey[]): readonly Advice[] {
  const unclear = keys.filter((key) => key.verdict === "unknown" && isCurrentHere(key));
  if (unclear.length === 0) return [];
  const names = sayList(unclear.map(({ keyId }) => keyIdParts(keyId ?? "").short));
  return [
    keys.some(({ sources }) => sources.length > 0)
      ? plain(
        `Whether the list has ${names} is not known: compare once more when its digits can be read, ` +
          "as administrator and with the drive unlocked.",
      )
      : plain("Nothing was compared, since no list could be read: see above, and try again."),
  ];
}

/** A page of another account has keys, but none of this PC. */
function adviseStrangers(keys: readonly ReconciledKey[]): readonly Advice[] {
  const shown = keys.filter(({ sources }) => sources.length > 0);
  const isOther = shown.length > 0 &&
    shown.every(({ own, candidates }) => own === null && candidates.length === 0);
  return isOther
    ? [
      plain(
        "By Key ID and digits no key in the list is this PC's: perhaps it is the list of another account or PC. " +
          "Look there before you add anything.",
      ),
    ]
    : [];
}

function adviseOthers(others: readonly ReconciledKey[]): readonly Advice[] {
  const isByName = others.some(({ basis }) => basis === "name");
  return others.length === 0 ? [] : [
    plain("Leave the keys of other PCs where they are: they may be the only copy for that PC."),
    ...(isByName
      ? [
        plain(
          "If you know no PC of the name that the list gives, it may be a former name of this PC, " +
            "and the key an old one of it.",
        ),
      ]
      : []),
  ];
}

interface AddFacts {
  readonly kinds: ReadonlySet<ListKind>;
  readonly backups: readonly WindowsBackup[];
}

function adviseMissing(missing: readonly ReconciledKey[], { kinds, backups }: AddFacts): readonly Advice[] {
  const keys = missing.flatMap(({ own }) => own ?? []);
  const names = keys.map((key) =>
    `Missing: ${keyIdParts(key.keyId).short}, which opens ${sayLetter(key.volume)} now.${
      savedBefore(key, { kinds, backups })
    }`
  );
  const ways = [...kinds].sort().map((kind) => wayToAdd(kind, keys));
  return [...names.map(plain), ...ways];
}

const PLACE: Readonly<Record<BackupPlace, string>> = {
  "microsoft-account": "a Microsoft account: look into every account that was ever used on this PC",
  "entra": "Entra ID: perhaps under another device of that name",
  "active-directory": "Active Directory: perhaps under another computer account",
};

/** Windows' log may know better than a list of one account. */
function savedBefore({ keyId }: OwnKey, { kinds, backups }: AddFacts): string {
  const saved = backups.filter((one) =>
    one.about === keyId && one.outcome === "saved" && kinds.has(one.place)
  );
  return saved.map(({ at, place }) => ` Windows says that it saved it on ${sayDay(at)} to ${PLACE[place]}.`)
    .join("");
}

function wayToAdd(kind: ListKind, keys: readonly OwnKey[]): Advice {
  const it = keys.length === 1 ? "it" : "them";
  switch (kind) {
    case "microsoft-account":
      return plain(
        `To add ${it} to the Microsoft account: ${BY_HAND}, then "Save to your Microsoft account". ` +
          "Then copy the page again, and compare once more.",
      );
    case "entra":
      return byCommand(
        keys,
        `To add ${it} to Entra ID: on the PC, in PowerShell as administrator:`,
        (drive, id) => `BackupToAAD-BitLockerKeyProtector -MountPoint "${drive}" -KeyProtectorId ${id}`,
      );
    case "active-directory":
      return byCommand(
        keys,
        `To add ${it} to Active Directory: on the PC, as administrator:`,
        (drive, id) => `manage-bde -protectors -adbackup ${drive} -id ${id}`,
      );
    case "other":
      return plain(
        `To add ${it} to your own files: print a new sheet with "spare-key print", or file the report that ` +
          "Spare Key wrote; the name of the report has the Key ID in it.",
      );
  }
}

const BY_HAND =
  'on the PC open Start, type "Manage BitLocker", choose "Back up your recovery key" beside the drive';

const GUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** These commands take a drive by its letter, and a key by a GUID; in quotes, since bare braces are a block to PowerShell. */
function byCommand(
  keys: readonly OwnKey[],
  text: string,
  command: (drive: string, id: string) => string,
): Advice {
  const commands = keys.flatMap(({ keyId, volume: { drive } }) =>
    drive === null || !GUID.test(keyId) ? [] : [command(drive, `"{${keyId}}"`)]
  );
  const rest = keys.length > commands.length
    ? " A drive without a letter needs one first, in Disk Management; then compare again."
    : "";
  return { text: `${text}${rest}`, commands };
}

function nothingToOpen(own: OwnPc): readonly Advice[] {
  const hasKeys = own.keys.some((key) => key.standing === "current");
  return hasKeys || own.unread.length > 0 ? [] : [
    plain("This PC has no recovery key now: no drive of it is encrypted with one."),
  ];
}
