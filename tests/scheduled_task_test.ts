import assert from "node:assert/strict";
import fc from "fast-check";
import { type ScheduledTask, scheduledTasks, type ScheduleRequest } from "../lib/core/scheduled_task.ts";
import { UserError } from "../lib/errors.ts";
import { type Element, readXml, taskProblems } from "./helpers/task_problems.ts";

const SEED = 20261124;
const ANNA = "S-1-5-21-1111-2222-3333-1001";
const ENTRA = "S-1-12-1-1111-2222-3333-4444";
const REQUEST: ScheduleRequest = {
  schedule: { at: "02:00", randomMinutes: 60, timeLimitMinutes: 90 },
  installFolder: "C:\\Program Files\\Spare Key",
  dataFolder: "C:\\ProgramData\\Spare Key",
  users: [ANNA, ENTRA],
};

function taskNamed(name: string, request: ScheduleRequest = REQUEST): ScheduledTask {
  const task = scheduledTasks(request).find((one) => one.name === name);
  assert.ok(task, name);
  return task;
}

/** All elements of a name, at any depth. */
function all(elements: readonly Element[], name: string): readonly Element[] {
  return elements.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one.children, name)]);
}

/** The text of the only element of a name. */
function only(xml: string, name: string): string {
  const found = all(readXml(xml), name);
  assert.equal(found.length, 1, name);
  return found[0]?.text ?? "";
}

const NIGHTLY = taskNamed("\\Spare Key\\Nightly").xml;
const USER = taskNamed(`\\Spare Key\\OneDrive ${ANNA}`).xml;

Deno.test("scheduledTasks() gives XML that Task Scheduler's schema allows, with Windows' line ends", () => {
  const tasks = scheduledTasks(REQUEST);
  assert.deepEqual(tasks.map((one) => one.name), [
    "\\Spare Key\\Nightly",
    `\\Spare Key\\OneDrive ${ENTRA}`,
    `\\Spare Key\\OneDrive ${ANNA}`,
  ]);
  for (const { name, xml } of tasks) {
    assert.deepEqual(taskProblems(xml), [], name);
    assert.doesNotMatch(xml, /[^\r]\n|\r[^\n]/);
    assert.equal(only(xml, "URI"), name);
  }
});

Deno.test("the nightly task runs as SYSTEM, at night, after keys were changed and after start-up", () => {
  const triggers = all(readXml(NIGHTLY), "Triggers")[0]?.children ?? [];
  assert.deepEqual(triggers.map((one) => one.name).sort(), [
    "BootTrigger",
    "CalendarTrigger",
    "EventTrigger",
  ]);
  const delays = Object.fromEntries(triggers.map((one) => [one.name, all([one], "Delay")[0]?.text ?? null]));
  assert.deepEqual(delays, { BootTrigger: "PT10M", CalendarTrigger: null, EventTrigger: "PT5M" });
  const rows: readonly (readonly [string, string])[] = [
    ["UserId", "S-1-5-18"],
    ["RunLevel", "HighestAvailable"],
    ["StartBoundary", "2026-01-01T02:00:00"],
    ["RandomDelay", "PT60M"],
    ["DaysInterval", "1"],
    ["MultipleInstancesPolicy", "Queue"],
    ["DisallowStartIfOnBatteries", "false"],
    ["StopIfGoingOnBatteries", "false"],
    ["StartWhenAvailable", "true"],
    ["WakeToRun", "false"],
    ["RunOnlyIfIdle", "false"],
    ["RunOnlyIfNetworkAvailable", "false"],
    ["Hidden", "false"],
    ["ExecutionTimeLimit", "PT90M"],
    ["Command", "%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"],
    [
      "Arguments",
      "-NoProfile -NonInteractive -ExecutionPolicy Bypass -WindowStyle Hidden -File " +
      '"C:\\Program Files\\Spare Key\\Invoke-SpareKey.ps1" -EventTime "$(EventTime)"',
    ],
  ];
  for (const [name, text] of rows) assert.equal(only(NIGHTLY, name), text, name);
  assert.equal(all(readXml(NIGHTLY), "LogonType").length, 0);
});

