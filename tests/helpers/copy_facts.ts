/** Facts of a night, of which copies and what is wrong with them are computed. */

import { type CopyFacts, copyFindings } from "../../lib/nightly/copies.ts";
import { delivery, knownKey, knownVolume, reportEntry } from "./ledger_entries.ts";
import { deviceOf, guidOf, markOf, passwordOf, TAKEN_AT } from "./made_up_values.ts";
import { SMTP } from "./night_settings.ts";
import { settingsFrom } from "./settings_from.ts";
import { dataVolumeDocument, type Json, snapshotOf, volumeDocument } from "./snapshots.ts";

/** C:, as the ledger knows it. */
export const c = knownVolume();

/** D:, a fixed drive. */
export const d = knownVolume({
  deviceId: deviceOf(2),
  drive: "D:",
  label: "Photos",
  volumeType: 1,
  protectors: [knownKey(2)],
});

/** E:, a removable one. */
export const stick = knownVolume({
  deviceId: deviceOf(3),
  drive: "E:",
  label: "Stick",
  volumeType: 2,
  protectors: [knownKey(3)],
});

/** The current key of C:. */
export const keyOfC = { keyId: guidOf(1), fingerprint: markOf(passwordOf(1)), volume: c };

/** The current key of D:. */
export const keyOfD = { keyId: guidOf(2), fingerprint: markOf(passwordOf(2)), volume: d };

/** The current key of the stick. */
export const keyOfStick = { keyId: guidOf(3), fingerprint: markOf(passwordOf(3)), volume: stick };

/** The report of the key of C:. */
export const report = reportEntry(1);

/** A share that takes plain reports. */
export const share = { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false };

/** A mail that brings the digits. */
export const mail = { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" };

/** @returns A folder called "place". */
export function folderOn(path: string, changes: Json = {}): Json {
  return { name: "place", kind: "folder", path, ...changes };
}

/** What the snapshot shows of the three drives. */
export const seen = snapshotOf([
  volumeDocument(),
  dataVolumeDocument(),
  dataVolumeDocument({ deviceId: deviceOf(3), drive: "E:", volumeType: 2, mountPaths: ["E:\\"] }),
]).volumes;

/** @returns Facts of a night in which key 1 is reported; destinations as in a settings file. */
export function facts(destinations: readonly Json[], changes: Partial<CopyFacts> = {}): CopyFacts {
  return {
    settings: settingsFrom({ destinations, smtp: SMTP }),
    seen,
    known: [c, d, stick],
    keys: [keyOfC],
    reports: [report],
    deliveries: destinations.map((one) => delivery(String(one["name"]), report)),
    looks: destinations.map((one) => ({ destination: String(one["name"]), trouble: null, cause: null })),
    lost: [],
    mailTrouble: new Map(),
    now: TAKEN_AT,
    ...changes,
  };
}

/** @returns What a night finds, as `severity code`. */
export function codesOf(night: CopyFacts): readonly string[] {
  return copyFindings(night).map((one) => `${one.severity} ${one.code}`);
}

/** @returns The time so many days later. */
export function daysAfter(days: number): string {
  return new Date(Date.parse(TAKEN_AT) + days * 24 * 60 * 60 * 1000).toISOString();
}

/** @returns A look at a destination that is not there. */
export function unreachable(destination: string): CopyFacts["looks"] {
  return [{ destination, trouble: "it is not there", cause: null }];
}
