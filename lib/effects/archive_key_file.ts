/** The key that opens this PC's archive: a secret of the envelope, else a file in the data folder. */

import { messageOf, UserError } from "../errors.ts";
import type { ArchiveKey } from "../ports.ts";
import { ioReason } from "./io_reason.ts";
import { below, folderOf } from "./path_parts.ts";
import { discardTemporary, syncFolder, temporaryName, writeNew } from "./write_durably.ts";

/** Where the key comes from. */
export interface ArchiveKeyOptions {
  /**
   * The secret `archiveKey`, which wins: the key in use, and below it, one a line, those that it took the place of;
   * `null` when the envelope has none.
   */
  readonly secret: string | null;
  /** The file that holds the key otherwise, such as `<data>/archive.key`. Its folder exists. */
  readonly path: string;
}

/** Rights of group and others: none may stand. */
const OTHERS = 0o077;
const OWNER_ONLY = 0o600;

/**
 * Gives the archive's key: from the secret, else from the file, which is made when there is none.
 *
 * The file is an age identity file: comments with `#`, and one line `AGE-SECRET-KEY-1…`. A broken one is never
 * replaced, for what was archived needs it.
 *
 * @param options The secret and the path.
 * @returns The key, read with the first call and remembered. `identity()` throws a {@link UserError} `settings`
 * that says what is wrong and quotes nothing of the key.
 */
export function archiveKey({ secret, path }: ArchiveKeyOptions): ArchiveKey {
  let known: Promise<string> | null = null;
  return {
    identity(): Promise<string> {
      known ??= secret === null ? readOrMake(path) : parseSecret(secret);
      return known;
    },
    async others(): Promise<readonly string[]> {
      if (secret === null) return [];
      const earlier = await earlierKeys(secret);
      const inFile = await read(path).catch((error) => {
        // Broken or readable by others: of no use for opening, and the secret is the key.
        if (error instanceof UserError) return null;
        throw error;
      });
      return inFile === null ? earlier : [...earlier, inFile];
    },
  };
}

/**
 * Makes a key, for the script that stores it as the secret `archiveKey`.
 *
 * @returns `AGE-SECRET-KEY-1…`
 */
export async function newArchiveKey(): Promise<string> {
  const { generateX25519Identity } = await import("age-encryption");
  return await generateX25519Identity();
}

async function parseSecret(secret: string): Promise<string> {
  try {
    return await checkIdentity(identityLines(secret)[0]);
  } catch (error) {
    throw new UserError("settings", `Cannot use the secret "archiveKey": ${messageOf(error)}`, {
      hint: "Set the secret again from its safe copy; without that, remove it, and a new key is made",
    });
  }
}

/** A broken one is of no use for opening, and no reason to go without the others. */
async function earlierKeys(secret: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const line of identityLines(secret).slice(1)) {
    try {
      found.push(await checkIdentity(line));
    } catch {
      continue;
    }
  }
  return found;
}

async function readOrMake(path: string): Promise<string> {
  return await read(path) ?? await make(path);
}

async function read(path: string): Promise<string | null> {
  let text: string;
  try {
    using file = await Deno.open(path);
    const { mode } = await file.stat();
    // Windows has no mode; there the rights of the data folder keep others out
    if (Deno.build.os !== "windows" && mode !== null && (mode & OTHERS) !== 0) {
      throw new UserError(
        "settings",
        `Cannot use the archive key "${path}": others than its owner may read it`,
        {
          hint: `Run: chmod 600 "${path}"`,
        },
      );
    }
    text = await new Response(file.readable).text();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof UserError) throw error;
    throw new UserError("settings", `Cannot read the archive key "${path}": ${ioReason(error)}`, {
      cause: error,
    });
  }
  try {
    return await parseIdentity(text);
  } catch (error) {
    throw new UserError("settings", `Cannot use the archive key "${path}": ${messageOf(error)}`, {
      hint:
        "Put its safe copy back; moved away, a new key is made, and what lies in the archive stays closed",
    });
  }
}

/** Written under another name first: a file that a lost power leaves half-written would stand in the way for good. */
async function make(path: string): Promise<string> {
  const { identityToRecipient } = await import("age-encryption");
  const identity = await newArchiveKey();
  const lines = [
    "# Opens the archive of Spare Key on this PC. Whoever has it can read the recovery keys kept there.",
    `# public key: ${await identityToRecipient(identity)}`,
    identity,
  ];
  const folder = folderOf(path);
  const temporary = below(folder, temporaryName());
  try {
    await writeNew(temporary, new TextEncoder().encode(`${lines.join("\n")}\n`), { mode: OWNER_ONLY });
    await Deno.link(temporary, path);
    await syncFolder(folder);
    return identity;
  } catch (error) {
    // another run was faster: its key is the key
    const theirs = error instanceof Deno.errors.AlreadyExists ? await read(path) : null;
    if (theirs !== null) return theirs;
    throw new UserError("settings", `Cannot make the archive key "${path}": ${ioReason(error)}`, {
      cause: error,
    });
  } finally {
    await discardTemporary(temporary);
  }
}

/** An age identity file: all lines but blank ones and comments. */
function identityLines(text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

async function parseIdentity(text: string): Promise<string> {
  const identities = identityLines(text);
  if (identities.length > 1) throw new Error("it holds more than one line that is no comment");
  return await checkIdentity(identities[0]);
}

/** The messages follow `Cannot use …: ` and quote nothing. */
async function checkIdentity(identity: string | undefined): Promise<string> {
  if (identity === undefined) throw new Error("it holds no key");
  if (!identity.startsWith("AGE-SECRET-KEY-1")) throw new Error('it does not start with "AGE-SECRET-KEY-1"');
  const { identityToRecipient } = await import("age-encryption");
  try {
    await identityToRecipient(identity);
  } catch {
    throw new Error("its checksum is wrong: a character is missing or altered");
  }
  return identity;
}
