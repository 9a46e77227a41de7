/** The two halves of the data folder: what the program may write, and what decides what it does. */

/** The half that the program may write, where the two are apart. */
const STATE = "state";

/**
 * Gives the folder of `settings.json` and `templates`. Beside a data folder that is called `state` they lie in the
 * folder above, which the nightly run may not write into: code that turned hostile in one run cannot open the next
 * one to itself. In any other data folder they lie with the rest.
 *
 * @param dataFolder As given by `--data`.
 * @returns The folder above, or the same.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(configFolderOf("C:\\ProgramData\\Spare Key\\state"), "C:\\ProgramData\\Spare Key");
 * assert.equal(configFolderOf("/home/anna/keys"), "/home/anna/keys");
 * ```
 */
export function configFolderOf(dataFolder: string): string {
  const parts = /^(.*[^\\/:])[\\/]+([^\\/]+)[\\/]*$/s.exec(dataFolder);
  const [, above, name] = parts ?? [];
  return above !== undefined && name?.toLowerCase() === STATE ? above : dataFolder;
}
