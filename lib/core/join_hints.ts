/** What a PC is joined to against the destinations: combinations that cannot work, told before they fail. */

import { oneLine } from "./how_to_say.ts";
import type { Join } from "./model.ts";
import type { Settings } from "./settings.ts";

/** What the hints are made from. */
export interface JoinFacts {
  /** `null` when it is not known: then there is nothing to say. */
  readonly join: Join | null;
  /** Of the settings. */
  readonly destinations: Settings["destinations"];
  /** Names of shares with a stored credential; `null` when it is not known. */
  readonly shareCredentials: readonly string[] | null;
}

/** Something to say of one destination. */
export interface JoinHint {
  /** Its name in the settings. */
  readonly destination: string;
  /** What cannot work, and what can. */
  readonly text: string;
}

/**
 * Finds shares that this PC has no account for. SYSTEM is the computer account on the network, and only a domain
 * gives a PC one that its file servers know.
 *
 * @param facts Join type, destinations, stored credentials.
 * @returns One a share that asks for a credential and has none, in the order of the settings.
 */
export function joinHints({ join, destinations, shareCredentials }: JoinFacts): readonly JoinHint[] {
  if (shareCredentials === null || (join !== "entra" && join !== "workgroup")) return [];
  const stored = new Set(shareCredentials.map((name) => name.toLowerCase()));
  const joined = join === "entra" ? "joined to Entra ID alone" : "in no domain";
  return destinations.flatMap((one) =>
    one.kind !== "share" || stored.has(one.name.toLowerCase()) ? [] : [{
      destination: one.name,
      text:
        `This PC is ${joined}, so a file server knows no account of it, and for the share "${one.name}" (${
          oneLine(one.path)
        }) no credential is stored. Store one with Set-SpareKeySecret, or use OneDrive with sealed reports, or a ` +
        "mail server that takes mail without a password.",
    }]
  );
}
