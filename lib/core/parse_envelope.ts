/** The envelope: snapshot, settings, secrets, listings and receipts, as PowerShell hands them over. */

import * as z from "zod/mini";
import { UserError } from "../errors.ts";
import type { CarriedListing, FolderDescriptor, Receipt, ReceiptOutcome } from "./carry_model.ts";
import type { Snapshot } from "./model.ts";
import { digitsInPlace, parseSnapshot } from "./parse_snapshot.ts";
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
  blind: z.nullish(z.boolean()),
  linked: z.nullish(z.boolean()),
  folders: z.nullish(
    z.array(z.object({ name: z.string(), status: z.unknown(), error: text, files: z.array(storedFile) })),
  ),
});

const receipt = z.object({
  destination: z.string(),
  name: z.string(),
  sha256: text,
  outcome: z.string(),
  error: text,
});

const access = z.object({ destination: z.string(), sddl: text, error: text });

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
  secrets: z.nullish(
    z.object({ smtpPassword: text, archiveKey: text, shareCredentials: z.nullish(z.array(z.string())) }),
  ),
  listings: z.nullish(z.array(listing)),
  receipts: z.nullish(z.array(receipt)),
  access: z.nullish(z.array(access)),
});

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
  /** Destinations of kind share that a credential is stored for; `null` when nobody said. */
  readonly shareCredentials: readonly string[] | null;
  /** `null` when nobody looked at shares: then nothing can be carried either. */
  readonly listings: readonly CarriedListing[] | null;
  /** What became of files carried since the first start of this run; `null` on that start. */
  readonly receipts: readonly Receipt[] | null;
  /** Of the local folders of the settings, where somebody looked. */
  readonly access: readonly FolderDescriptor[];
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
  const { listings, receipts, access, ...rest } = result.data;
  // What lies at a place, and what was said of it, comes from others.
  const read = { ...rest, ...digitsInPlace({ listings, receipts, access, runId: rest.runId }) };
  return {
    runId: read.runId ?? null,
    snapshot: parseSnapshot(read.snapshot, what),
    policy: read.settings?.policy ?? null,
    file: read.settings?.file ?? null,
    secrets: {
      smtpPassword: read.secrets?.smtpPassword ?? null,
      archiveKey: read.secrets?.archiveKey ?? null,
    },
    // Whoever looked at shares names none where there is none.
    shareCredentials: read.secrets?.shareCredentials ?? (read.listings == null ? null : []),
    listings: read.listings?.map((one) => ({
      destination: one.destination,
      reachable: one.reachable,
      error: one.error ?? null,
      blind: one.blind ?? false,
      linked: one.linked ?? null,
      folders: (one.folders ?? []).map((folder) => ({
        name: folder.name,
        status: folder.status,
        ...(folder.error == null ? {} : { error: folder.error }),
        files: folder.files.map((file) => ({
          name: file.name,
          size: file.size,
          sha256: file.sha256?.toLowerCase() ?? null,
          cloud: file.cloud ?? false,
        })),
      })),
    })) ?? null,
    receipts: read.receipts?.map(receiptOf) ?? null,
    access: (read.access ?? []).map((one) => ({
      destination: one.destination,
      sddl: one.sddl ?? null,
      error: one.error ?? null,
    })),
  };
}

const EMPTY: Omit<Envelope, "snapshot"> = {
  runId: null,
  policy: null,
  file: null,
  secrets: { smtpPassword: null, archiveKey: null },
  shareCredentials: null,
  listings: null,
  receipts: null,
  access: [],
};

const OUTCOMES: readonly ReceiptOutcome[] = ["delivered", "accepted", "handed-over", "pending"];

/** What is not understood is not taken for a success. */
function receiptOf(read: z.infer<typeof receipt>): Receipt {
  const outcome = OUTCOMES.find((one) => one === read.outcome) ?? "pending";
  const error = read.error ?? (outcome === "pending" ? "it was not carried" : null);
  return {
    destination: read.destination,
    name: read.name,
    sha256: read.sha256?.toLowerCase() ?? null,
    outcome,
    error,
  };
}
