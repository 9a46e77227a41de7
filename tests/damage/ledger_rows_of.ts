/** Every row of a ledger, and how to damage it and no other. */

import { DatabaseSync } from "node:sqlite";
import { LEDGER_KEYS, type LedgerTable } from "../../lib/effects/ledger_schema.ts";
import type { DamagePc } from "./damage_pc.ts";

/** One row. */
export interface LedgerRowAt {
  readonly table: LedgerTable;
  /** By its key. */
  readonly name: string;
  /** Whether a usual night looks at it: of history alone nobody asks. */
  readonly isRead: boolean;
  damage(pc: DamagePc): void;
}

/** The row of the tables' description is as good as the file's header: without it nothing is a ledger of ours. */
const DESCRIPTION = "schema";

/**
 * Lists them.
 *
 * @param pc Whose ledger it is.
 * @returns Rows, by table.
 */
export function ledgerRows(pc: DamagePc): readonly LedgerRowAt[] {
  const db = new DatabaseSync(pc.ledger, { readOnly: true });
  const rows = Object.entries(LEDGER_KEYS).flatMap(([table, keys]) => {
    const where = keys.map((key) => `${key} = ?`).join(" AND ");
    const found = db.prepare(`SELECT ${keys.join(", ")} FROM ${table}`).all();
    const told = db.prepare("SELECT MIN(told_up_to) AS told FROM destinations").get()?.["told"];
    const last = db.prepare("SELECT run_id FROM runs ORDER BY rowid DESC LIMIT 1").get()?.["run_id"];
    const good = db.prepare("SELECT run_id FROM runs WHERE exit = 0 ORDER BY rowid DESC LIMIT 1").get()
      ?.["run_id"];
    return found.map((row): LedgerRowAt => {
      const values = keys.map((key) => row[key] ?? null);
      return {
        table: table as LedgerTable,
        name: values.join(", "),
        isRead: table === "news"
          ? Number(row["id"]) > Number(told)
          : table !== "runs" || row["run_id"] === last || row["run_id"] === good,
        damage({ ledger }): void {
          const file = new DatabaseSync(ledger);
          file.prepare(`UPDATE ${table} SET sum = upper(sum) || 'x' WHERE ${where}`).run(...values);
          file.close();
        },
      };
    });
  });
  db.close();
  return rows.filter(({ table, name }) => table !== "meta" || name !== DESCRIPTION);
}
