import { decodeText } from "../core/decode_text.ts";
import { UserError } from "../errors.ts";
import type { Templates, TemplateStore } from "../ports.ts";
import { ioReason } from "./io_reason.ts";
import { below, samePath } from "./path_parts.ts";

/** A page with an organisation's logo as a data URL stays below this. */
const MAX_BYTES = 1024 * 1024;

const FILES: Readonly<Record<keyof Templates, string>> = {
  sheetHtml: "sheet.html",
  sheetCss: "sheet.css",
  mailHtml: "mail.html",
  mailText: "mail.txt",
};

/** Which templates. */
export interface TemplateFilesOptions {
  /** Where own ones lie. */
  readonly folder: string;
  /** The program's own set, loaded only when something is to be rendered. */
  readonly builtIn: () => Promise<Templates>;
  /** Whether files in that folder take their place, as the settings say. */
  readonly own: boolean;
}

/**
 * Opens the templates: those of an organisation where it has some, the program's own for the rest. Whoever can
 * write a template can put a picture with an address on a page that shows recovery keys, so a file that others
 * may write, or a link, is refused.
 *
 * @param options The folder, the program's own set, and whether there are others.
 * @returns The store; nothing is read yet.
 */
export function templateFiles({ folder, builtIn, own }: TemplateFilesOptions): TemplateStore {
  return {
    async load(): Promise<Templates> {
      const templates = await builtIn();
      if (!own) return templates;
      const found: { -readonly [Slot in keyof Templates]: Templates[Slot] } = { ...templates };
      for (const slot of Object.keys(FILES) as (keyof Templates)[]) {
        found[slot] = await readOwn(folder, FILES[slot]) ?? templates[slot];
      }
      return found;
    },
    builtIn,
  };
}

async function readOwn(folder: string, name: string): Promise<string | null> {
  const path = below(folder, name);
  try {
    const info = await Deno.lstat(path);
    const isOwnFolder = !(await Deno.lstat(folder)).isSymlink;
    if (!isOwnFolder || !samePath(await Deno.realPath(path), below(await Deno.realPath(folder), name))) {
      throw refused(path, "it is reached through a link, and should be a file of its own");
    }
    if (!info.isFile) throw refused(path, "it is not a file");
    if (info.size > MAX_BYTES) {
      throw refused(path, `it has ${info.size} bytes, and should have at most ${MAX_BYTES}`);
    }
    // On Windows the rights are in access lists, which this process cannot read: the PowerShell side checks
    // owner and rights of this folder before it starts the program.
    if (Deno.build.os !== "windows") {
      for (const info of [await Deno.stat(folder), await Deno.stat(path)]) {
        refuseWritable(path, info.mode ?? 0);
      }
    }
    return decode(path, await Deno.readFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof UserError) throw error;
    throw new UserError("settings", `Cannot read the template "${path}": ${ioReason(error)}`, {
      cause: error,
    });
  }
}

function refuseWritable(path: string, mode: number): void {
  if ((mode & 0o022) === 0) return;
  throw refused(path, "others than its owner may write it or its folder", 'Run "chmod go-w" on both');
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch {
    // The decoder's own words name neither the file nor what it should be.
    throw refused(path, "it is not UTF-8 text");
  }
}

function refused(path: string, reason: string, hint?: string): UserError {
  return new UserError(
    "settings",
    `Cannot use the template "${path}": ${reason}`,
    hint === undefined ? {} : { hint },
  );
}
