/** What may become of a ledger file as a whole, and what is said of it. */

import { DatabaseSync } from "node:sqlite";
import { volume } from "../helpers/night_rig.ts";
import type { DamagePc } from "./damage_pc.ts";

/** A fault. */
export interface LedgerFault {
  readonly name: string;
  damage(pc: DamagePc): void | Promise<void>;
  /** Found in what the night says. */
  readonly told: RegExp;
  /** How many ledgers lie beside the new one. */
  readonly aside: number;
}

const SET_ASIDE = (reason: string): RegExp =>
  new RegExp(
    `The ledger was damaged \\(${reason}\\) and set aside as "ledger\\.damaged-1\\.db"; a new one was begun`,
  );

function rewrite(pc: DamagePc, change: (bytes: Uint8Array) => Uint8Array): void {
  Deno.writeFileSync(pc.ledger, change(Deno.readFileSync(pc.ledger)));
}

function sql(pc: DamagePc, ...statements: readonly string[]): void {
  const db = new DatabaseSync(pc.ledger);
  for (const statement of statements) db.exec(statement);
  db.close();
}

/** The page size of SQLite's files. */
const PAGE = 4096;

const CUTS: readonly (readonly [string, (size: number) => number, RegExp])[] = [
  ["its last page", (size) => size - PAGE, SET_ASIDE("its pages are damaged")],
  ["half of it", (size) => size >> 1, SET_ASIDE("its pages are damaged")],
  ["all but its first page", () => PAGE, SET_ASIDE("its pages are damaged")],
  ["all but its header", () => 100, SET_ASIDE("it is not a database|its pages are damaged")],
  ["all but one byte", () => 1, SET_ASIDE("it is not a database")],
];

/** The table. */
export const LEDGER_FAULTS: readonly LedgerFault[] = [
  {
    name: "truncated: its last byte gone",
    damage: (pc) => rewrite(pc, (bytes) => bytes.slice(0, -1)),
    // SQLite takes the byte for a zero, and the row that it belongs to has a checksum
    told: /Row ".*" of table ".*" of the ledger was damaged and left out/,
    aside: 0,
  },
  ...CUTS.map(([what, to, told]): LedgerFault => ({
    name: `truncated: ${what} gone`,
    damage: (pc) => rewrite(pc, (bytes) => bytes.slice(0, to(bytes.length))),
    told,
    aside: 1,
  })),
  {
    name: "zero bytes",
    damage: (pc) => rewrite(pc, () => new Uint8Array()),
    told: SET_ASIDE("it is empty"),
    aside: 1,
  },
  {
    name: "nothing but zeros",
    damage: (pc) => rewrite(pc, (bytes) => new Uint8Array(bytes.length)),
    told: SET_ASIDE("it is not a database"),
    aside: 1,
  },
  {
    name: "a sector of it blank",
    damage: (pc) => rewrite(pc, (bytes) => bytes.fill(0, 3 * PAGE, 3 * PAGE + 512)),
    told: SET_ASIDE("its pages are damaged"),
    aside: 1,
  },
  {
    name: "a text in its place",
    damage: (pc) => rewrite(pc, () => new TextEncoder().encode("Dear Anna,\r\n".repeat(900))),
    told: SET_ASIDE("it is not a database"),
    aside: 1,
  },
  {
    name: "a database of another program in its place",
    damage(pc): void {
      Deno.removeSync(pc.ledger);
      sql(pc, "CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('x')");
    },
    told: SET_ASIDE("it belongs to another program"),
    aside: 1,
  },
  {
    name: "an empty database in its place",
    damage(pc): void {
      Deno.removeSync(pc.ledger);
      sql(pc, "CREATE TABLE notes (text)", "DROP TABLE notes", "VACUUM");
    },
    told: /The ledger was/,
    aside: 1,
  },
  {
    name: "removed",
    damage: (pc) => Deno.removeSync(pc.ledger),
    told: /The ledger was missing, although the archive holds reports/,
    aside: 0,
  },
  {
    name: "removed, and a journal left behind",
    damage(pc): void {
      Deno.renameSync(pc.ledger, `${pc.ledger}-journal`);
    },
    told: /The ledger was missing, although the archive holds reports/,
    aside: 0,
  },
  {
    name: "replaced by another PC's",
    damage: (pc) => Deno.copyFileSync(`${pc.root}/other/ledger.db`, pc.ledger),
    told: SET_ASIDE('it is that of another PC, "BERND-PC"'),
    aside: 1,
  },
  {
    name: "replaced by that of another PC with places of its own",
    damage: (pc) => Deno.copyFileSync(`${pc.root}/stranger/ledger.db`, pc.ledger),
    told: SET_ASIDE('it is that of another PC, "CARLA-PC"'),
    aside: 1,
  },
];

/** Keys of the other PC. */
export const OTHER_KEYS = [101, 110] as const;

const OTHER_VOLUMES = [
  volume("C:", [101], { deviceId: "\\\\?\\Volume{other C}\\" }),
  volume("D:", [110], { deviceId: "\\\\?\\Volume{other D}\\" }),
];

/** Another PC that uses the same destinations, and one that does not, for a few nights. */
export async function runOtherPcs(pc: DamagePc): Promise<void> {
  const other = {
    data: "other",
    host: "BERND-PC",
    machineId: "4c4c4544-0099-3510-8052-b4c04f4d9999",
    volumes: OTHER_VOLUMES,
  };
  await Deno.mkdir(`${pc.root}/attic`);
  const settings = {
    destinations: [{ name: "attic", kind: "folder", path: `${pc.root}/attic`, synced: true }],
  };
  const stranger = { ...other, data: "stranger", host: "CARLA-PC", settings };
  for (const plan of [other, stranger]) {
    await pc.night(plan);
    await pc.night(plan);
  }
}
