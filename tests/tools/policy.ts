/**
 * Writes the policy's ADMX and ADML files from one description. `deno task policy`
 *
 * A test holds the files equal to what this makes, and both to the settings.
 */

import { adml } from "./policy/adml.ts";
import { admx } from "./policy/admx.ts";
import { ENGLISH } from "./policy/english.ts";
import { GERMAN } from "./policy/german.ts";
import { ROOT } from "./repository.ts";

/**
 * Makes all files.
 *
 * @returns Their texts, by path from the root on.
 */
export function policyFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["scheduled/policy/SpareKey.admx", admx()],
    ["scheduled/policy/en-US/SpareKey.adml", adml(ENGLISH)],
    ["scheduled/policy/de-DE/SpareKey.adml", adml(GERMAN)],
  ]);
}

if (import.meta.main) {
  for (const [path, text] of policyFiles()) await Deno.writeTextFile(ROOT + path, text);
}
