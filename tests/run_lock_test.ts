import assert from "node:assert/strict";
import { fileRunLock, readRunLock } from "../lib/effects/run_lock.ts";

async function withPath(run: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(`${folder}/run.lock`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Another process, with the permissions of a run; `lines` are what it says. */
class Other implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;

  constructor(path: string, waitMs: number) {
    const permissions = [`--allow-read=${path}`, `--allow-write=${path}`];
    const script = new URL("contracts/lock_child.ts", import.meta.url).pathname;
    this.#process = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--no-lock",
        "--no-npm",
        "--no-remote",
        ...permissions,
        script,
        path,
        String(waitMs),
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#lines = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  async line(): Promise<string> {
    return (await this.#lines.read()).value?.trim() ?? "end";
  }

  async step(): Promise<void> {
    await this.#input.write(Uint8Array.of(10));
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    assert.equal((await this.#process.status).signal, "SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {}); // closed already where it was killed
    await this.#lines.cancel();
    await this.#process.status;
  }
}

Deno.test("a lock is held by one process at a time, and passed on when it is released", async () => {
  await withPath(async (path) => {
    const lock = fileRunLock(path);
    assert.equal(await lock.acquire(0), true);
    await using refused = new Other(path, 0);
    assert.equal(await refused.line(), "busy");
    await using waiting = new Other(path, 60_000);
    lock.release();
    assert.equal(await waiting.line(), "held");
    assert.equal(await lock.acquire(0), false);
    await waiting.step();
    assert.equal(await waiting.line(), "released");
    assert.equal(await lock.acquire(0), true);
    lock.release();
  });
});

Deno.test("the system gives back the lock of a process that was killed", async () => {
  await withPath(async (path) => {
    await using other = new Other(path, 0);
    assert.equal(await other.line(), "held");
    const lock = fileRunLock(path);
    assert.equal(await lock.acquire(0), false);
    await other.kill();
    assert.equal(await lock.acquire(60_000), true);
    lock.release();
  });
});

Deno.test("acquire() waits until another lets go", async () => {
  await withPath(async (path) => {
    const [first, second] = [fileRunLock(path), fileRunLock(path)];
    assert.equal(await first.acquire(0), true);
    assert.equal(await second.acquire(1), false);
    const waiting = second.acquire(60_000);
    first.release();
    assert.equal(await waiting, true);
    second.release();
  });
});

Deno.test("acquire() of a lock that is held and release() of one that is not change nothing", async () => {
  await withPath(async (path) => {
    const lock = fileRunLock(path);
    lock.release();
    assert.equal(await lock.acquire(0), true);
    assert.equal(await lock.acquire(0), true);
    lock.release();
    lock.release();
    const other = fileRunLock(path);
    assert.equal(await other.acquire(0), true);
    other.release();
    assert.equal((await Deno.stat(path)).isFile, true, "the file stays");
  });
});

Deno.test("what a holder writes in the lock is found by the next one, and by a look while nobody holds it", async () => {
  await withPath(async (path) => {
    const [first, second] = [fileRunLock(path), fileRunLock(path)];
    first.write("nobody holds it");
    assert.deepEqual([first.read(), readRunLock(path)], [null, null], "there is no file yet");
    await first.acquire(0);
    assert.equal(first.read(), null);
    first.write("a longer text");
    first.write("under way");
    assert.equal(first.read(), "under way");
    assert.equal(readRunLock(path), null, "a run that is under way is no news");
    first.release();
    assert.deepEqual([first.read(), readRunLock(path)], [null, "under way"]);
    await second.acquire(0);
    assert.equal(second.read(), "under way");
    second.write(null);
    second.release();
    assert.equal(readRunLock(path), null);
    assert.equal((await Deno.stat(path)).size, 0);
    await Deno.writeTextFile(path, "x".repeat(5000));
    assert.equal(readRunLock(path), null, "somebody else wrote that");
  });
});

Deno.test("a lock on a full disk is held all the same", async () => {
  await withPath(async (path) => {
    // Every write to it ends with "no space left".
    await Deno.symlink("/dev/full", path);
    const lock = fileRunLock(path);
    assert.equal(await lock.acquire(0), true);
    lock.write("under way");
    assert.equal(lock.read(), null);
    lock.release();
  });
});

Deno.test("a lock file that cannot be opened is told with its path and the reason", async () => {
  await withPath(async (path) => {
    await assert.rejects(
      () => fileRunLock(`${path}/missing/x`).acquire(0),
      { message: `Cannot open the lock file "${path}/missing/x": it does not exist` },
    );
    await Deno.mkdir(path);
    await assert.rejects(
      () => fileRunLock(path).acquire(0),
      /Cannot open the lock file ".*": it is a folder$/,
    );
  });
});
