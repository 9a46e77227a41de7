/** A PC of which nothing but its name is known, as of one that an old text names. */

import type { Host } from "./model.ts";

/**
 * Makes the host of a report whose PC nobody has seen.
 *
 * @param name As the text gives it.
 * @returns A host that says nothing else.
 */
export function unknownHost(name: string): Host {
  return {
    name,
    domain: null,
    machineId: "",
    serial: null,
    model: null,
    os: { caption: null, version: null, edition: null },
    join: null,
  };
}
