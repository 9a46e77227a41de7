/** Tells of a nightly run that failed outside the program: nothing collected, ended at its time limit, no answer. */

import * as z from "zod/mini";
import { EXIT, type ExitName, UserError } from "../lib/errors.ts";
import { tellFailedCheck } from "./failed_check.ts";
import { readRequest, REQUEST_HEAD } from "./read_request.ts";
import { type Deps, type TaskArguments, textOption } from "./task.ts";

const text = z.nullish(z.string());

const requestSchema = z.object({
  ...REQUEST_HEAD,
  secrets: z.nullish(z.object({ smtpPassword: text })),
  host: text,
  takenAt: text,
  failure: z.object({ exit: z.number(), message: z.string(), hint: text }),
});

/**
 * Reads `{schema, settings, secrets, host, takenAt, failure}` on stdin, remembers the failure for `status`, mails
 * where mail still works, and says who was told.
 *
 * @param args `--data`
 * @param deps The world.
 * @returns `ok`, whoever was told.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const { settings, secrets, host, takenAt, failure } = await readRequest(requestSchema, deps);
  const told = await tellFailedCheck({
    error: new UserError(nameOf(failure.exit), failure.message, failure.hint ? { hint: failure.hint } : {}),
    document: { snapshot: { host: { name: host }, takenAt }, settings, secrets },
    envelope: null,
    settings: null,
    data: textOption(args, "data") ?? deps.defaultData,
    config: null,
  }, deps);
  deps.terminal.out(JSON.stringify({ schema: 1, told }));
  return "ok";
}

/** What Windows ended has a number of its own. */
function nameOf(exit: number): ExitName {
  const names = Object.keys(EXIT) as readonly ExitName[];
  return names.find((name) => EXIT[name] === exit && name !== "ok") ?? "bug";
}
