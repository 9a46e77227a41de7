/** The task `find` on real files, in this process. */

import { ageOpener } from "../../lib/effects/age_opener.ts";
import { readOptional } from "../../lib/effects/optional_text.ts";
import { below } from "../../lib/effects/path_parts.ts";
import { systemFiles } from "../../lib/effects/system_files.ts";
import { parseTaskArguments, taskNamed } from "../../tasks/arguments.ts";
import { run } from "../../tasks/find.ts";
import type { FoundKeys } from "../../tasks/find_keys.ts";
import type { Deps } from "../../tasks/task.ts";
import { bufferTerminal } from "../fakes.ts";
import { nightRig, placeOf, volume } from "./night_rig.ts";

/** Reports of a PC in a folder: key 1 is old, key 2 opens C:, key 3 opens D:. */
export async function reports(folder: string): Promise<void> {
  const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud" }] });
  await rig.night([volume("C:", [1])]);
  await rig.night([volume("C:", [2]), volume("D:", [3], { label: "Photos" })]);
  await plant(folder, Object.fromEntries(placeOf(rig, "cloud").files));
}

/** Writes files, with the folders they need. */
export async function plant(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(`${folder}/${path}`, content);
    else await Deno.writeFile(`${folder}/${path}`, content);
  }
}

/** How the task ended. */
export interface Answer {
  readonly exit: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Paths that were opened, `status.json` aside. */
  readonly read: readonly string[];
}

/** Runs the task on real files, in this process. */
export async function ask(...words: readonly string[]): Promise<Answer> {
  const terminal = bufferTerminal();
  const files = systemFiles();
  const opened: string[] = [];
  const deps = {
    terminal,
    opener: ageOpener(),
    below,
    readOptional,
    files: {
      ...files,
      read: (path: string) => (opened.push(path), files.read(path)),
      open: (path: string) => (opened.push(path), files.open(path)),
    },
  } as unknown as Deps;
  const exit = await run(await parseTaskArguments(taskNamed("find"), words), deps);
  return { exit, stdout: terminal.stdout, stderr: terminal.stderr, read: opened };
}

/** Runs the task with `--json`. */
export async function found(...words: readonly string[]): Promise<FoundKeys & { readonly exit: string }> {
  const { exit, stdout } = await ask(...words, "--json");
  return { exit, ...JSON.parse(stdout) };
}

/** Windows' own file of a key: a name in any language, and a text that `import` knows. */
export function windowsFile(id: string, key: string): string {
  return `BitLocker\r\n\r\nID:\r\n\r\n\t${id}\r\n\r\n${"Words about it. ".repeat(5)}\r\n\r\n\t${key}\r\n`;
}
