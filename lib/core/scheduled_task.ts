/**
 * The tasks that Windows' Task Scheduler runs, in its own XML: the nightly run as SYSTEM, and for each user with
 * a OneDrive folder the copying of what was put down for him. They hold no secret; the same settings give the
 * same text. [MS-TSCH] 2.5 is the format.
 */

import { UserError } from "../errors.ts";
import { accountSid } from "./folder_security.ts";
import type { Settings } from "./settings.ts";

/** A task to register. */
export interface ScheduledTask {
  /** Its path in Task Scheduler, `\Spare Key\Nightly`. */
  readonly name: string;
  /** Declares UTF-16: it is to be written as UTF-16LE with a byte order mark. */
  readonly xml: string;
}

/** What the tasks are made from. */
export interface ScheduleRequest {
  /** When the nightly run starts, and how long it may take. */
  readonly schedule: Settings["schedule"];
  /** Where the scripts lie. */
  readonly installFolder: string;
  /** Where the pick-up folders lie. */
  readonly dataFolder: string;
  /** SIDs of those who carry to their OneDrive themselves. */
  readonly users: readonly string[];
}

/** The folder of the tasks in Task Scheduler. */
const FOLDER = "\\Spare Key";
const POWERSHELL = "%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
/** No profile, no question, no window. A policy of AllSigned beats Bypass; installation says so. */
const SILENT = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -WindowStyle Hidden -File";
/** Any day long past: only its time of day counts. */
const FIRST_DAY = "2026-01-01";
/** Seconds that a run gives itself: default of `-TimeLimitSeconds` of Invoke-SpareKey.ps1. */
const OWN_LIMIT = 900;
/** Seconds in which a run that came to its limit says so, before Task Scheduler ends it without a word. */
const LAST_WORDS = 30;
const CHANNEL = "Microsoft-Windows-BitLocker/BitLocker Management";
/** Protector made, protector removed: Microsoft's manifest of the BitLocker API provider. */
const EVENTS = [775, 776] as const;

/**
 * Makes all tasks.
 *
 * @param request Schedule, folders and users.
 * @returns The nightly task first, then one a user, sorted by SID.
 * @throws {UserError} `usage` when a folder cannot stand in a task, or a user is no SID of an account.
 */
export function scheduledTasks(request: ScheduleRequest): readonly ScheduledTask[] {
  const install = plainFolder(request.installFolder, "program folder");
  const data = plainFolder(request.dataFolder, "data folder");
  const users = [...new Set(request.users.map(userSid))].sort();
  return [
    nightlyTask(request.schedule, install),
    ...users.map((sid) => userTask(sid, { install, data })),
  ];
}

function nightlyTask(schedule: Settings["schedule"], install: string): ScheduledTask {
  const seconds = schedule.timeLimitMinutes * 60 - LAST_WORDS;
  const limit = seconds < OWN_LIMIT ? ` -TimeLimitSeconds ${seconds}` : "";
  return taskOf({
    name: `${FOLDER}\\Nightly`,
    description:
      "Compares the BitLocker recovery keys of this PC with the last run and delivers reports of them. Made by Spare Key from its settings: a change made here is undone.",
    triggers: [
      // A burst of events gives one run: it looks once, and the others find that it looked after them.
      tag("EventTrigger", [
        tag("Subscription", subscription()),
        tag("Delay", "PT5M"),
        tag("ValueQueries", [tag("Value", "Event/System/TimeCreated/@SystemTime", { name: "EventTime" })]),
      ]),
      daily(schedule.at, schedule.randomMinutes),
      tag("BootTrigger", [tag("Delay", "PT10M")]),
    ],
    principal: [
      tag("UserId", "S-1-5-18"),
      tag("RunLevel", "HighestAvailable"),
    ],
    timeLimit: `PT${schedule.timeLimitMinutes}M`,
    arguments: `${SILENT} "${install}\\Invoke-SpareKey.ps1"${limit} -EventTime "$(EventTime)"`,
  });
}

function userTask(sid: string, folders: { readonly install: string; readonly data: string }): ScheduledTask {
  return taskOf({
    name: `${FOLDER}\\OneDrive ${sid}`,
    description:
      "Copies the reports that Spare Key put down for this user into his OneDrive, with his own rights alone. Made by Spare Key from its settings: a change made here is undone.",
    triggers: [
      // OneDrive itself starts at logon, too.
      tag("LogonTrigger", [tag("UserId", sid), tag("Delay", "PT2M")]),
      daily("12:00", 60),
    ],
    principal: [
      tag("UserId", sid),
      tag("LogonType", "InteractiveToken"),
      tag("RunLevel", "LeastPrivilege"),
    ],
    timeLimit: "PT15M",
    arguments:
      `${SILENT} "${folders.install}\\Copy-SpareKeyPickup.ps1" -Pickup "${folders.data}\\pickup\\${sid}"`,
  });
}

