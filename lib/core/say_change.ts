/** Words every change so that a person who has never heard of BitLocker knows what happened, what it means, what to do. */

import { isRecoveryKey } from "./current_key.ts";
import { capital, keyIdParts, oneLine, sayDay, sayTheDrive } from "./how_to_say.ts";
import { isReplaced } from "./replaced_volume.ts";
import { sayProtector } from "./say_protector.ts";
import { type BareChange, conversionPhase } from "./diff.ts";
import type { KnownVolume } from "./ledger_model.ts";
import type { Change, VolumeRef } from "./model.ts";
import { volumeKey } from "./parse_snapshot.ts";

/** A key that an earlier report of this PC names for a drive. */
export interface EarlierKey {
  /** GUID, upper case, no braces, or its beginning. */
  readonly keyId: string;
  /** Its letter then, `C:`; `null` without one. */
  readonly drive: string | null;
  /** When that report was taken. */
  readonly takenAt: string;
}

/** What the words are made from, beside the changes. */
export interface SayContext {
  /** The ledger's volumes before tonight. */
  readonly before: readonly KnownVolume[];
  /** And as they are known now. */
  readonly now: readonly KnownVolume[];
  /** Old and new name of the PC. */
  readonly hostName: string;
  /** `null` in a new ledger. */
  readonly oldHostName: string | null;
  /** When the last report of a key was made, by Key ID. */
  readonly reportedAt: ReadonlyMap<string, string>;
  /** What `status.json` at a destination tells of this PC, where the ledger is new. For words only. */
  readonly earlier: readonly EarlierKey[];
}

/**
 * Words the changes of a night.
 *
 * @param changes As the comparison gave them; they explain each other (one key removed, another added).
 * @param context What was known before, and is now.
 * @returns The same changes, each with its sentences.
 */
export function sayChanges(changes: readonly BareChange[], context: SayContext): readonly Change[] {
  return changes.map((change) => {
    const replaces = change.kind === "key-added" ? replacedKeys(change, changes, context) : [];
    return {
      ...change,
      ...(replaces.length === 0 ? {} : { replaces }),
      text: say(change, { all: changes, replaces, context }),
    };
  });
}

interface Saying {
  readonly all: readonly BareChange[];
  readonly replaces: readonly string[];
  readonly context: SayContext;
}

function say(change: BareChange, saying: Saying): string {
  const { all, context } = saying;
  if (change.volume === null) {
    return `This PC is called ${oneLine(context.hostName, 64)} now, before it was ${
      oneLine(context.oldHostName ?? "unnamed", 64)
    }. ` +
      "Its reports go into a folder of the new name; those under the old name stay.";
  }
  const name = sayTheDrive(change.volume);
  const now = find(context.now, change.volume);
  const before = find(context.before, change.volume);
  switch (change.kind) {
    case "volume-found":
      return `Spare Key looks after ${
        hasPredecessor(change.volume, context) ? "the new " : ""
      }${name} from now on. ${stateText(now)}`;
    case "volume-missing":
      return now !== null && isReplaced(now, context.now)
        ? `The former ${name} is gone: Windows was installed anew, or the disk was exchanged. ` +
          "Its old recovery key is kept for old backups of the whole drive."
        : `${capital(name)} is no longer there: unplugged, removed or erased. Its recovery keys are kept.`;
    case "volume-back":
      return `${capital(name)} is back.`;
    case "key-added":
      return keyAdded(change, saying);
    case "key-removed":
      return keyRemoved(change, all, context);
    case "key-altered":
      return `The digits of the recovery key ${
        keyName(change.keyId)
      } of ${name} are others than before, under the same Key ID. ` +
        `That is unusual. ${
          sheetText(change.keyId, context)
        }Both are kept, the new ones are in tonight's report. Print the new sheet.`;
    case "protector-added":
      return `${capital(name)} can ${
        (now?.protectors.filter((one) => one.present).length ?? 0) > 1 ? "now also" : "now"
      } be unlocked with ${sayProtector(change.protectorType ?? null)}.${stayValid(now)}`;
    case "protector-removed":
      return `${capital(name)} can no longer be unlocked with ${sayProtector(change.protectorType ?? null)}.${
        stayValid(now)
      }`;
    case "protection-on":
      return `Protection of ${name} is on: only its keys open it.`;
    case "protection-off":
      if (all.some((one) => DECRYPTING.has(one.kind) && isHere(one, change))) {
        return `Protection of ${name} is off with its encryption.`;
      }
      return `Protection of ${name} was turned off for now. Windows and PC makers do this before an update and turn it on again at a restart. ` +
        "If nobody updated anything, ask who did it.";
    case "encryption-started":
      return `${capital(name)} is being encrypted now. It can be used meanwhile.`;
    case "encryption-finished":
      return `${capital(name)} is fully encrypted now. ${keysText(now)}`;
    case "decryption-started":
      return `${
        capital(name)
      } is being decrypted: somebody turned BitLocker off. Soon anyone who takes the drive can read it.`;
    case "decrypted":
      return `${capital(name)} is no longer encrypted: anyone who takes the drive can read it. ` +
        "Its old recovery keys are kept, they still open old backups of the whole drive.";
    case "drive-letter-changed":
      return `${capital(sayTheDrive({ ...change.volume, drive: before?.drive ?? null }))} is ${
        change.volume.drive === null ? "without a letter" : `drive ${change.volume.drive}`
      } now. Its recovery keys are the same; find them by the Key ID.`;
    case "host-renamed":
      return "";
  }
}

/** What turns protection off for good. */
const DECRYPTING: ReadonlySet<string> = new Set(["decryption-started", "decrypted"]);

function stayValid(volume: KnownVolume | null): string {
  return currentKeys(volume).length > 0 ? " The recovery keys stay valid." : "";
}

