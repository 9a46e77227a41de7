/**
 * A PC with many nights behind it, made by the program itself: real ledger, archive, folders, mails. Of nights that
 * show nothing new, only the record is made.
 */

import { main } from "../../main.ts";
import type { Run } from "../../lib/core/ledger_model.ts";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { quietly } from "../damage/quietly.ts";
import { startMailServer } from "../helpers/mail_server.ts";
import { type Json, keyDocument, volumeDocument } from "../helpers/snapshots.ts";
import { PRODUCTION_FLAGS, runDeno } from "./production.ts";

/** A PC that only gets older. */
export interface LoadPc {
  readonly root: string;
  /** What decides about runs, and `DENO_DIR` and TEMP. */
  readonly home: string;
  readonly data: string;
  /** The Deno config file that the program computed for this PC. */
  readonly permissions: string;
  /** An envelope of a night that shows nothing new. */
  readonly envelope: string;
}

/** What a PC shows on its n-th night, counted from 0. */
export type Nights = (night: number) => readonly unknown[];

/** What became of the past. */
export interface Past {
  readonly nights: number;
  readonly changes: number;
  readonly mails: number;
  readonly ledgerBytes: number;
}

const HOST = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A household's PC: each of these happens so often in ten years, 500 changes with the four of the first night.
 *
 * @param night Counted from 0.
 * @returns C: whose key changes every two months and whose protection is off for an update each month, D:, and a
 * stick that is away for a while.
 */
export function householdNights(night: number): readonly unknown[] {
  const key = 1 + Math.floor(night / 61);
  const off = night % 30 === 20 ? { protectionStatus: 0 } : {};
  const stick = night % 52 < 45;
  return [
    volumeDocument({ protectors: [keyDocument(key)], ...off }),
    volumeOf(2, "D:", [1000], { volumeType: 1 }),
    ...stick ? [volumeOf(3, "E:", [1001], { volumeType: 2 })] : [],
  ];
}

const VOLUMES = 64;
const PROTECTORS = 40;
const KEYS = 8;

/**
 * A server with 64 volumes and 40 protectors on each, 8 of them recovery passwords.
 *
 * @param night Counted from 0. Every 73rd night five keys change.
 * @returns The volumes.
 */
export function serverNights(night: number): readonly unknown[] {
  const round = Math.floor(night / 73);
  return Array.from({ length: VOLUMES }, (_, index) => {
    const drive = index < 24 ? `${String.fromCharCode("C".charCodeAt(0) + index)}:` : null;
    const first = index * PROTECTORS;
    // the volumes take turns, five at a time
    const turns = Math.floor((round * 5 + VOLUMES - 1 - index) / VOLUMES);
    const keys = Array.from(
      { length: KEYS },
      (_, at) => first + at + (at === 0 ? turns * VOLUMES * PROTECTORS : 0),
    );
    const others = Array.from({ length: PROTECTORS - KEYS }, (_, at) => ({
      id: `{${String(first + at).padStart(8, "0")}-0000-4000-8000-0123456789AB}`,
      type: [1, 2, 4, 8, 9][at % 5],
      friendlyName: "",
      recoveryPassword: null,
    }));
    return volumeOf(100 + index, drive, keys, {
      volumeType: index === 0 ? 0 : 1,
      mountPaths: [drive === null ? `C:\\mounts\\${index}\\` : `${drive}\\`],
    }, others);
  });
}

function volumeOf(
  number: number,
  drive: string | null,
  keys: readonly number[],
  more: Json,
  others: readonly unknown[] = [],
): Json {
  const suffix = String(number).padStart(12, "0");
  return volumeDocument({
    deviceId: `\\\\?\\Volume{4f1c2a00-0000-0000-0000-${suffix}}\\`,
    persistentVolumeId: `{4f1c2a01-0000-0000-0000-${suffix}}`,
    drive,
    label: `Data ${number}`,
    mountPaths: drive === null ? [] : [`${drive}\\`],
    protectors: [...keys.map((key) => keyDocument(key)), ...others],
    ...more,
  });
}