interface TaskParts {
  readonly name: string;
  readonly description: string;
  readonly triggers: readonly Xml[];
  readonly principal: readonly Xml[];
  readonly timeLimit: string;
  readonly arguments: string;
}

function taskOf(parts: TaskParts): ScheduledTask {
  const task = tag("Task", [
    tag("RegistrationInfo", [
      tag("URI", parts.name),
      tag("Author", "Spare Key"),
      tag("Description", parts.description),
    ]),
    tag("Triggers", parts.triggers),
    tag("Principals", [tag("Principal", parts.principal, { id: "Author" })]),
    tag("Settings", [
      tag("MultipleInstancesPolicy", "Queue"),
      tag("DisallowStartIfOnBatteries", "false"),
      tag("StopIfGoingOnBatteries", "false"),
      tag("AllowHardTerminate", "true"),
      tag("StartWhenAvailable", "true"),
      tag("RunOnlyIfNetworkAvailable", "false"),
      tag("IdleSettings", [tag("StopOnIdleEnd", "false"), tag("RestartOnIdle", "false")]),
      tag("AllowStartOnDemand", "true"),
      tag("Enabled", "true"),
      tag("Hidden", "false"),
      tag("RunOnlyIfIdle", "false"),
      tag("UseUnifiedSchedulingEngine", "true"),
      tag("WakeToRun", "false"),
      tag("ExecutionTimeLimit", parts.timeLimit),
    ]),
    tag("Actions", [tag("Exec", [tag("Command", POWERSHELL), tag("Arguments", parts.arguments)])], {
      Context: "Author",
    }),
    // The first version that knows UseUnifiedSchedulingEngine: Windows 7.
  ], { version: "1.3", xmlns: "http://schemas.microsoft.com/windows/2004/02/mit/task" });
  return { name: parts.name, xml: `<?xml version="1.0" encoding="UTF-16"?>\r\n${write(task, "")}` };
}

function daily(at: string, randomMinutes: number): Xml {
  return tag("CalendarTrigger", [
    tag("StartBoundary", `${FIRST_DAY}T${at}:00`),
    ...(randomMinutes > 0 ? [tag("RandomDelay", `PT${randomMinutes}M`)] : []),
    tag("ScheduleByDay", [tag("DaysInterval", "1")]),
  ]);
}

/** The query is XML by itself, in the text of an element. */
function subscription(): string {
  const which = EVENTS.map((id) => `EventID=${id}`).join(" or ");
  return `<QueryList><Query Id="0" Path="${CHANNEL}"><Select Path="${CHANNEL}">*[System[(${which})]]</Select></Query></QueryList>`;
}

/**
 * Task Scheduler replaces %NAME% and $(NAME) in a command line and knows no way to write them as they are; a quote
 * or control character cannot stand in a path of Windows.
 */
function plainFolder(path: string, what: string): string {
  const plain = path.replaceAll("/", "\\").replace(/\\+$/, "");
  // deno-lint-ignore no-control-regex -- such characters are what is looked for
  if (!/^[A-Za-z]:\\[^"<>|*?:%\u0000-\u001f]+$/.test(plain) || plain.includes("$(")) {
    throw new UserError("usage", `Cannot schedule a task for the ${what} "${path}"`, {
      hint:
        'Use a local folder such as "C:\\Program Files\\Spare Key", without %, $( and what no path may hold',
    });
  }
  return plain;
}

function userSid(text: string): string {
  try {
    return accountSid(text);
  } catch (error) {
    throw new UserError("usage", `Cannot schedule a task for user "${text}": it is no SID of an account`, {
      cause: error,
    });
  }
}

/** An element: its name, its attributes, and text or elements in it. */
interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly Xml[];
}

function tag(name: string, content: Xml["content"], attributes: Xml["attributes"] = {}): Xml {
  return { name, attributes, content };
}

function write({ name, attributes, content }: Xml, indent: string): string {
  const start = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join("");
  const inside = typeof content === "string"
    ? escapeXml(content)
    : `\r\n${content.map((one) => write(one, `${indent}  `)).join("")}${indent}`;
  return `${indent}<${name}${start}>${inside}</${name}>\r\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
