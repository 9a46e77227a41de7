import assert from "node:assert/strict";
import * as z from "zod/mini";
import { zodMessage, type ZodMessageOptions } from "../lib/core/zod_message.ts";
import { passwordOf } from "./helpers/made_up_values.ts";

const schema = z.object({
  text: z.string(),
  number: z.number(),
  flag: z.boolean(),
  list: z.array(z.object({ size: z.number() })),
  word: z.enum(["tls", "starttls"]),
  port: z.number().check(z.refine((n) => n > 0, { error: "a whole number from 1" })),
});

const good = { text: "a", number: 1, flag: true, list: [], word: "tls", port: 1 };

function messageOf(document: unknown, options?: ZodMessageOptions): string {
  const result = schema.safeParse(document);
  assert.ok(!result.success);
  return zodMessage(result.error.issues, document, options);
}

Deno.test("zodMessage() says where, what is there, and what should be", () => {
  const rows: readonly (readonly [unknown, string])[] = [
    [{ ...good, text: undefined }, '"text" is missing, must be a text'],
    [{ ...good, text: null }, '"text" is null, must be a text'],
    [{ ...good, text: 5 }, '"text" is a number, must be a text'],
    [{ ...good, number: "5" }, '"number" is a text, must be a number'],
    [{ ...good, flag: "yes" }, '"flag" is a text, must be true or false'],
    [{ ...good, list: {} }, '"list" is an object, must be a list'],
    [{ ...good, list: [{ size: 1 }, { size: "x" }] }, '"list[1].size" is a text, must be a number'],
    [{ ...good, list: [7] }, '"list[0]" is a number, must be an object'],
    [{ ...good, word: "ssl" }, '"word" is a text, must be "tls" or "starttls"'],
    [{ ...good, port: 0 }, '"port" is a number, must be a whole number from 1'],
    [null, '"document" is null, must be an object'],
    [[], '"document" is a list, must be an object'],
  ];
  for (const [document, message] of rows) assert.equal(messageOf(document), message);
});

Deno.test("zodMessage() words three issues and counts the rest", () => {
  const message = messageOf({});
  assert.equal(message.split("; ").length, 4);
  assert.match(message, /; 3 more$/);
});

Deno.test("zodMessage() quotes a value only when asked to, shortened, and never a recovery password", () => {
  const secret = passwordOf(3);
  assert.ok(!messageOf({ ...good, word: "hunter2" }).includes("hunter2"));
  assert.equal(
    messageOf({ ...good, word: "hunter2" }, { quote: true }),
    '"word" is "hunter2", must be "tls" or "starttls"',
  );
  assert.ok(messageOf({ ...good, number: "x".repeat(5000) }, { quote: true }).length < 200);
  const quoted = messageOf({ ...good, number: secret }, { quote: true });
  for (const group of secret.split("-")) assert.ok(!quoted.includes(group));
});

Deno.test("zodMessage() words what is wrong where a list may also be a bare object", () => {
  const either = z.object({
    volumes: z.union([z.array(z.object({ id: z.string() })), z.object({ id: z.string() })]),
  });
  for (const volumes of [[{ id: "a" }, {}], {}, "C:", null]) {
    const document = { volumes };
    const result = either.safeParse(document);
    assert.ok(!result.success);
    assert.doesNotMatch(zodMessage(result.error.issues, document), /Invalid input|invalid_union/);
  }
});
