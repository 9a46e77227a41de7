/**
 * The program with a bug in it: `bug_main.ts BUG FILE WORDS…`. FILE holds the texts that the bug puts into its error,
 * as JSON: they have no place in arguments.
 */

import { UserError } from "../../lib/errors.ts";
import { start } from "../../main.ts";
import type { OpenNight } from "../../tasks/task.ts";

/** What the error of a bug may hold. */
export interface BugTexts {
  readonly digits: string;
  readonly password: string;
  readonly archiveKey: string;
}

function errorWith(stack: string): Error {
  const error = new Error("something is wrong");
  error.stack = stack;
  return error;
}

/** What is thrown, by name. */
export const BUGS: Readonly<Record<string, (texts: BugTexts) => unknown>> = {
  "V8 quotes JSON behind the digits": ({ digits }) =>
    parsed(`{"recoveryPassword":"${digits}",,"drive":"C:"}`),
  "V8 quotes JSON in the digits": ({ digits }) => parsed(`{"type":3,"recoveryPassword":${digits}}`),
  "V8 quotes a short text": ({ digits }) => parsed(`{"a":"${digits.slice(0, 28)}`),
  "V8 quotes a password": ({ password }) => parsed(`{"smtpPassword":${password},"archiveKey":null}`),
  "a message with digits": ({ digits }) => new Error(`Cannot do it with ${digits}`),
  "a message with bare digits": ({ digits }) =>
    new TypeError(`it is ${digits.replaceAll("-", "")}, not a list`),
  "a message with a part of the digits": ({ digits }) => new RangeError(`"…${digits.slice(10, 31)}…"`),
  "a message with blanks between": ({ digits }) => new Error(digits.replaceAll("-", "\u00a0").slice(3)),
  "a message with other secrets": ({ password, archiveKey }) =>
    new Error(`login ${password}, key ${archiveKey}`),
  "a name with digits": ({ digits }) => Object.assign(new Error("x"), { name: digits }),
  "a stack of its own": ({ digits, password }) =>
    errorWith(`Error: ${digits}\n    at ${digits} (main.ts:1:1)\n    at ${password} (main.ts:1:1)`),
  "a cause": ({ digits, password }) => new Error("x", { cause: new Error(`${digits} ${password}`) }),
  "several": ({ digits, password }) => new AggregateError([new Error(digits), new Error(password)], digits),
  "a text": ({ digits, password }) => `${digits} ${password}`,
  "no error at all": ({ digits, password }) => ({
    digits,
    password,
    toString: () => `${digits} ${password}`,
  }),
  "an error for people": ({ digits, password, archiveKey }) =>
    new UserError("destination", `Cannot use ${digits} ${password}`, { hint: `${archiveKey} ${digits}` }),
};

/** When it is thrown: in the night, or by what nobody waits for. */
export type BugPlace = "night" | "timer" | "promise";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

if (import.meta.main) {
  const [bug = "", place = "", file = "", ...argv] = Deno.args;
  const texts: BugTexts = JSON.parse(await Deno.readTextFile(file));
  const thrown = BUGS[bug]?.(texts);
  await start(argv, (night: OpenNight): OpenNight => {
    if (place === "night") throw thrown;
    return {
      ...night,
      archive: {
        ...night.archive,
        list(): Promise<never> {
          if (place === "promise") void Promise.reject(thrown);
          else {
            setTimeout(() => {
              throw thrown;
            });
          }
          // Without a timer nothing keeps the process alive.
          return new Promise(() => setTimeout(() => {}, 60_000));
        },
      },
    };
  });
}
