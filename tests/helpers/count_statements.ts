/** Counts what a step asks of SQLite: time depends on the PC, these numbers do not. */

import { DatabaseSync, type StatementSync } from "node:sqlite";

/** By verb and table, as `INSERT runs`: how many rows were written, or read. */
export type RowCounts = Readonly<Record<string, number>>;

/** What is counted; `PRAGMA`, `BEGIN` and `COMMIT` are not. */
const STATEMENT = /^(?:(INSERT) OR REPLACE INTO|(DELETE) FROM|(UPDATE)|(SELECT) .*?FROM) (\w+)/s;

/**
 * Counts rows while a step runs, whichever connections it opens in this process.
 *
 * @param act The step.
 * @returns The counts.
 */
export async function countRows(act: () => Promise<unknown>): Promise<RowCounts> {
  const counts: Record<string, number> = {};
  const prepare = DatabaseSync.prototype.prepare;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string): StatementSync {
    const statement = prepare.call(this, sql);
    const [, ...words] = STATEMENT.exec(sql) ?? [];
    const name = words.filter((word) => word !== undefined).join(" ");
    if (name === "") return statement;
    const add = (rows: number): void => void (counts[name] = (counts[name] ?? 0) + rows);
    const { all, get, run } = statement;
    statement.all = ((...values: Parameters<typeof all>) => {
      const rows = all.apply(statement, values);
      add(rows.length);
      return rows;
    }) as typeof all;
    statement.get = ((...values: Parameters<typeof get>) => {
      const row = get.apply(statement, values);
      add(row === undefined ? 0 : 1);
      return row;
    }) as typeof get;
    statement.run = ((...values: Parameters<typeof run>) => {
      const result = run.apply(statement, values);
      add(Number(result.changes));
      return result;
    }) as typeof run;
    return statement;
  };
  try {
    await act();
    return counts;
  } finally {
    DatabaseSync.prototype.prepare = prepare;
  }
}