Deno.test("the event trigger asks for protectors made and removed, and hands on when that was", () => {
  const [query] = readXml(`<?xml version="1.0"?>${only(NIGHTLY, "Subscription")}`);
  assert.ok(query);
  const [select] = all([query], "Select");
  assert.equal(select?.text, "*[System[(EventID=775 or EventID=776)]]");
  for (const one of [...all([query], "Query"), ...all([query], "Select")]) {
    assert.equal(one.attributes["Path"], "Microsoft-Windows-BitLocker/BitLocker Management");
  }
  const [value] = all(readXml(NIGHTLY), "Value");
  assert.deepEqual([value?.attributes["name"], value?.text], [
    "EventTime",
    "Event/System/TimeCreated/@SystemTime",
  ]);
});

Deno.test("a user's task runs with his own rights alone, while he is signed in", () => {
  assert.deepEqual(all(readXml(USER), "UserId").map((one) => one.text), [ANNA, ANNA]);
  assert.equal(only(USER, "LogonType"), "InteractiveToken");
  assert.equal(only(USER, "RunLevel"), "LeastPrivilege");
  assert.deepEqual(all(readXml(USER), "Triggers")[0]?.children.map((one) => one.name), [
    "LogonTrigger",
    "CalendarTrigger",
  ]);
  assert.equal(
    only(USER, "Arguments"),
    "-NoProfile -NonInteractive -ExecutionPolicy Bypass -WindowStyle Hidden -File " +
      `"C:\\Program Files\\Spare Key\\Copy-SpareKeyPickup.ps1" -Pickup "C:\\ProgramData\\Spare Key\\pickup\\${ANNA}"`,
  );
});

Deno.test("scheduledTasks() gives the same text for the same settings, each user once", () => {
  const again = scheduledTasks({
    ...REQUEST,
    installFolder: "C:/Program Files/Spare Key\\",
    users: [ENTRA, ANNA.toLowerCase(), ANNA],
  });
  assert.deepEqual(again, scheduledTasks(REQUEST));
  assert.equal(scheduledTasks({ ...REQUEST, users: [] }).length, 1);
  const punctual = taskNamed("\\Spare Key\\Nightly", {
    ...REQUEST,
    schedule: { at: "23:59", randomMinutes: 0, timeLimitMinutes: 5 },
  }).xml;
  assert.equal(only(punctual, "StartBoundary"), "2026-01-01T23:59:00");
  assert.equal(all(readXml(punctual), "RandomDelay").length, 0);
  assert.deepEqual(taskProblems(punctual), []);
});

Deno.test("a run comes to its own limit before Task Scheduler ends it without a word", () => {
  for (const [minutes, seconds] of [[5, 270], [15, 870], [16, null], [60, null]] as const) {
    const { xml } = taskNamed("\\Spare Key\\Nightly", {
      ...REQUEST,
      schedule: { at: "02:00", randomMinutes: 0, timeLimitMinutes: minutes },
    });
    assert.equal(only(xml, "ExecutionTimeLimit"), `PT${minutes}M`);
    const given = only(xml, "Arguments").match(/-TimeLimitSeconds (\d+) /)?.[1] ?? null;
    assert.equal(given, seconds === null ? null : String(seconds), `${minutes} minutes`);
  }
});

Deno.test("paths stand in the command line as they are, whatever Windows allows in them", () => {
  const character = fc.constantFrom(..."abcXYZ 0189_-.,;'&()[]{}=+!#$@^~äöüßéñ数据🔑");
  const name = fc.string({ unit: character, minLength: 1, maxLength: 20 }).filter((text) =>
    !text.includes("$(")
  );
  fc.assert(
    fc.property(name, name, (install, data) => {
      const tasks = scheduledTasks({
        ...REQUEST,
        installFolder: `D:\\${install}`,
        dataFolder: `E:\\x\\${data}`,
      });
      for (const { xml } of tasks) {
        assert.deepEqual(taskProblems(xml), []);
        assert.ok(only(xml, "Arguments").includes(`-File "D:\\${install}\\`));
      }
      assert.ok(
        only(tasks.at(-1)?.xml ?? "", "Arguments").endsWith(` -Pickup "E:\\x\\${data}\\pickup\\${ANNA}"`),
      );
    }),
    { seed: SEED },
  );
});

Deno.test("scheduledTasks() refuses folders that would not stand there as they are, and people who are none", () => {
  const folders = [
    "",
    "Spare Key",
    "C:",
    "C:\\",
    "\\\\srv\\share\\x",
    "C:\\100%\\x",
    "C:\\$(Arg0)",
    'C:\\a"b',
    "C:\\a\nb",
  ];
  for (const folder of folders) {
    for (const which of ["installFolder", "dataFolder"] as const) {
      assert.throws(() => scheduledTasks({ ...REQUEST, [which]: folder }), usage, folder);
    }
  }
  for (const user of ["", "Anna", "S-1-5-18", "S-1-5-32-545", "S-1-1-0", "any", `${ANNA} `, `${ANNA}"`]) {
    assert.throws(() => scheduledTasks({ ...REQUEST, users: [ANNA, user] }), usage, user);
  }
});

