/** A folder for a ledger file, and what tests do to such a file. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type OpenLedgerOptions, openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { UserError } from "../../lib/errors.ts";
import type { Ledger, LedgerChanges, LedgerView } from "../../lib/ports.ts";

/** A temporary folder with a ledger in it, or not yet. */
export interface LedgerFolder extends AsyncDisposable {
  readonly folder: string;
  readonly path: string;
  /** Opens the ledger; closed with the folder, or before. */
  open(options?: Partial<OpenLedgerOptions>): Promise<Ledger>;
  /** Closes one, and forgets it. */
  close(ledger: Ledger): void;
  /** Opens, loads, closes. */
  view(options?: Partial<OpenLedgerOptions>): Promise<LedgerView>;
  /** Opens, saves, closes. */
  save(...changes: readonly LedgerChanges[]): Promise<void>;
  /** Runs statements on the closed file. */
  sql(...statements: readonly string[]): void;
  /** Names in the folder, sorted. */
  names(): Promise<readonly string[]>;
}

/** Makes an empty one. */
export async function ledgerFolder(): Promise<LedgerFolder> {
  const folder = await Deno.makeTempDir({ prefix: "spare-key-ledger-" });
  const path = join(folder, "ledger.db");
  const opened: Ledger[] = [];
  const open: LedgerFolder["open"] = async (options) => {
    const ledger = await openSqliteLedger(path, { archiveHasFiles: false, ...options });
    opened.push(ledger);
    return ledger;
  };
  return {
    folder,
    path,
    open,
    close,
    async view(options): Promise<LedgerView> {
      const ledger = await open(options);
      const view = await ledger.load();
      close(ledger);
      return view;
    },
    async save(...changes): Promise<void> {
      const ledger = await open();
      for (const change of changes) await ledger.save(change);
      close(ledger);
    },
    sql(...statements): void {
      const db = new DatabaseSync(path);
      for (const statement of statements) db.exec(statement);
      db.close();
    },
    async names(): Promise<readonly string[]> {
      return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      opened.forEach(close);
      await Deno.remove(folder, { recursive: true });
    },
  };

  function close(ledger: Ledger): void {
    const at = opened.indexOf(ledger);
    if (at >= 0) opened.splice(at, 1)[0]?.close();
  }
}

/** Overwrites bytes of a closed file with a value. */
export async function overwrite(
  place: LedgerFolder,
  value: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const bytes = await Deno.readFile(place.path);
  await Deno.writeFile(place.path, bytes.fill(value, from, to));
}

/** Asserts that a step leaves every byte of a folder as it was. */
export async function assertUntouched(folder: string, step: () => Promise<unknown>): Promise<void> {
  const contents = async (): Promise<readonly (readonly [string, Uint8Array])[]> => {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    const files = entries.filter(({ isFile }) => isFile).map(({ name }) => name).sort();
    return await Promise.all(
      files.map(async (name) => [name, await Deno.readFile(join(folder, name))] as const),
    );
  };
  const before = await contents();
  await step();
  assert.deepEqual(await contents(), before);
}

/** Asserts that a step fails in a way that a person can act on. */
export async function assertUserError(step: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(step, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.code, "ledger");
    assert.match(error.message, message);
    assert.ok(error.hint !== null && !error.message.endsWith("."));
    return true;
  });
}
