/** The rows of the ledger's tables, from the model's values and back. */

import type {
  Delivery,
  DestinationState,
  KnownProtector,
  KnownVolume,
  News,
  ReportEntry,
  Run,
  StandingFinding,
  WindowsBackup,
} from "../core/ledger_model.ts";
import type { VolumeRef } from "../core/model.ts";
import type { LedgerRow } from "./ledger_seal.ts";

/**
 * How a field lies in its column: a text or number as it is, a flag as 0 or 1, a list or record as JSON, and of
 * a volume only what names it, also when a whole one comes, which may hold keys. `null` is always NULL.
 */
type Kind = "plain" | "flag" | "json" | "volume";

/** Turns values of the model into rows and back. */
export interface RowCodec<T> {
  /**
   * Makes the row of a value.
   *
   * @returns The row, without its checksum.
   */
  toRow(value: T): LedgerRow;
  /**
   * Reads a row whose checksum was right.
   *
   * @returns The value.
   */
  fromRow(row: LedgerRow): T;
}

/** `deviceId` lies in the column `device_id`. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function store(value: unknown, kind: Kind): string | number | null {
  if (value === null) return null;
  if (kind === "flag") return value === true ? 1 : 0;
  if (kind === "json") return JSON.stringify(value);
  if (kind === "volume") {
    const { deviceId, drive, label } = value as VolumeRef;
    return JSON.stringify({ deviceId, drive, label });
  }
  if (typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`Cannot write a value of type ${typeof value} to the ledger`);
}

function restore(value: string | number | null | undefined, kind: Kind): unknown {
  if (value === undefined) throw new TypeError("Cannot read a row of the ledger: a column is missing");
  if (kind === "plain" || value === null) return value;
  return kind === "flag" ? value === 1 : JSON.parse(String(value));
}

/** The type asks for each field of `T` and no other, so that none can be forgotten. */
function codec<T extends object>(fields: Readonly<Record<keyof T & string, Kind>>): RowCodec<T> {
  const columns = Object.entries<Kind>(fields).map(([field, kind]) =>
    ({ field, column: columnOf(field), kind }) as const
  );
  return {
    toRow: (value) =>
      Object.fromEntries(
        columns.map(({ field, column, kind }) => [column, store(value[field as keyof T], kind)]),
      ),
    // The checksum says that these are the values that `toRow` made of a `T`.
    fromRow(row): T {
      const value: Record<string, unknown> = {};
      for (const { field, column, kind } of columns) value[field] = restore(row[column], kind);
      return value as T;
    },
  };
}

/** Volumes without their protectors, which are rows of their own. */
const volumeRows = codec<Omit<KnownVolume, "protectors">>({
  deviceId: "plain",
  persistentVolumeId: "plain",
  machineId: "plain",
  drive: "plain",
  label: "plain",
  volumeType: "plain",
  sizeBytes: "plain",
  protectionStatus: "plain",
  conversionStatus: "plain",
  encryptionMethod: "plain",
  lockStatus: "plain",
  present: "flag",
  firstSeenAt: "plain",
  lastSeenAt: "plain",
  protectorsRead: "flag",
});

/** Protectors, with their volume and their place in its list. */
const protectorRows = codec<KnownProtector & { readonly deviceId: string; readonly position: number }>({
  deviceId: "plain",
  position: "plain",
  id: "plain",
  type: "plain",
  fingerprint: "plain",
  valid: "flag",
  present: "flag",
  firstSeenAt: "plain",
  removedAt: "plain",
});

/** Rows of the table `reports`. */
export const reportRows: RowCodec<ReportEntry> = codec<ReportEntry>({
  id: "plain",
  kind: "plain",
  rendition: "plain",
  folder: "plain",
  name: "plain",
  size: "plain",
  sha256: "plain",
  recipientsHash: "plain",
  keyId: "plain",
  fingerprint: "plain",
  deviceId: "plain",
  takenAt: "plain",
  number: "plain",
  released: "flag",
});

/** Rows of the table `deliveries`. */
export const deliveryRows: RowCodec<Delivery> = codec<Delivery>({
  destination: "plain",
  report: "plain",
  state: "plain",
  folder: "plain",
  name: "plain",
  attempts: "plain",
  deliveredAt: "plain",
  verifiedAt: "plain",
  hashedAt: "plain",
  uploadSeenAt: "plain",
  error: "plain",
});

/** Rows of the table `destinations`. */
export const destinationRows: RowCodec<DestinationState> = codec<DestinationState>({
  name: "plain",
  identity: "plain",
  place: "plain",
  folders: "json",
  reachedAt: "plain",
  unreachableSince: "plain",
  toldUpTo: "plain",
  mailTimes: "json",
});

/** Rows of the table `findings`. */
export const findingRows: RowCodec<StandingFinding> = codec<StandingFinding>({
  key: "plain",
  since: "plain",
  toldAt: "plain",
});

/** Rows of the table `news`. */
export const newsRows: RowCodec<News> = codec<News>({
  id: "plain",
  at: "plain",
  runId: "plain",
  topic: "plain",
  kind: "plain",
  severity: "plain",
  volume: "volume",
  keyId: "plain",
  about: "plain",
  title: "plain",
  text: "plain",
  tell: "flag",
});

/** Rows of the table `runs`. */
export const runRows: RowCodec<Run> = codec<Run>({
  runId: "plain",
  takenAt: "plain",
  exit: "plain",
  changes: "plain",
  findings: "json",
  shortfalls: "json",
});

/** Rows of the table `backups`. */
export const backupRows: RowCodec<WindowsBackup> = codec<WindowsBackup>({
  about: "plain",
  place: "plain",
  outcome: "plain",
  at: "plain",
  code: "plain",
});

/**
 * Makes the rows of a volume and of its protectors, which keep the order of their list.
 *
 * @param volume A volume.
 * @returns One row for the table `volumes`, any number for the table `protectors`.
 */
export function rowsOfVolume(
  volume: KnownVolume,
): { readonly volume: LedgerRow; readonly protectors: readonly LedgerRow[] } {
  const { deviceId, protectors } = volume;
  return {
    volume: volumeRows.toRow(volume),
    protectors: protectors.map((protector, position) =>
      protectorRows.toRow({ ...protector, deviceId, position })
    ),
  };
}

/**
 * Reads volumes back.
 *
 * @param volumes Rows of the table `volumes`.
 * @param protectors Rows of the table `protectors`, in the order of their key; those of no volume are left out.
 * @returns The volumes, in the order of their rows.
 */
export function volumesOfRows(
  volumes: readonly LedgerRow[],
  protectors: readonly LedgerRow[],
): readonly KnownVolume[] {
  const known = Map.groupBy(protectors.map((row) => protectorRows.fromRow(row)), (each) => each.deviceId);
  return volumes.map((row) => {
    const volume = volumeRows.fromRow(row);
    const own = (known.get(volume.deviceId) ?? []).map(({ deviceId: _, position: __, ...protector }) =>
      protector
    );
    return { ...volume, protectors: own };
  });
}
