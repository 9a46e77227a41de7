/** Lets somebody's own signer sign scripts and installer. `deno.exe` is never handed to it. */

import type { PackedFile } from "./packed_file.ts";

/** What PowerShell checks under the policy AllSigned, and App Control in its allow list of signers. */
const SIGNED = /\.(?:ps1|psm1|psd1)$/i;

/**
 * Splits a command line at blanks; double quotes hold together.
 *
 * @param command Such as `signtool sign /fd SHA256 /n "My name" {file}`.
 * @returns Program and arguments.
 * @throws {Error} When it has no `{file}`, or a quotation mark is left open.
 */
export function splitCommand(command: string): readonly string[] {
  if (!command.includes("{file}")) throw new Error('Cannot sign: the command has no "{file}"');
  const words = command.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  if ((command.match(/"/g) ?? []).length % 2 > 0) {
    throw new Error("Cannot sign: a quotation mark is left open");
  }
  return words.map((word) => word.replaceAll('"', ""));
}

/**
 * Signs one file in place.
 *
 * @param command With `{file}`; with `{out}` too where the signer writes another file.
 * @param path Of the file.
 * @throws {Error} When the signer is missing or fails.
 */
export async function signFile(command: string, path: string): Promise<void> {
  const out = `${path}.signed`;
  const [program = "", ...args] = splitCommand(command)
    .map((word) => word.replaceAll("{file}", path).replaceAll("{out}", out));
  try {
    const ended = await new Deno.Command(program, { args, stdin: "null" }).output();
    if (!ended.success) {
      const talk = new TextDecoder().decode(new Uint8Array([...ended.stderr, ...ended.stdout])).trim();
      throw new Error(`Cannot sign "${path}": "${program}" ended with ${ended.code}: ${talk}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot sign: there is no "${program}"`, { cause: error });
  }
  if (command.includes("{out}")) await Deno.rename(out, path);
}

/**
 * Signs the scripts among the files of a package.
 *
 * @param files All files.
 * @param options The signer's command, and an empty folder to work in.
 * @returns The same files, scripts with their signatures.
 */
export async function signScripts(
  files: readonly PackedFile[],
  { command, folder }: { readonly command: string; readonly folder: string },
): Promise<readonly PackedFile[]> {
  const signed: PackedFile[] = [];
  for (const { path, bytes } of files) {
    if (!SIGNED.test(path)) {
      signed.push({ path, bytes });
      continue;
    }
    const place = `${folder}/${path.split("/").at(-1)}`;
    await Deno.writeFile(place, bytes);
    await signFile(command, place);
    signed.push({ path, bytes: await Deno.readFile(place) });
  }
  return signed;
}
