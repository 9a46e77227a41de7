/**
 * What Windows' Task Scheduler takes as a task: the facts of [MS-TSCH] 2.5 and of Microsoft's "Task Scheduler
 * Schema", as far as tasks of Spare Key go. Windows itself refuses what breaks them.
 */

/** A check of a text: what must be, or `null` when it is. */
export type TextRule = (text: string) => string | null;

/** What may stand in an element. `?` behind a name: it may be left out. */
export interface Content {
  /** `all`: each at most once, in any order; `sequence`: in this order; `choice`: any of them, again and again. */
  readonly order: "all" | "sequence" | "choice";
  readonly parts: Readonly<Record<string, string>>;
  /** Of a choice: how many at most, and at least. */
  readonly most?: number;
  readonly least?: number;
  /** Names with `?` may be left out. */
  readonly attributes?: Readonly<Record<string, TextRule>>;
}

const must = (what: string, test: (text: string) => boolean): TextRule => (text) => test(text) ? null : what;
const oneOf = (...values: readonly string[]): TextRule =>
  must(`one of ${values.join(", ")}`, (text) => values.includes(text));
const wholeNumber = (from: number, to: number): TextRule =>
  must(
    `a whole number from ${from} to ${to}`,
    (text) => /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to,
  );

const DURATION =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;
/** Seconds of each part, with months of 30 days. */
const PARTS = [31_536_000, 2_592_000, 86_400, 3600, 60, 1];

const duration = (from = 0, to = Infinity): TextRule => (text) => {
  const parts = DURATION.exec(text)?.slice(1);
  if (parts === undefined) return "a duration such as PT5M";
  const seconds = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (PARTS[index] ?? 0), 0);
  return seconds >= from && seconds <= to ? null : `a duration of ${from} to ${to} seconds`;
};
const ANY_TEXT: TextRule = () => null;
const FILLED = must("a text", (text) => text !== "");
const ID = must("an XML name", (text) => /^[A-Za-z_][\w.-]*$/.test(text));

