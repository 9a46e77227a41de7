/**
 * Writes `scheduled/snapshot.schema.json` from the zod schema of the snapshot. `deno task schema`
 *
 * The collector's tests hold its documents against that file, so PowerShell and TypeScript share one contract.
 */

import * as z from "zod/mini";
import { ISO_WITH_OFFSET, snapshotSchema } from "../../lib/core/snapshot_schema.ts";

/** Where the file lies. */
export const SCHEMA_PATH = `${import.meta.dirname}/../../scheduled/snapshot.schema.json`;

/**
 * Makes the JSON Schema.
 *
 * @returns The whole file, with a line end.
 */
export function snapshotJsonSchema(): string {
  const schema = z.toJSONSchema(snapshotSchema, {
    io: "input",
    override({ zodSchema, jsonSchema }): void {
      // A refinement is code, which JSON Schema cannot hold: the same expression stands in for it.
      if (zodSchema === snapshotSchema.shape.takenAt) jsonSchema.pattern = ISO_WITH_OFFSET.source;
    },
  });
  const titled = { title: "Spare Key snapshot, schema 1", ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(SCHEMA_PATH, snapshotJsonSchema());
