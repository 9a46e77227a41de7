/**
 * The snapshot as it comes in, schema 1. `scheduled/snapshot.schema.json` is made from it, and the collector's
 * tests check against that.
 */

import * as z from "zod/mini";

/** PowerShell 5.1 writes a list of one as the bare thing. */
// deno-lint-ignore explicit-function-return-type -- zod infers it, and it is longer than the function
function list<T extends z.ZodMiniType>(item: T) {
  return z.nullish(z.union([z.array(item), item]));
}

const text = z.nullish(z.string());
const number = z.nullish(z.number());
const flag = z.nullish(z.boolean());
const code = z.nullish(z.union([z.string(), z.number()]));

const readError = z.object({ call: z.string(), protectorId: text, code, message: text });

const protector = z.object({
  id: z.string().check(z.minLength(1)),
  type: number,
  friendlyName: text,
  recoveryPassword: text,
});

const volume = z.object({
  deviceId: z.string().check(z.minLength(1)),
  persistentVolumeId: text,
  drive: text,
  label: text,
  volumeType: number,
  sizeBytes: number,
  protectionStatus: number,
  conversionStatus: number,
  encryptionPercentage: number,
  encryptionMethod: number,
  lockStatus: number,
  suspendCount: number,
  autoUnlock: flag,
  mountPaths: list(z.string()),
  protectors: list(protector),
  errors: list(readError),
});

const host = z.object({
  name: z.string().check(z.minLength(1)),
  domain: text,
  machineId: z.string().check(z.minLength(1)),
  serial: text,
  model: text,
  os: z.nullish(z.object({ caption: text, version: text, edition: text })),
});

const event = z.object({ id: z.number(), time: z.string(), protectorId: text, drive: text, code });

/**
 * The document of the collector.
 *
 * @internal
 */
export const snapshotSchema = z.object({
  schema: z.literal(1),
  takenAt: z.string().check(
    z.refine((value) => ISO_WITH_OFFSET.test(value) && !Number.isNaN(Date.parse(value)), {
      error: 'a time with offset such as "2026-11-24T03:00:12.345+01:00"',
    }),
  ),
  collector: z.nullish(
    z.object({ version: text, powershell: text, elevated: flag, is64Bit: flag, source: text }),
  ),
  host,
  volumes: z.union([z.array(volume), volume]),
  events: list(event),
  errors: list(readError),
});

/**
 * ISO 8601 with seconds and offset; .NET's "o" writes seven digits of a second.
 *
 * @internal
 */
export const ISO_WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** The document as zod hands it on. */
export type SnapshotDocument = z.infer<typeof snapshotSchema>;
