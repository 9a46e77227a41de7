/** Compares lists of recovery keys with what this PC has now. Shows Key IDs, never digits. */

import { fingerprintsOf } from "../lib/core/fingerprint.ts";
import type { WindowsBackup } from "../lib/core/ledger_model.ts";
import type { Snapshot } from "../lib/core/model.ts";
import { parseEnvelope } from "../lib/core/parse_envelope.ts";
import { parseJsonDocument } from "../lib/core/parse_json.ts";
import { type Advice, advise } from "../lib/core/reconcile/advise.ts";
import type { ReconciledKey } from "../lib/core/reconcile/model.ts";
import type { LedgerFacts } from "../lib/core/reconcile/look_at_pc.ts";
import type { ListKind } from "../lib/core/reconcile/list_kind.ts";
import { type KnownPcs, knownPcs } from "../lib/core/reconcile/own_pc.ts";
import { reconcile } from "../lib/core/reconcile/reconcile.ts";
import { sayReconciled } from "../lib/core/reconcile/say_reconciled.ts";
import { redactRecoveryPasswords } from "../lib/core/recovery_password.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import { type ReadList, readLists } from "./read_lists.ts";
import { readSecrets } from "./seal_secrets.ts";
import { type Deps, flag, type TaskArguments, textOption } from "./task.ts";

/**
 * Compares.
 *
 * @param args FILE…, FOLDER… or `-`; `--snapshot`, `--identity`, `--passphrase-file`, `--data`, `--json`.
 * @param deps The world.
 * @returns `ok`; `partial` when a list, or a part of the ledger, could not be read.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  if (args.positionals.length === 0) {
    throw new UserError("usage", "Cannot reconcile: no list is given", {
      hint: "spare-key reconcile FILE, or - for standard input",
    });
  }
  const secrets = await readSecrets(args, deps);
  const snapshot = await readSnapshot(textOption(args, "snapshot"), deps);
  const { ledger, backups, damage, closed } = await readLedger(args, snapshot !== null, deps);
  const { files, listed, documents, troubles } = await readLists({ paths: args.positionals, secrets }, deps);
  const known = knownPcs({
    ledger,
    snapshot,
    fingerprints: snapshot === null ? new Map() : await fingerprintsOf(snapshot),
    documents,
  });
  const pcs = closed === null ? known : { ...known, remarks: [...known.remarks, closed] };
  const keys = reconcile(listed, pcs, { isNothingRead: files.length === 0 });
  const isPartial = troubles.length > 0 || files.some(({ refused }) => refused.length > 0);
  const kinds = new Set(files.flatMap(kindsOf));
  const advice = advise({ keys, own: pcs.own, kinds, isPartial, backups });
  const all = [...damage, ...troubles].map(redactRecoveryPasswords);
  for (const trouble of all) deps.terminal.say(trouble);
  tell({ keys, pcs, files, advice, isPartial, troubles: all }, { asJson: flag(args, "json"), deps });
  return all.length > 0 ? "partial" : "ok";
}

/** For this task, too, a file that is not there is a snapshot that cannot be used. */
async function readSnapshot(path: string | null, deps: Deps): Promise<Snapshot | null> {
  if (path === null) return null;
  const what = `snapshot "${path}"`;
  try {
    const bytes = await deps.files.read(path);
    try {
      return parseEnvelope(parseJsonDocument(bytes, { code: "snapshot", what }), what).snapshot;
    } finally {
      bytes.fill(0);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError("snapshot", error.message, {
      cause: error,
      ...(error.hint === null ? {} : { hint: error.hint }),
    });
  }
}

interface Ledger {
  readonly ledger: LedgerFacts;
  readonly backups: readonly WindowsBackup[];
  /** What is wrong with it, as sentences. */
  readonly damage: readonly string[];
  /** Why it could not be read, though nobody asked for it; `null` when it was read, or there is none. */
  readonly closed: string | null;
}

const NOTHING: LedgerFacts = {
  machineId: null,
  hostName: null,
  volumes: [],
  destinations: [],
  reports: [],
  lastRun: null,
};

/** Beside a snapshot the ledger adds the past; it is asked for by `--data`, else it may be missing. */
async function readLedger(args: TaskArguments, hasSnapshot: boolean, deps: Deps): Promise<Ledger> {
  const named = textOption(args, "data");
  const data = named ?? deps.defaultData;
  try {
    const ledger = await deps.openLedger(data);
    try {
      const view = await ledger.load();
      if (!hasSnapshot && view.lastRun === null && view.volumes.length === 0) {
        const [damage] = view.damage;
        throw new UserError(
          "ledger",
          `Cannot reconcile: nothing is known of this PC in "${data}"${
            damage === undefined ? "" : `. ${damage}`
          }`,
          { hint: 'Run "spare-key check" on the PC first, or give its snapshot by --snapshot FILE' },
        );
      }
      return {
        ledger: view,
        backups: view.backups,
        damage: view.damage,
        closed: null,
      };
    } finally {
      ledger.close();
    }
  } catch (error) {
    if (!(error instanceof UserError) || !hasSnapshot || named !== null) throw error;
    return {
      ledger: NOTHING,
      backups: [],
      damage: [],
      closed: `${error.message}: what this PC had before is not known`,
    };
  }
}

interface Result {
  readonly keys: readonly ReconciledKey[];
  readonly pcs: KnownPcs;
  readonly files: readonly ReadList[];
  readonly advice: readonly Advice[];
  readonly isPartial: boolean;
  readonly troubles: readonly string[];
}

interface Telling {
  readonly asJson: boolean;
  readonly deps: Deps;
}

function tell(
  { keys, pcs: { own, remarks }, files, advice, isPartial, troubles }: Result,
  { asJson, deps }: Telling,
): void {
  const { terminal } = deps;
  if (!asJson) {
    const about = files.flatMap((file) => [...sayRefused(file), ...sayEmpty(file)]);
    for (const line of sayReconciled({ keys, own, remarks: [...remarks, ...about], advice, isPartial })) {
      terminal.out(redactRecoveryPasswords(line));
    }
    return;
  }
  const document = {
    schema: 1,
    host: own.name,
    asOf: own.asOf,
    keys: keys.map(({ own: key, ...row }) => ({ ...row, label: key?.volume.label ?? null })),
    files,
    unread: own.unread,
    remarks,
    advice,
    troubles,
  };
  terminal.out(
    JSON.stringify(
      document,
      (_, value: unknown) => typeof value === "string" ? redactRecoveryPasswords(value) : value,
    ),
  );
}

/** A list without a key does not show of which kind it is: an empty page of an account looks like any other text. */
function kindsOf({ keys, list }: ReadList): readonly ListKind[] {
  return keys === 0 && list === "other" ? ["microsoft-account", "other"] : [list];
}

function sayEmpty({ path, keys, refused }: ReadList): readonly string[] {
  return keys > 0 || refused.length > 0
    ? []
    : [`"${path}" shows no key: look whether all of the list is in it`];
}

function sayRefused({ path, refused }: ReadList): readonly string[] {
  return refused.map(({ line, reason }) =>
    `"${path}"${line === null ? "" : `, line ${line}`}: the digits there are no recovery key, ${reason}`
  );
}
