/**
 * The snapshot as it comes in, schema 1. `scheduled/snapshot.schema.json` is made from it, and the collector's
 * tests check against that.
 */

import * as z from "zod/mini";

const text = z.nullish(z.string());
const number = z.nullish(z.number());
const flag = z.nullish(z.boolean());
const code = z.nullish(z.union([z.string(), z.number()]));

/** What a newer collector may say otherwise is taken as not said: no night fails for it. */
function lenient<T extends z.ZodMiniType>(
  schema: T,
): z.ZodMiniCatch<z.ZodMiniOptional<z.ZodMiniNullable<T>>> {
  // Not z.catch, which keeps all of zod's helpers in the bundle: 10 KB for every night to load.
  const given = { type: "catch", innerType: z.nullish(schema), catchValue: () => null } as const;
  return new z.ZodMiniCatch(given) as z.ZodMiniCatch<typeof given.innerType>;
}

const readError = z.object({ call: text, protectorId: text, code, message: text });

const protector = z.object({
  id: text,
  type: number,
  friendlyName: text,
  recoveryPassword: text,
});

/** What identifies a PC or a volume: of something must be left once braces and blanks are gone. */
const name = z.string().check(
  z.refine((value) => value.replace(/[{}\s]/g, "") !== "", { error: "a text that is not empty" }),
);

const volume = z.object({
  deviceId: name,
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
  mountPaths: z.nullish(z.array(z.string())),
  protectors: z.nullish(z.array(protector)),
  errors: z.nullish(z.array(readError)),
});

const host = z.object({
  name,
  domain: text,
  machineId: name,
  serial: text,
  model: text,
  os: z.nullish(z.object({ caption: text, version: text, edition: text })),
  join: lenient(z.enum(["workgroup", "domain", "hybrid", "entra"])),
});

const event = z.object({ id: number, time: text, protectorId: text, drive: text, code });

const eventLog = lenient(
  z.object({ state: z.enum(["read", "off", "missing", "unreadable"]), since: text, message: text }),
);

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
  volumes: z.array(volume),
  events: z.nullish(z.array(event)),
  eventLog,
  errors: z.nullish(z.array(readError)),
});

/**
 * ISO 8601 with seconds and offset; .NET's "o" writes seven digits of a second.
 *
 * @internal
 */
export const ISO_WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The document as zod hands it on.
 *
 * @internal
 */
export type SnapshotDocument = z.infer<typeof snapshotSchema>;
