/** The task `schedule`, as installation starts it. */

import assert from "node:assert/strict";
import { program } from "./helpers/program.ts";
import { taskProblems } from "./helpers/task_problems.ts";

const ANNA = "S-1-5-21-1111-2222-3333-1001";

async function schedule(request: unknown): Promise<{ readonly code: number; readonly answer: Answer }> {
  const ended = await program(["schedule", "--json"], { stdin: JSON.stringify(request), permissions: [] });
  return { code: ended.code, answer: JSON.parse(ended.stdout) };
}
interface Answer {
  readonly schema: number;
  readonly tasks?: readonly { readonly name: string; readonly xml: string }[];
  readonly error?: { readonly code: string; readonly message: string };
}

const REQUEST = {
  schema: 1,
  settings: { policy: { "Schedule.At": "04:30" }, file: { schedule: { at: "03:10", randomMinutes: 15 } } },
  installFolder: "C:\\Program Files\\Spare Key",
  dataFolder: "C:\\ProgramData\\Spare Key",
  users: [ANNA],
};

Deno.test("schedule answers tasks by file and policy, and needs no rights for it", async () => {
  const { code, answer } = await schedule(REQUEST);
  assert.equal(code, 0);
  assert.equal(answer.schema, 1);
  assert.deepEqual(answer.tasks?.map((one) => one.name), [
    "\\Spare Key\\Nightly",
    `\\Spare Key\\OneDrive ${ANNA}`,
  ]);
  for (const { name, xml } of answer.tasks ?? []) assert.deepEqual(taskProblems(xml), [], name);
  assert.match(answer.tasks?.[0]?.xml ?? "", /T04:30:00<[\s\S]*<RandomDelay>PT15M</);
});

Deno.test("schedule gives the usual hours where the settings are wrong, and an error where the request is", async () => {
  const wrong = await schedule({
    ...REQUEST,
    settings: { policy: null, file: { schedule: { at: "25:00" } } },
  });
  assert.equal(wrong.code, 0);
  assert.match(wrong.answer.tasks?.[0]?.xml ?? "", /T02:00:00</);
  const none = await schedule({ ...REQUEST, settings: { policy: null, file: null }, users: null });
  assert.equal(none.answer.tasks?.length, 1);
  const refused = await schedule({ ...REQUEST, users: ["Anna"] });
  assert.deepEqual([refused.code, refused.answer.error?.code], [2, "usage"]);
  const { installFolder: _, ...lacking } = REQUEST;
  const broken = await schedule(lacking);
  assert.deepEqual([broken.code, broken.answer.error?.code], [10, "settings"]);
});
