/**
 * A process that may read a folder but for a part of it, or whose disk is full: says as JSON what became of it.
 * `files_child.ts walk|write FOLDER`
 */

import { systemFiles } from "../../lib/effects/system_files.ts";

const [step, folder = ""] = Deno.args;
const files: string[] = [];
const troubles: string[][] = [];
try {
  if (step === "write") files.push(await systemFiles().write(folder, "a.TXT", new Uint8Array(200_000)));
  const walk = systemFiles().walk(folder, (path, reason) => troubles.push([path, reason]));
  for await (const name of walk) files.push(name);
} catch (error) {
  troubles.push([folder, error instanceof Error ? error.message : String(error)]);
}
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ files, troubles })));
