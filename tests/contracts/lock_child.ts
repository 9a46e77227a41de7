/**
 * Another process that wants the run lock: says whether it got it, gives it back on the first byte on stdin,
 * and ends on the second. `lock_child.ts FILE WAIT_MS`
 */

import { fileRunLock } from "../../lib/effects/run_lock.ts";

const [path = "", waitMs = "0"] = Deno.args;

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text + "\n"));
}

const lock = fileRunLock(path);
say(await lock.acquire(Number(waitMs)) ? "held" : "busy");
await Deno.stdin.read(new Uint8Array(1));
lock.release();
say("released");
await Deno.stdin.read(new Uint8Array(1));