/** Keys that were removed the same night, or that belong to the drive whose letter this one has taken. */
function replacedKeys(
  change: BareChange,
  all: readonly BareChange[],
  context: SayContext,
): readonly string[] {
  const removed = all.filter((one) => one.kind === "key-removed" && isHere(one, change)).map((one) =>
    one.keyId ?? ""
  );
  if (removed.length > 0 || change.volume === null) return removed;
  return all.some((one) => one.kind === "volume-found" && isHere(one, change))
    ? keysOfPredecessor(change.volume, context)
    : [];
}

function isHere(one: BareChange, change: BareChange): boolean {
  return one.volume !== null && change.volume !== null &&
    volumeKey(one.volume.deviceId) === volumeKey(change.volume.deviceId);
}

function keyAdded(change: BareChange, { all, replaces, context }: Saying): string {
  if (change.volume === null) return "";
  const name = sayTheDrive(change.volume);
  const [old] = replaces;
  if (old !== undefined) {
    const date = sheetDate(old, context);
    const dead = date === null
      ? "no longer opens this drive"
      : "and the sheet from " + sayDay(date) + " no longer open this drive";
    return `Windows made a new recovery key for ${name}, Key ID ${keyName(change.keyId)}. ` +
      `The old one, Key ID ${replaces.map(keyName).join(", ")}, ${dead}. ` +
      "Print the new sheet and put it in place of the old one; throw nothing away: old backups may need the old key.";
  }
  if (all.some((one) => one.kind === "volume-found" && isHere(one, change))) {
    return `The recovery key of ${name} is saved, Key ID ${keyName(change.keyId)}. ` +
      "If a blue screen ever asks for a recovery key, it shows the beginning of this Key ID. Print the sheet and keep it away from the PC.";
  }
  const others = currentKeys(find(context.now, change.volume)).filter((id) => id !== change.keyId);
  return others.length > 0
    ? `${capital(name)} has one more recovery key, Key ID ${keyName(change.keyId)}, beside ${
      others.map(keyName).join(", ")
    }. ` +
      "Each of them opens the drive; the blue screen says which one it wants. Keep them all and print the new sheet."
    : `${capital(name)} has a recovery key now, Key ID ${
      keyName(change.keyId)
    }. It is saved. Print the sheet and keep it away from the PC.`;
}

function keyRemoved(change: BareChange, all: readonly BareChange[], context: SayContext): string {
  if (change.volume === null) return "";
  const device = volumeKey(change.volume.deviceId);
  const replaced = all.some((one) =>
    one.kind === "key-added" && one.volume !== null && volumeKey(one.volume.deviceId) === device
  );
  const left = currentKeys(find(context.now, change.volume));
  const next = replaced
    ? `The new one is Key ID ${left.map(keyName).join(", ")}.`
    : left.length > 0
    ? `What opens it is Key ID ${left.map(keyName).join(", ")}.`
    : "It has no recovery key now.";
  return `The recovery key ${keyName(change.keyId)} no longer opens ${sayTheDrive(change.volume)}. ${next} ` +
    `${
      replaced || left.length === 0 ? sheetText(change.keyId, context) : ""
    }The old key is kept: an old backup of the whole drive may need it.`;
}

/** Keys of a volume that stood under the same letter and is gone: what a reinstall leaves behind. */
function keysOfPredecessor(volume: VolumeRef, context: SayContext): readonly string[] {
  const current = new Set(context.now.filter((one) => one.present).flatMap(currentKeys));
  const gone = volume.drive === null
    ? []
    : context.now.filter((one) => !one.present && one.drive === volume.drive);
  const known = gone.flatMap(currentKeys);
  const told = context.earlier.filter((one) => one.drive === volume.drive).map((one) => one.keyId);
  return [...new Set([...known, ...told])].filter((keyId) => !current.has(keyId));
}

function hasPredecessor(volume: VolumeRef, context: SayContext): boolean {
  return context.now.some((one) => one.drive === volume.drive && isReplaced(one, context.now));
}

function sheetDate(keyId: string | null, context: SayContext): string | null {
  return context.reportedAt.get(keyId ?? "") ?? context.earlier.find((one) => one.keyId === keyId)?.takenAt ??
    null;
}

function sheetText(keyId: string | null, context: SayContext): string {
  const date = sheetDate(keyId, context);
  return date === null ? "" : `The sheet from ${sayDay(date)} no longer opens this drive. `;
}

function stateText(volume: KnownVolume | null): string {
  const phase = conversionPhase(volume?.conversionStatus ?? null);
  if (phase === "decrypted") return "It is not encrypted.";
  if (phase === "encrypting") return "It is being encrypted.";
  if (phase === "decrypting") return "It is being decrypted.";
  if (volume?.lockStatus === 1) return "It is encrypted and locked.";
  if (phase === null) return "Whether it is encrypted could not be read.";
  return volume?.protectionStatus === 0 ? "It is encrypted, but its protection is off." : "It is encrypted.";
}

function keysText(volume: KnownVolume | null): string {
  const keys = currentKeys(volume);
  return keys.length === 0
    ? "It has no recovery key."
    : `Its recovery key is Key ID ${keys.map(keyName).join(", ")}.`;
}

function currentKeys(volume: KnownVolume | null): readonly string[] {
  return (volume?.protectors ?? [])
    .filter((one) => one.present && isRecoveryKey(one))
    .map((one) => one.id);
}

function keyName(keyId: string | null): string {
  return keyIdParts(keyId ?? "").short;
}

function find(volumes: readonly KnownVolume[], ref: VolumeRef): KnownVolume | null {
  return volumes.find((one) => volumeKey(one.deviceId) === volumeKey(ref.deviceId)) ?? null;
}