function usage(error: unknown): true {
  assert.ok(error instanceof UserError && error.code === "usage", String(error));
  return true;
}

Deno.test("the check by the schema finds each of these mistakes", () => {
  const rows: readonly (readonly [string | RegExp, string])[] = [
    ["PT90M", "90 minutes"],
    ["PT90M", "PT"],
    ["PT90M", "P90"],
    ["PT90M", ""],
    ["<Delay>PT5M</Delay>", "<Delay>5</Delay>"],
    ["2026-01-01T02:00:00", "02:00"],
    ["2026-01-01T02:00:00", "2026-13-01T02:00:00"],
    [">Queue<", ">Wait<"],
    [">HighestAvailable<", ">Highest<"],
    ["<WakeToRun>false", "<WakeToRun>no"],
    ["<WakeToRun>false", "<WakeToRun>False"],
    ["WakeToRun", "WakeUpToRun"],
    ["<DaysInterval>1<", "<DaysInterval>0<"],
    ["<DaysInterval>1<", "<DaysInterval>366<"],
    [/<Actions[\s\S]*<\/Actions>\s*/, ""],
    [/<Exec>[\s\S]*<\/Exec>\s*/, ""],
    [/<Command>.*<\/Command>\s*/, ""],
    [/<Command>.*<\/Command>/, "<Command></Command>"],
    [/<Command>.*<\/Command>/, `<Command>${"x".repeat(261)}</Command>`],
    [/<Subscription>.*<\/Subscription>\s*/, ""],
    [/<ScheduleByDay>[\s\S]*<\/ScheduleByDay>\s*/, ""],
    [/(<StartBoundary>.*\s*)(<RandomDelay>.*\s*)/, "$2$1"],
    [/(<Delay>PT5M<\/Delay>\s*)(<ValueQueries>[\s\S]*<\/ValueQueries>\s*)/, "$2$1"],
    [/(<RandomDelay>.*\s*)(<ScheduleByDay>[\s\S]*<\/ScheduleByDay>\s*)/, "$2$1"],
    [/<BootTrigger>/, "<BootTrigger><UserId>S-1-5-18</UserId>"],
    ["<BootTrigger>", "<BootTrigger><Enabled>true</Enabled><Enabled>true</Enabled>"],
    [' name="EventTime"', ""],
    [' Context="Author"', ' Context="Nobody"'],
    [' Context="Author"', ' context="Author"'],
    ['version="1.3"', 'version="1.2"'],
    ['version="1.3"', 'version="2"'],
    ["2004/02/mit/task", "2004/02/mit/job"],
    ['encoding="UTF-16"', 'encoding="utf-8"'],
    ["<Triggers>", "<Triggers>now"],
    ["<UserId>S-1-5-18</UserId>", "<UserId></UserId>"],
    ["<UserId>S-1-5-18</UserId>", "<UserId>S-1-5-18</UserId><GroupId>S-1-5-32-545</GroupId>"],
    ["</Principal>", "</Principal><Principal />"],
    ["<StopOnIdleEnd>", "<Duration>PT30S</Duration><StopOnIdleEnd>"],
    ["<Settings>", "<Settings><Priority>11</Priority>"],
    ["&quot;C:", "&quot;<C:"],
    ["</Settings>", ""],
    ["</Task>", "</Task><Task />"],
    ["<Task ", "<Job "],
  ];
  for (const [from, to] of rows) {
    const broken = NIGHTLY.replace(from, to);
    assert.notEqual(broken, NIGHTLY, String(from));
    assert.notDeepEqual(taskProblems(broken), [], `${from} -> ${to}`);
  }
  const free: readonly (readonly [RegExp, string])[] = [
    [/(<Hidden>.*\s*)(<RunOnlyIfIdle>.*\s*)/, "$2$1"],
    [/(<Triggers>[\s\S]*<\/Triggers>\s*)(<Principals>[\s\S]*<\/Principals>\s*)/, "$2$1"],
    [/<BootTrigger>/, "<BootTrigger><Enabled>true</Enabled>"],
  ];
  for (const [from, to] of free) assert.deepEqual(taskProblems(NIGHTLY.replace(from, to)), [], String(from));
});