/** What a text of a type must be. */
export const TEXT_RULES: Readonly<Record<string, TextRule>> = {
  string: ANY_TEXT,
  nonEmptyString: FILLED,
  uri: must("a task's path", (text) => /^\\[^/:*?"<>|]+$/.test(text)),
  path: must("1 to 260 characters", (text) => text.length >= 1 && text.length <= 260),
  boolean: oneOf("true", "false", "0", "1"),
  dateTime: must(
    "a time such as 2026-01-01T02:00:00",
    (text) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/.test(text) &&
      !Number.isNaN(Date.parse(text)),
  ),
  duration: duration(),
  interval: duration(60, 31 * 86_400),
  oneMinuteOrMore: duration(60),
  priority: wholeNumber(0, 10),
  occurrences: wholeNumber(1, 32),
  days: wholeNumber(1, 365),
  restarts: wholeNumber(1, 255),
  policy: oneOf("Parallel", "Queue", "IgnoreNew", "StopExisting"),
  logonType: oneOf("S4U", "Password", "InteractiveToken", "InteractiveTokenOrPassword"),
  runLevel: oneOf("LeastPrivilege", "HighestAvailable"),
  sidType: oneOf("None", "Unrestricted"),
  namedValue: FILLED,
};

/** What every trigger may have, before its own. */
const TRIGGER = {
  "Enabled?": "boolean",
  "StartBoundary?": "dateTime",
  "EndBoundary?": "dateTime",
  "Repetition?": "repetition",
  "ExecutionTimeLimit?": "duration",
} as const;

const trigger = (own: Readonly<Record<string, string>>): Content => ({
  order: "sequence",
  parts: { ...TRIGGER, ...own },
  attributes: { "id?": ID },
});

/** What may stand in an element of a type. */
export const CONTENTS: Readonly<Record<string, Content>> = {
  task: {
    order: "all",
    parts: {
      "RegistrationInfo?": "registrationInfo",
      "Triggers?": "triggers",
      "Settings?": "settings",
      "Principals?": "principals",
      "Actions": "actions",
    },
    attributes: {
      "version?": must("1.2 or later", (text) => /^1\.[2-6]$/.test(text)),
      "xmlns": oneOf("http://schemas.microsoft.com/windows/2004/02/mit/task"),
    },
  },
  registrationInfo: {
    order: "all",
    parts: {
      "URI?": "uri",
      "SecurityDescriptor?": "string",
      "Source?": "string",
      "Date?": "dateTime",
      "Author?": "string",
      "Version?": "string",
      "Description?": "string",
      "Documentation?": "string",
    },
  },
  triggers: {
    order: "choice",
    most: 48,
    parts: {
      BootTrigger: "bootTrigger",
      LogonTrigger: "logonTrigger",
      EventTrigger: "eventTrigger",
      CalendarTrigger: "calendarTrigger",
    },
  },
  bootTrigger: trigger({ "Delay?": "duration" }),
  logonTrigger: trigger({ "UserId?": "nonEmptyString", "Delay?": "duration" }),
  eventTrigger: trigger({
    "Subscription": "nonEmptyString",
    "Delay?": "duration",
    "PeriodOfOccurrence?": "duration",
    "NumberOfOccurrences?": "occurrences",
    "MatchingElement?": "nonEmptyString",
    "ValueQueries?": "namedValues",
  }),
  // One of four schedules must follow; tasks here are daily.
  calendarTrigger: trigger({ "RandomDelay?": "duration", "ScheduleByDay": "dailySchedule" }),
  dailySchedule: { order: "all", parts: { "DaysInterval?": "days" } },
  repetition: {
    order: "all",
    parts: { "Interval": "interval", "Duration?": "oneMinuteOrMore", "StopAtDurationEnd?": "boolean" },
  },
  namedValues: { order: "choice", least: 1, most: 32, parts: { Value: "namedValue" } },
  settings: {
    order: "all",
    parts: {
      "AllowStartOnDemand?": "boolean",
      "RestartOnFailure?": "restart",
      "MultipleInstancesPolicy?": "policy",
      "DisallowStartIfOnBatteries?": "boolean",
      "StopIfGoingOnBatteries?": "boolean",
      "AllowHardTerminate?": "boolean",
      "StartWhenAvailable?": "boolean",
      "NetworkProfileName?": "string",
      "RunOnlyIfNetworkAvailable?": "boolean",
      "WakeToRun?": "boolean",
      "Enabled?": "boolean",
      "Hidden?": "boolean",
      "DeleteExpiredTaskAfter?": "duration",
      "IdleSettings?": "idleSettings",
      "ExecutionTimeLimit?": "duration",
      "Priority?": "priority",
      "RunOnlyIfIdle?": "boolean",
      "UseUnifiedSchedulingEngine?": "boolean",
      "DisallowStartOnRemoteAppSession?": "boolean",
    },
  },
  restart: { order: "all", parts: { "Interval": "interval", "Count": "restarts" } },
  idleSettings: {
    order: "all",
    parts: {
      "Duration?": "oneMinuteOrMore",
      "WaitTimeout?": "oneMinuteOrMore",
      "StopOnIdleEnd?": "boolean",
      "RestartOnIdle?": "boolean",
    },
  },
  principals: { order: "choice", least: 1, most: 1, parts: { Principal: "principal" } },
  principal: {
    order: "all",
    parts: {
      "UserId?": "nonEmptyString",
      "LogonType?": "logonType",
      "GroupId?": "nonEmptyString",
      "DisplayName?": "string",
      "RunLevel?": "runLevel",
      "ProcessTokenSidType?": "sidType",
    },
    attributes: { "id?": ID },
  },
  actions: { order: "choice", least: 1, most: 32, parts: { Exec: "exec" }, attributes: { "Context?": ID } },
  exec: {
    order: "all",
    parts: { "Command": "path", "Arguments?": "string", "WorkingDirectory?": "path" },
    attributes: { "id?": ID },
  },
};

/** Attributes of elements that hold text. */
export const TEXT_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, TextRule>>>> = {
  namedValue: { name: FILLED },
};
