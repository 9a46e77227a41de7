/** What a night writes into Windows' event log: one event an ID, for those who forward and filter events. */

import { oneLineWithoutKeys, sayMoment } from "./how_to_say.ts";
import type { News } from "./ledger_model.ts";
import type { Finding, FindingCode, Severity } from "./model.ts";
import { redactRecoveryPasswords } from "./recovery_password.ts";

/** An event of the source `Spare Key` in the log Application. */
export interface EventEntry {
  /** Of {@link EVENT_ID}. */
  readonly id: number;
  /** As Windows' event log names it. */
  readonly level: "information" | "warning" | "error";
  /** Lines, with CRLF between them; Key IDs, never digits. */
  readonly text: string;
}

/** The IDs. What says more than one of them can say is cut. */
export const EVENT_ID = {
  done: 100,
  changed: 110,
  copyMissing: 120,
  notRead: 130,
  pending: 140,
  settings: 150,
  bug: 190,
} as const;

/** What the entries are made from; a night's result has all but the last. */
export interface EventFacts {
  /** The PC. */
  readonly host: { readonly name: string };
  /** `takenAt` of the snapshot. */
  readonly takenAt: string;
  /** Changes of the whole run. */
  readonly recorded: readonly Pick<News, "kind" | "severity" | "text">[];
  /** What stands. */
  readonly findings: readonly Pick<Finding, "code" | "severity" | "text">[];
  /** What could not be read, delivered or verified. */
  readonly shortfalls: readonly string[];
  /** Destinations that do not fit this PC. */
  readonly hints: readonly string[];
  /** Policy values that were not used. */
  readonly setAside: readonly { readonly name: string; readonly reason: string }[];
}

/** Longest text of an event since Windows Vista, in UTF-16 units: Microsoft, ReportEvent, parameter lpStrings. */
const LONGEST_TEXT = 31_839;

/** Longest line: a finding has a few sentences. */
const LONGEST_LINE = 2000;

/** Findings that do not belong to {@link EVENT_ID.copyMissing}: the copies, the keys and the protection. */
const ID_OF: Readonly<Partial<Record<FindingCode, number>>> = {
  "unreadable": EVENT_ID.notRead,
  "not-elevated": EVENT_ID.notRead,
  "no-bitlocker": EVENT_ID.notRead,
  "destination-unreachable": EVENT_ID.notRead,
  "ledger-replaced": EVENT_ID.notRead,
  "delivery-pending": EVENT_ID.pending,
};

/** Changes that a key, or the protection that it belongs to, goes through. Drives that come and go are none. */
const CHANGES: readonly string[] = [
  "key-added",
  "key-removed",
  "key-altered",
  "protector-added",
  "protector-removed",
  "protection-on",
  "protection-off",
  "encryption-started",
  "encryption-finished",
  "decryption-started",
  "decrypted",
];

/**
 * Makes the entries of a run.
 *
 * @param facts Its result.
 * @returns At most one an ID, rising; 100 alone when there is nothing to tell.
 */
export function eventEntries(facts: EventFacts): readonly EventEntry[] {
  const loud = facts.findings.filter((one) => one.severity !== "info");
  const of = (id: number): Group =>
    groupOf(loud.filter((one) => (ID_OF[one.code] ?? EVENT_ID.copyMissing) === id));
  const changes = groupOf(facts.recorded.filter((one) => CHANGES.includes(one.kind)));
  const setAside = facts.setAside.map((one) => `Policy "${one.name}" was not used: ${one.reason}`);
  const told = new Set([...facts.findings.map((one) => one.text), ...setAside]);
  const rest = facts.shortfalls.filter((one) => !told.has(one));
  const notRead = of(EVENT_ID.notRead);
  const pending = of(EVENT_ID.pending);
  const settings = [
    ...setAside,
    ...facts.hints.filter((one) => !includes([...notRead.lines, ...pending.lines], one)),
  ];
  const day = `${facts.host.name}, ${sayMoment(facts.takenAt)}`;
  const groups: readonly (readonly [number, string, Group])[] = [
    [EVENT_ID.changed, "A recovery key or the protection of a drive has changed", changes],
    [
      EVENT_ID.copyMissing,
      "A recovery key has no good copy, or a drive no recovery key or no protection",
      of(EVENT_ID.copyMissing),
    ],
    [EVENT_ID.notRead, "Not everything could be read or verified", {
      severity: rest.length > 0 && notRead.severity === "info" ? "warning" : notRead.severity,
      lines: [...notRead.lines, ...rest],
    }],
    [EVENT_ID.pending, "Not everything could be delivered", pending],
    [EVENT_ID.settings, "Settings were not used, or do not fit this PC", {
      severity: "warning",
      lines: settings,
    }],
  ];
  const done: readonly EventEntry[] = facts.shortfalls.length > 0 ? [] : [{
    id: EVENT_ID.done,
    level: "information",
    text: textOf([`${day}: the run is done. All that was to be read, delivered and verified was.`]),
  }];
  return [
    ...done,
    ...groups.filter(([, , group]) => group.lines.length > 0).map(([id, title, { severity, lines }]) => ({
      id,
      level: LEVEL[severity],
      text: textOf([`${day}: ${title}.`, ...lines]),
    })),
  ];
}

const LEVEL: Readonly<Record<Severity, EventEntry["level"]>> = {
  info: "information",
  warning: "warning",
  danger: "error",
};

/** What one event tells, and how much the worst of it matters. */
interface Group {
  readonly severity: Severity;
  readonly lines: readonly string[];
}

function groupOf(items: readonly { readonly severity: Severity; readonly text: string }[]): Group {
  const worst = (["danger", "warning"] as const).find((one) =>
    items.some(({ severity }) => severity === one)
  );
  return { severity: worst ?? "info", lines: items.map(({ text }) => text) };
}

/** A hint that stands in a finding is not told twice. */
function includes(lines: readonly string[], part: string): boolean {
  return lines.some((line) => line.includes(part));
}

/** `%1` in an event's text is taken for a place to fill in: Microsoft, EventLog.WriteEntry, remarks. */
function textOf(lines: readonly string[]): string {
  const clean = lines.map((line) => oneLineWithoutKeys(line, LONGEST_LINE).replace(/%(?=[\d%])/g, "% "));
  const whole = clean.join("\r\n");
  if (whole.length <= LONGEST_TEXT) return redactRecoveryPasswords(whole);
  let kept = clean.length;
  const tail = (): string => `\r\n(${clean.length - kept} more)`;
  const size = (): number => clean.slice(0, kept).join("\r\n").length + tail().length;
  while (kept > 1 && size() > LONGEST_TEXT) kept--;
  return redactRecoveryPasswords(clean.slice(0, kept).join("\r\n") + tail());
}