/**
 * Runs nights, the last of them last night, and readies the PC for the bundle.
 *
 * @param folder An empty folder.
 * @param program The bundle's `main.js`.
 * @param past How many nights, and what they show.
 * @returns The PC, and what its past came to.
 */
export async function loadPc(
  folder: string,
  program: string,
  { nights, shows }: { readonly nights: number; readonly shows: Nights },
): Promise<readonly [LoadPc, Past]> {
  const pc = {
    root: folder,
    home: `${folder}/home`,
    data: `${folder}/home/state`,
    permissions: `${folder}/home/permissions.json`,
    envelope: `${folder}/envelope.json`,
  };
  for (const path of [`${pc.home}/temp`, `${folder}/plain`, `${folder}/vault`]) {
    await Deno.mkdir(path, { recursive: true });
  }
  const server = await startMailServer();
  try {
    const settings = settingsOf(folder, server.port);
    const today = Date.now();
    let changes = 0;
    let before = "";
    let alike: Run[] = [];
    for (let night = 0; night < nights; night++) {
      const now = new Date(today - (nights - night) * DAY_MS);
      const shown = JSON.stringify(shows(night));
      if (shown === before && night < nights - 1) {
        alike.push(quietRun(night, now));
        continue;
      }
      before = shown;
      await record(pc, alike);
      alike = [];
      const envelope = envelopeOf(shows(night), { settings, now, runId: `night-${night}` });
      await Deno.writeTextFile(pc.envelope, JSON.stringify(envelope));
      const { result, stdout } = await quietly(() =>
        main(
          ["check", "--json", "--data", pc.data, "--snapshot", pc.envelope],
          (open) => ({ ...open, clock: { now: () => now } }),
        )
      );
      if (result !== 0) throw new Error(`Cannot make a past: night ${night} ended with ${result}: ${stdout}`);
      changes += JSON.parse(stdout).changes.length;
    }
    const last = envelopeOf(shows(nights - 1), { settings, now: new Date(today), runId: null });
    await Deno.writeTextFile(pc.envelope, JSON.stringify(last));
    const request = { schema: 1, settings: { policy: null, file: settings }, dataFolder: pc.data };
    const asked = await runDeno(
      pc.home,
      ["run", ...PRODUCTION_FLAGS, "--no-config", program, "permissions"],
      new TextEncoder().encode(JSON.stringify(request)),
    );
    if (asked.code !== 0) throw new Error(`Cannot compute permissions: ${asked.stderr}`);
    await Deno.writeTextFile(pc.permissions, asked.stdout);
    const { size } = await Deno.stat(`${pc.data}/ledger.db`);
    return [pc, { nights, changes, mails: server.mails.length, ledgerBytes: size }];
  } finally {
    await server.stop();
  }
}

function quietRun(night: number, now: Date): Run {
  return {
    runId: `night-${night}`,
    takenAt: now.toISOString(),
    exit: 0,
    changes: 0,
    findings: [],
    shortfalls: [],
  };
}

/** All that stays of a night that showed nothing new, as the program's own ledger keeps it. */
async function record(pc: LoadPc, runs: readonly Run[]): Promise<void> {
  if (runs.length === 0) return;
  const ledger = await openSqliteLedger(`${pc.data}/ledger.db`, { archiveHasFiles: true });
  for (const run of runs) await ledger.save({ run });
  ledger.close();
}

function settingsOf(folder: string, port: number): Json {
  return {
    destinations: [
      { name: "plain", kind: "folder", path: `${folder}/plain`, synced: true },
      { name: "vault", kind: "folder", path: `${folder}/vault`, synced: true },
      { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "none" },
    ],
    smtp: { host: "localhost", port, security: "none", from: "keys@example.org" },
  };
}

function envelopeOf(
  volumes: readonly unknown[],
  { settings, now, runId }: { readonly settings: Json; readonly now: Date; readonly runId: string | null },
): Json {
  const snapshot = { schema: 1, takenAt: now.toISOString(), host: HOST, volumes };
  return { schema: 1, runId, snapshot, settings: { policy: null, file: settings }, secrets: {} };
}
