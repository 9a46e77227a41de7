/** A night's result for people. */

import { sayDay } from "../lib/core/how_to_say.ts";
import type { NightResult } from "../lib/nightly/run_night.ts";
import type { Terminal } from "../lib/ports.ts";
import { wrapText } from "../lib/core/wrap_text.ts";

const SEVERITY = { danger: "DANGER", warning: "Warning", info: "Note" } as const;

/**
 * Writes the result as text.
 *
 * @param result Of the night.
 * @param terminal Where it goes.
 */
export function sayNight(result: NightResult, terminal: Terminal): void {
  const line = (text: string): void => terminal.out(wrapText(text));
  terminal.out(`${result.host.name}, ${sayDay(result.takenAt)}`);
  if (result.changes.length === 0) terminal.out("Nothing has changed.");
  for (const change of result.changes) line(`- ${change.text}`);
  for (const finding of result.findings) line(`${SEVERITY[finding.severity]}: ${finding.text}`);
  for (const one of result.deliveries) {
    const error = one.error === null ? "" : ` (${one.error})`;
    terminal.out(`${one.destination}: ${one.report ?? "mail"} ${one.outcome}${error}`);
  }
  const told = new Set(result.findings.map((one) => one.text));
  for (const shortfall of result.shortfalls) if (!told.has(shortfall)) line(`Warning: ${shortfall}`);
  for (const hint of result.hints) if (![...told].some((text) => text.includes(hint))) line(`Note: ${hint}`);
  if (result.shortfalls.length > 0) terminal.out("Not everything could be done; see above.");
}
