/** The envelope: snapshot, settings, secrets, listings and receipts, as PowerShell hands them over. */

import * as z from "zod/mini";
import { UserError } from "../errors.ts";
import type { Snapshot } from "./model.ts";
import { parseSnapshot } from "./parse_snapshot.ts";
import { zodMessage } from "./zod_message.ts";

const text = z.nullish(z.string());

const storedFile = z.object({
  name: z.string(),
  size: z.number(),
  sha256: text,
  cloud: z.nullish(z.boolean()),
});

const listing = z.object({
  destination: z.string(),
  reachable: z.boolean(),
  error: text,
  folders: z.nullish(
    z.array(z.object({ name: z.string(), status: z.unknown(), files: z.array(storedFile) })),
  ),
});

const receipt = z.object({
  destination: z.string(),
  name: z.string(),
  sha256: text,
  outcome: z.string(),
  error: text,
});

/**
 * The envelope around a snapshot, schema 1.
 *
 * @internal
 */
export const envelopeSchema = z.object({
  schema: z.literal(1),
  runId: text,
  snapshot: z.unknown(),
  settings: z.nullish(z.object({ policy: z.nullish(z.record(z.string(), z.unknown())), file: z.unknown() })),
  secrets: z.nullish(z.object({ smtpPassword: text, archiveKey: text })),
  listings: z.nullish(z.array(listing)),
  receipts: z.nullish(z.array(receipt)),
});

/** What lies at a share or in a OneDrive folder, as PowerShell saw it. */
export interface CarriedListing {
  /** Name of the destination in the settings. */
  readonly destination: string;
  /** `false` when it could not be looked at; then the folders say nothing. */
  readonly reachable: boolean;
  /** Why it could not be looked at; `null` when it could. */
  readonly error: string | null;
  /** Folders at its root that may be this PC's; `cloud` marks files that OneDrive has uploaded and freed. */
  readonly folders: readonly {
    readonly name: string;
    readonly status: unknown;
    readonly files: readonly {
      readonly name: string;
      readonly size: number;
      readonly sha256: string | null;
      readonly cloud: boolean;
    }[];
  }[];
}

/** What became of a file that PowerShell carried. */
export interface Receipt {
  /** Name of the destination in the settings. */
  readonly destination: string;
  /** File name in the folder of this PC. */
  readonly name: string;
  /** Of the bytes that were written, lower-case hexadecimal; `null` when none were. */
  readonly sha256: string | null;
  /** How far the carrier got, such as `delivered`. */
  readonly outcome: string;
  /** Why it failed; `null` when it did not. */
  readonly error: string | null;
}

/** All that a run is given. */
export interface Envelope {
  /** Names the run in ledger and logs; `null` when the caller gave none. */
  readonly runId: string | null;
  /** Checked and normalised. */
  readonly snapshot: Snapshot;
  /** Registry values by slot; `null` without policy. */
  readonly policy: Readonly<Record<string, unknown>> | null;
  /** The settings file: text or value; `null` when the envelope brings none. */
  readonly file: unknown;
  /** Password of the mail server, and `AGE-SECRET-KEY-1…` of the archive; `null` where not given. */
  readonly secrets: { readonly smtpPassword: string | null; readonly archiveKey: string | null };
  /** `null` when nobody looked at shares: then nothing can be carried either. */
  readonly listings: readonly CarriedListing[] | null;
  /** What became of files carried since the first start of this run; empty on that start. */
  readonly receipts: readonly Receipt[];
}

/**
 * Checks an envelope. A bare snapshot is an envelope without the rest.
 *
 * @param document Any JSON value.
 * @param what How to name it in a message, such as `snapshot "C:\x.json"`.
 * @returns The envelope with its snapshot normalised.
 * @throws {UserError} `snapshot` when it is neither; secrets are never quoted.
 */
export function parseEnvelope(document: unknown, what: string): Envelope {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new UserError(
      "snapshot",
      `Cannot read ${what}: it is ${Array.isArray(document) ? "a list" : "a bare value"}, must be an object`,
    );
  }
  if (!("snapshot" in document)) {
    return { ...EMPTY, snapshot: parseSnapshot(document, what) };
  }
  const result = envelopeSchema.safeParse(document);
  if (!result.success) {
    throw new UserError(
      "snapshot",
      `Cannot read ${what}: in the envelope ${zodMessage(result.error.issues, document)}`,
      {
        hint: "Bring program and scripts to the same version",
      },
    );
  }
  const read = result.data;
  return {
    runId: read.runId ?? null,
    snapshot: parseSnapshot(read.snapshot, what),
    policy: read.settings?.policy ?? null,
    file: read.settings?.file ?? null,
    secrets: {
      smtpPassword: read.secrets?.smtpPassword ?? null,
      archiveKey: read.secrets?.archiveKey ?? null,
    },
    listings: read.listings?.map((one) => ({
      destination: one.destination,
      reachable: one.reachable,
      error: one.error ?? null,
      folders: (one.folders ?? []).map((folder) => ({
        name: folder.name,
        status: folder.status,
        files: folder.files.map((file) => ({
          name: file.name,
          size: file.size,
          sha256: file.sha256?.toLowerCase() ?? null,
          cloud: file.cloud ?? false,
        })),
      })),
    })) ?? null,
    receipts: (read.receipts ?? []).map((one) => ({
      destination: one.destination,
      name: one.name,
      sha256: one.sha256?.toLowerCase() ?? null,
      outcome: one.outcome,
      error: one.error ?? null,
    })),
  };
}

const EMPTY: Omit<Envelope, "snapshot"> = {
  runId: null,
  policy: null,
  file: null,
  secrets: { smtpPassword: null, archiveKey: null },
  listings: null,
  receipts: [],
};
