import assert from "node:assert/strict";
import { startTimeLimit, TimeLimitError } from "../lib/nightly/time_limit.ts";

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}

Deno.test("startTimeLimit() hands on what a step gives", async () => {
  const limit = startTimeLimit(60);
  assert.equal(await limit.wait(Promise.resolve(5)), 5);
  assert.equal(await limit.wait(Promise.resolve("more")), "more");
});

Deno.test("startTimeLimit() hands on why a step failed", async () => {
  const limit = startTimeLimit(60);
  const failure = new Error("disk full");
  await assert.rejects(limit.wait(Promise.reject(failure)), failure);
  assert.equal(await limit.wait(Promise.resolve(5)), 5);
});

Deno.test("startTimeLimit() gives up a step that does not end, and says for how long it waited", async () => {
  await assert.rejects(startTimeLimit(0.01).wait(never()), (error) => {
    assert.ok(error instanceof TimeLimitError);
    assert.match(error.message, /0\.01 seconds/);
    return true;
  });
});

Deno.test("startTimeLimit() gives all steps one span together", async () => {
  const limit = startTimeLimit(0.01);
  await assert.rejects(limit.wait(never()), TimeLimitError);
  await assert.rejects(limit.wait(Promise.resolve("too late")), TimeLimitError);
  const two = startTimeLimit(0.01);
  const ends = await Promise.allSettled([two.wait(never()), two.wait(never()), two.wait(Promise.resolve(1))]);
  assert.deepEqual(ends.map((one) => one.status), ["rejected", "rejected", "fulfilled"]);
});

Deno.test("startTimeLimit() lets a step that fails after its time harm nothing", async () => {
  const limit = startTimeLimit(0.01);
  let fail: (error: Error) => void = () => undefined;
  const step = new Promise<never>((_, reject) => fail = reject);
  await assert.rejects(limit.wait(step), TimeLimitError);
  fail(new Error("late"));
  await assert.rejects(limit.wait(Promise.reject(new Error("later"))), TimeLimitError);
  // An unhandled rejection would end this test run here.
  await new Promise((resolve) => setTimeout(resolve, 0));
});
