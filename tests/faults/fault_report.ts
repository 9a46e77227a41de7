/** One line a fault, for whoever wants the whole picture: `deno task test tests/faults/`. */

import { say } from "../tools/say.ts";

/** What a fault came to. */
export interface FaultResult {
  /** What was wrong. */
  readonly fault: string;
  /** What got where in that night. */
  readonly delivered: string;
  /** What waited for the next one. */
  readonly pending: string;
  /** What the person read, the first sentence of each finding. */
  readonly told: string;
  /** Keys that a destination never got. */
  readonly lost: string;
}

/** Gathers the results of a file of tests. */
export function faultReport(title: string): { add(result: FaultResult): void; print(): void } {
  const results: FaultResult[] = [];
  return {
    add: (result) => void results.push(result),
    print(): void {
      say(`\n${title}: fault | delivered | pending | told | lost`);
      for (const one of results) {
        const cells = [one.fault, one.delivered, one.pending, one.told, one.lost];
        say(`| ${cells.map((cell) => cell.replaceAll("|", "/")).join(" | ")} |`);
      }
    },
  };
}

/** Counts by destination: `healthy 3, helper 3`. */
export function countLines(
  lines: readonly { readonly destination: string; readonly outcome: string }[],
  outcomes: readonly string[],
): string {
  const fitting = lines.filter((one) => outcomes.includes(one.outcome));
  const groups = Map.groupBy(fitting, (one) => one.destination);
  return [...groups].map(([destination, { length }]) => `${destination} ${length}`).join(", ") || "-";
}

/** What a person read, without the folder of the test. */
export function toldText(findings: readonly { readonly text: string }[], folder: string): string {
  return findings.map((one) => one.text.replaceAll(folder, "")).join(" / ") || "-";
}
