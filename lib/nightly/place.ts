/** A destination in the course of a night, before and after somebody looked at it. */

import type { DestinationState } from "../core/ledger_model.ts";
import type { DestinationSettings } from "../core/settings.ts";
import type { Destination, Listing } from "../ports.ts";
import type { Look } from "./say_trouble.ts";
import type { TimeLimit } from "./time_limit.ts";

/** A destination with what is remembered of it, before the look. */
export interface Place {
  /** Of this destination. */
  readonly settings: DestinationSettings;
  /** The way to it. */
  readonly destination: Destination;
  /** What the ledger remembers of it. */
  readonly state: DestinationState;
  /** How long all steps at it may take together. */
  readonly limit: TimeLimit;
}

/** A destination after the look. */
export interface LookedAt extends Place {
  /** `null` when it could not be looked at. */
  readonly listing: Listing | null;
  /** Why it could not be looked at, else `null`. */
  readonly trouble: string | null;
  /** What the trouble means. */
  readonly cause: Look["cause"];
  /** The folder of this PC below its root. */
  readonly folder: string;
}
