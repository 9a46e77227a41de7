/** Documents of the collector. Each is an ordinary one; a test names only what is special. */

import type { Snapshot } from "../../lib/core/model.ts";
import { parseSnapshot } from "../../lib/core/parse_snapshot.ts";
import { deviceOf, guidOf, MACHINE, passwordOf, TAKEN_AT } from "./made_up_values.ts";

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** @returns A recovery password protector as the collector writes it. */
export function keyDocument(number: number, changes: Json = {}): Json {
  return {
    id: `{${guidOf(number)}}`,
    type: 3,
    friendlyName: "",
    recoveryPassword: passwordOf(number),
    ...changes,
  };
}

/** @returns A TPM protector as the collector writes it. */
export function tpmDocument(number = 0xF0, changes: Json = {}): Json {
  return { id: `{${guidOf(number)}}`, type: 1, friendlyName: "", recoveryPassword: null, ...changes };
}

/** @returns An encrypted, unlocked C: with key 1 and a TPM. */
export function volumeDocument(changes: Json = {}): Json {
  return {
    deviceId: deviceOf(1),
    persistentVolumeId: `{${guidOf(0xA1)}}`,
    drive: "C:",
    label: "Windows",
    volumeType: 0,
    sizeBytes: 511_000_000_000,
    protectionStatus: 1,
    conversionStatus: 1,
    encryptionPercentage: 100,
    encryptionMethod: 6,
    lockStatus: 0,
    suspendCount: 0,
    autoUnlock: null,
    mountPaths: ["C:\\"],
    protectors: [keyDocument(1), tpmDocument()],
    errors: [],
    ...changes,
  };
}

/** @returns A second, fixed data volume D: with key 2 and a passphrase. */
export function dataVolumeDocument(changes: Json = {}): Json {
  return volumeDocument({
    deviceId: deviceOf(2),
    persistentVolumeId: `{${guidOf(0xA2)}}`,
    drive: "D:",
    label: "Photos",
    volumeType: 1,
    mountPaths: ["D:\\"],
    protectors: [keyDocument(2), tpmDocument(0xF2, { type: 8 })],
    ...changes,
  });
}

/** @returns A volume as Windows shows one that nobody ever encrypted. */
export function plainVolumeDocument(changes: Json = {}): Json {
  return dataVolumeDocument({
    persistentVolumeId: "",
    protectionStatus: 0,
    conversionStatus: 0,
    encryptionPercentage: 0,
    encryptionMethod: 0,
    protectors: [],
    ...changes,
  });
}

/** @returns An entry of `errors` as the collector writes it. */
export function errorDocument(call: string, code: string | number | null = "0x80041001"): Json {
  return { call, protectorId: null, code, message: "something" };
}

/** @returns The collector's document, of C: alone unless told. */
export function snapshotDocument(volumes: unknown = [volumeDocument()], changes: Json = {}): Json {
  return {
    schema: 1,
    takenAt: TAKEN_AT,
    collector: {
      version: "1.0.0",
      powershell: "5.1.26100.1",
      elevated: true,
      is64Bit: true,
      source: "cim",
    },
    host: hostDocument(),
    volumes,
    events: [],
    errors: [],
    ...changes,
  };
}

/** @returns The host of {@link snapshotDocument}. */
export function hostDocument(changes: Json = {}): Json {
  return {
    name: "ANNA-LAPTOP",
    domain: null,
    machineId: MACHINE,
    serial: "5CD1234XYZ",
    model: "HP 250 G9",
    os: { caption: "Microsoft Windows 11 Home", version: "10.0.26100", edition: "Core" },
    ...changes,
  };
}

/** @returns The snapshot of some volumes. */
export function snapshotOf(volumes?: unknown, changes?: Json): Snapshot {
  return parseSnapshot(snapshotDocument(volumes, changes), "snapshot");
}
