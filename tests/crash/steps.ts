/**
 * Numbers everything that a run does to the world, inside a process that dies for real at one of these steps.
 *
 * Nothing in the product knows of it: the functions of Deno and of SQLite that write are replaced by ones that count
 * before and after they do the same.
 */

import { DatabaseSync, type SQLInputValue, StatementSync } from "node:sqlite";

/** At which step a process ends, and where it says how far it came. */
export interface StepPlan {
  /** Counts from 1; 0 for never. */
  readonly killAt: number;
  /** A file that gets a line `number name` as each step is reached. */
  readonly log: string;
  /** What the run takes for the present; `null` for the true time. */
  readonly now: string | null;
  /** Whether the disk can give a file a second name; FAT cannot. */
  readonly hardLinks: boolean;
}

/** Reaches a step: writes its name down, and ends the process where the plan says so. */
export type Step = (name: string) => void;

/**
 * Begins to count, and puts counting functions in place of Deno's and SQLite's own.
 *
 * @param plan When to end.
 * @returns The counter, for further steps.
 */
export function countSteps(plan: StepPlan): Step {
  const log = Deno.openSync(plan.log, { append: true, create: true });
  // Taken now: the log itself is no step.
  const write = Deno.FsFile.prototype.writeSync;
  let count = 0;
  const step: Step = (name) => {
    count++;
    write.call(log, new TextEncoder().encode(`${count} ${name}\n`));
    // No handler, no `finally`, no flush runs after this.
    if (count === plan.killAt) Deno.kill(Deno.pid, "SIGKILL");
  };
  countFileCalls(step, plan);
  countWrites(step);
  countStatements(step);
  return step;
}

function countFileCalls(step: Step, { hardLinks }: StepPlan): void {
  const around = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    step(`before ${name}`);
    const result = await act();
    step(`after ${name}`);
    return result;
  };
  const aroundSync = <T>(name: string, act: () => T): T => {
    step(`before ${name}`);
    const result = act();
    step(`after ${name}`);
    return result;
  };
  const { open, openSync, link, rename, renameSync, remove, removeSync, mkdir, mkdirSync } = Deno;
  const makes = (options?: Deno.OpenOptions): boolean =>
    options?.write === true || options?.append === true || options?.create === true;
  Object.assign(Deno, {
    open: (path: string, options?: Deno.OpenOptions) =>
      makes(options) ? around(`open ${short(path)}`, () => open(path, options)) : open(path, options),
    openSync: (path: string, options?: Deno.OpenOptions) =>
      makes(options)
        ? aroundSync(`open ${short(path)}`, () => openSync(path, options))
        : openSync(path, options),
    link: (from: string, to: string) => {
      // The data folder lies on the PC's own disk, which has them.
      const refuses = !hardLinks && !to.endsWith(".key");
      return around(
        `link ${short(to)}`,
        () => refuses ? Promise.reject(new Deno.errors.NotSupported("no hard links")) : link(from, to),
      );
    },
    rename: (from: string, to: string) => around(`rename ${short(to)}`, () => rename(from, to)),
    renameSync: (from: string, to: string) => aroundSync(`rename ${short(to)}`, () => renameSync(from, to)),
    remove: (path: string) => around(`remove ${short(path)}`, () => remove(path)),
    removeSync: (path: string) => aroundSync(`remove ${short(path)}`, () => removeSync(path)),
    mkdir: (path: string, options?: Deno.MkdirOptions) =>
      around(`mkdir ${short(path)}`, () => mkdir(path, options)),
    mkdirSync: (path: string, options?: Deno.MkdirOptions) =>
      aroundSync(`mkdir ${short(path)}`, () => mkdirSync(path, options)),
  });
}

/** The last part of a path; temporary names are random. */
function short(path: string | URL): string {
  return String(path).split("/").at(-1)?.replace(/^\.spare-key-.*\.tmp$/, "temporary") ?? "";
}

/** The first write to a file takes half of the bytes: whoever dies then leaves half a file. */
function countWrites(step: Step): void {
  const { write, writeSync, sync } = Deno.FsFile.prototype;
  const begun = new WeakSet<Deno.FsFile>();
  const part = (file: Deno.FsFile, bytes: Uint8Array): Uint8Array => {
    if (begun.has(file) || bytes.length < 2) return bytes;
    begun.add(file);
    return bytes.subarray(0, bytes.length >> 1);
  };
  Object.assign(Deno.FsFile.prototype, {
    async write(this: Deno.FsFile, bytes: Uint8Array): Promise<number> {
      const written = await write.call(this, part(this, bytes));
      step(`after ${written < bytes.length ? "half a write" : "write"}`);
      return written;
    },
    writeSync(this: Deno.FsFile, bytes: Uint8Array): number {
      const written = writeSync.call(this, part(this, bytes));
      step(`after ${written < bytes.length ? "half a write" : "write"}`);
      return written;
    },
    async sync(this: Deno.FsFile): Promise<void> {
      await sync.call(this);
      step("after sync");
    },
  });
}

/**
 * Statements that write. A cache of a few pages makes SQLite write to the ledger itself before `COMMIT`, so that
 * whoever dies in a transaction leaves a half-written ledger beside the journal that undoes it.
 */
function countStatements(step: Step): void {
  const { prepare } = DatabaseSync.prototype;
  const run: (this: StatementSync, ...values: SQLInputValue[]) => unknown = StatementSync.prototype.run;
  const small = new WeakSet<DatabaseSync>();
  const texts = new WeakMap<StatementSync, string>();
  Object.assign(DatabaseSync.prototype, {
    prepare(this: DatabaseSync, sql: string): StatementSync {
      if (!small.has(this)) {
        small.add(this);
        prepare.call(this, "PRAGMA cache_size = 1").get();
      }
      const statement = prepare.call(this, sql);
      texts.set(statement, sql.trim().split(/[\s(]+/).slice(0, 5).join(" "));
      return statement;
    },
  });
  Object.assign(StatementSync.prototype, {
    run(this: StatementSync, ...values: SQLInputValue[]): unknown {
      const name = texts.get(this) ?? "statement";
      if (name === "COMMIT") step("before COMMIT");
      const result = run.call(this, ...values);
      step(`after ${name}`);
      return result;
    },
  });
}
