/** PURE: what a mail says of the drives: current keys, where copies are, what Windows itself saved. */

import { conversionPhase } from "../core/diff.ts";
import { keyIdParts } from "../core/how_to_say.ts";
import type { KnownVolume } from "../core/ledger_model.ts";
import type { MailVolume } from "../core/mail_model.ts";
import { inOffset, offsetMinutesOf } from "../core/offset_time.ts";
import { sayFolder } from "../core/removable_folder.ts";
import { isReplaced } from "../core/replaced_volume.ts";
import { ACCOUNTS, accountsMatter, sayWindowsBackup } from "../core/say_windows_backup.ts";
import { askedOf } from "./backup_news.ts";
import { copiesOf, type CopyFacts } from "./copies.ts";
import type { Night } from "./night.ts";

/**
 * Describes the encrypted drives for a mail: current keys, where copies are.
 *
 * @param night Volumes and keys.
 * @param facts Copies as they will be when the mail is read.
 * @returns One entry a drive of this PC that is or was encrypted, present ones first.
 */
export function mailVolumes(night: Night, facts: CopyFacts): readonly MailVolume[] {
  const own = night.volumes.filter((volume) =>
    volume.machineId === night.machineId && isOfInterest(volume) && !isReplaced(volume, night.volumes)
  );
  return own.map((volume) => {
    const keys = night.keys.filter((key) => key.volume === volume);
    const copies = keys.flatMap((key) => copiesOf(key, facts));
    return {
      volume,
      keyIds: keys.map((key) => key.keyId),
      copies: [...Map.groupBy(copies, (copy) => copy.destination)].map(([name, all]) => ({
        place: `${placeOf(name, night)}${all.some((copy) => copy.uploadOpen) ? ", upload not seen yet" : ""}`,
        verifiedAt: inPcTime(all.map((copy) => copy.verifiedAt).sort()[0] ?? null, night),
        taken: all.every((copy) => copy.kind === "mail"),
      })),
      windows: keys.map((key) => {
        const says = sayWindowsBackup(askedOf(key), night.windows, { reader: "helper" });
        return keys.length === 1 ? says : `Key ID ${keyIdParts(key.keyId).short}: ${says}`;
      }),
    };
  });
}

/**
 * Tells the accounts apart that Windows may have saved keys to.
 *
 * @param night Keys, and what Windows' log says.
 * @returns The text, `null` where it is of no use.
 */
export function mailAccounts(night: Pick<Night, "keys" | "windows">): string | null {
  return accountsMatter(night.keys.map(askedOf), night.windows.backups) ? ACCOUNTS : null;
}

/** The day of a look is that of the PC, as everything else in the mail. */
function inPcTime(moment: string | null, { input }: Night): string | null {
  return moment === null ? null : inOffset(moment, offsetMinutesOf(input.snapshot.takenAt));
}

/** In words that lead there. */
function placeOf(name: string, night: Night): string {
  const settings = night.input.settings.destinations.find((one) => one.name === name);
  const host = night.input.snapshot.host.name;
  const folder = night.places.find((place) => place.settings.name === name)?.folder ?? host;
  switch (settings?.kind) {
    case "folder":
      return `${name}: ${sayFolder(settings, folder)}`;
    case "share":
      return `${name}: ${settings.path}\\${folder}`;
    case "onedrive":
      return `${name}: OneDrive, folder ${folder}`;
    case "mail":
      return `${name}: mail to ${settings.to.join(", ")}`;
    default:
      return name;
  }
}

function isOfInterest(volume: KnownVolume): boolean {
  const encrypted = conversionPhase(volume.conversionStatus) !== "decrypted";
  return encrypted &&
    (volume.present || volume.protectors.some((one) => one.present && one.fingerprint !== null));
}
