/** Documents of Spare Key that tie Key IDs to a PC by its machine ID: `status.json`, a report as JSON, a snapshot. */

import * as z from "zod/mini";
import { plainGuid } from "../guid.ts";
import { PROTECTOR_TYPE } from "../model.ts";

/** What such a document tells. Its digits are left out. */
export interface OwnDocument {
  /** Where it lies. */
  readonly path: string;
  /** Lower case, as the ledger has it. */
  readonly machineId: string;
  /** Name of the PC; `null` when it does not say. */
  readonly host: string | null;
  /** ISO 8601. */
  readonly takenAt: string;
  /** Each Key ID once a place. */
  readonly keys: readonly DocumentKey[];
}

/** A key that the PC of the document had. */
export interface DocumentKey {
  /** Upper case, no braces. */
  readonly keyId: string;
  /** `C:`, where known. */
  readonly drive: string | null;
  /** Whether it opened a drive then. */
  readonly current: boolean;
}

const text = z.nullish(z.string());

const status = z.object({
  machineId: z.string(),
  lastRun: z.string(),
  host: z.nullish(z.object({ name: text })),
  volumes: z.array(z.object({
    drive: text,
    keys: z.array(z.object({ keyId: z.string(), current: z.boolean() })),
  })),
});

const host = z.object({ name: text, machineId: z.string() });

const report = z.object({
  takenAt: z.string(),
  host,
  keys: z.array(z.object({
    keyId: z.string(),
    current: z.boolean(),
    volume: z.nullish(z.object({ drive: text })),
  })),
});

const protector = z.object({ id: text, type: z.nullish(z.number()) });

const snapshot = z.object({
  takenAt: z.string(),
  host,
  volumes: z.array(z.object({ drive: text, protectors: z.nullish(z.array(protector)) })),
});

/**
 * Reads such a document.
 *
 * @param document Any JSON value.
 * @param path Where it lies.
 * @returns What it tells; `null` when it is none of them.
 */
export function readOwnDocument(document: unknown, path: string): OwnDocument | null {
  const inner = typeof document === "object" && document !== null && "snapshot" in document
    ? document.snapshot
    : document;
  return checked(readStatus(inner, path) ?? readReport(inner, path) ?? readSnapshot(inner, path));
}

function readStatus(document: unknown, path: string): OwnDocument | null {
  const { success, data } = status.safeParse(document);
  return !success ? null : {
    path,
    machineId: data.machineId,
    host: data.host?.name ?? null,
    takenAt: data.lastRun,
    keys: data.volumes.flatMap(({ drive, keys }) =>
      keys.map(({ keyId, current }) => ({ keyId, current, drive: drive ?? null }))
    ),
  };
}

function readReport(document: unknown, path: string): OwnDocument | null {
  const { success, data } = report.safeParse(document);
  return !success ? null : {
    path,
    machineId: data.host.machineId,
    host: data.host.name ?? null,
    takenAt: data.takenAt,
    keys: data.keys.map(({ keyId, current, volume }) => ({ keyId, current, drive: volume?.drive ?? null })),
  };
}

function readSnapshot(document: unknown, path: string): OwnDocument | null {
  const { success, data } = snapshot.safeParse(document);
  return !success ? null : {
    path,
    machineId: data.host.machineId,
    host: data.host.name ?? null,
    takenAt: data.takenAt,
    keys: data.volumes.flatMap(({ drive, protectors }) =>
      (protectors ?? []).flatMap(({ id, type }) =>
        type === PROTECTOR_TYPE.recoveryPassword
          ? [{ keyId: id ?? "", current: true, drive: drive ?? null }]
          : []
      )
    ),
  };
}

/** Made-up IDs stand for none, and would meet those of another PC. */
const GUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

function checked(found: OwnDocument | null): OwnDocument | null {
  const machineId = found?.machineId.replace(/[{}\s]/g, "").toLowerCase() ?? "";
  if (found === null || machineId === "" || Number.isNaN(Date.parse(found.takenAt))) return null;
  const keys = found.keys.map((key) => ({ ...key, keyId: plainGuid(key.keyId) }));
  return { ...found, machineId, keys: keys.filter(({ keyId }) => GUID.test(keyId)) };
}
