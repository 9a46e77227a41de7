/** PURE: whether a night did all that it had to, and what is told of the deliveries. */

import type { Delivery } from "../core/ledger_model.ts";
import type { Finding } from "../core/model.ts";
import type { Settings } from "../core/settings.ts";
import type { MailOutcome, NightInput } from "./night.ts";
import { deliveryKey } from "./outbox.ts";

/** What the verdict is made from. */
export interface VerdictFacts {
  /** For the policy values that were set aside. */
  readonly input: NightInput;
  /** What stands after the mails. */
  readonly findings: readonly Finding[];
  /** Of what is owed, after the mails. */
  readonly deliveries: readonly Delivery[];
  /** What was wrong with own templates: the program's were used in their place. */
  readonly templateProblems?: readonly string[];
}

/** Findings that say that something was not read, delivered or verified. Others are about the PC, not about the run. */
const SHORTFALLS: readonly Finding["code"][] = [
  "not-elevated",
  "unreadable",
  "delivery-pending",
  "destination-unreachable",
  "ledger-replaced",
  "copy-lost",
];

/**
 * Lists what the night fell short of. A removable destination that is not plugged in is no shortfall while
 * nothing waits for it.
 *
 * @param facts Findings and settings.
 * @returns Sentences; empty when all was well.
 */
export function shortfallsOf(facts: VerdictFacts): readonly string[] {
  const waiting = new Set(
    facts.findings.filter((one) => one.code === "delivery-pending").map((one) => one.about),
  );
  const unverified = facts.deliveries.filter((one) => one.error !== null && one.state !== "pending");
  return [
    ...facts.findings.filter((one) =>
      SHORTFALLS.includes(one.code) &&
      !(one.code === "destination-unreachable" && one.severity === "info" && !waiting.has(one.about))
    ).map((one) => one.text),
    ...facts.input.setAside.map((one) => `Policy "${one.name}" was not used: ${one.reason}`),
    ...(facts.templateProblems ?? []).map((one) => `The program's own template was used: ${one}`),
    ...unverified.map((one) =>
      `"${one.name ?? one.report}" at "${one.destination}" could not be verified: ${one.error}`
    ),
  ];
}

/** A line of the result about one report at one destination. */
export interface DeliveryResult {
  /** Name of the destination. */
  readonly destination: string;
  /** `folder`, `share`, `onedrive` or `mail`. */
  readonly kind: string;
  /** Folder and name, or `null` for a mail without reports. */
  readonly report: string | null;
  /** How far it is; `pending` is tried again every night. */
  readonly outcome: "delivered" | "accepted" | "handed-over" | "pending";
  /** As the ledger counts them; 1 for a mail without reports. */
  readonly attempts: number;
  /** Why it failed, or a part of it; `null` when all went well. */
  readonly error: string | null;
}

/** Deliveries before and after. */
export interface DeliveryFacts {
  /** As the night found them. */
  readonly before: readonly Delivery[];
  /** Of what is owed, as the night leaves them. */
  readonly after: readonly Delivery[];
  /** One a mail that was due. */
  readonly mails: readonly MailOutcome[];
  /** What was put anywhere from this moment on is of tonight, too: the run's first start put it. @default {null} */
  readonly since?: string | null;
}

/**
 * Lists what was delivered tonight and what is pending. A report that was only verified is no news.
 *
 * @param settings Destinations, for order and kind.
 * @param facts Deliveries and mails.
 * @returns By destination, then by report.
 */
export function deliveryResults(settings: Settings, facts: DeliveryFacts): readonly DeliveryResult[] {
  const since = Date.parse(facts.since ?? "");
  const old = new Map(facts.before.map((row) => [deliveryKey(row), row]));
  return settings.destinations.flatMap(({ name, kind }): readonly DeliveryResult[] => {
    const rows = facts.after.filter((row) => row.destination === name).filter((row) => {
      const before = old.get(deliveryKey(row));
      return row.state === "pending" || row.state === "handed-over" || before === undefined ||
        before.state !== row.state || before.attempts !== row.attempts || row.error !== null ||
        Date.parse(row.deliveredAt ?? "") >= since;
    });
    const mail = facts.mails.find((one) => one.destination === name);
    if (mail !== undefined && rows.length === 0) {
      return [{
        destination: name,
        kind,
        report: null,
        outcome: mail.accepted ? "accepted" : "pending",
        attempts: 1,
        error: mail.trouble,
      }];
    }
    return rows.map((row) => ({
      destination: name,
      kind,
      report: row.folder === null ? row.report : `${row.folder}/${row.name}`,
      outcome: row.state,
      attempts: row.attempts,
      error: row.error ?? mail?.trouble ?? null,
    })).sort((a, b) => (a.report < b.report ? -1 : 1));
  });
}
