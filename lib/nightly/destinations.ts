/** What the ledger remembers of each destination of the settings; a changed address is another place. */

import type { DestinationState } from "../core/ledger_model.ts";
import type { DestinationSettings } from "../core/settings.ts";
import type { LedgerView } from "../ports.ts";

/** Destinations of tonight. */
export interface DestinationStates {
  /** One a destination of the settings, in their order. */
  readonly states: readonly DestinationState[];
  /** Rows of mails that left the settings, brought up to date. */
  readonly retired: readonly DestinationState[];
  /** Names whose deliveries no longer count: they lead elsewhere now. */
  readonly forget: readonly string[];
}

/**
 * Pairs settings with what is remembered.
 *
 * @param settings Destinations of the settings.
 * @param known Of the ledger.
 * @param told What happened up to here is no news to a person who was not there yet.
 * @returns Remembered or fresh states.
 */
export function destinationStates(
  settings: readonly DestinationSettings[],
  known: readonly DestinationState[],
  { lastNewsId, toldAtLeast = lastNewsId }: Pick<LedgerView, "lastNewsId" | "toldAtLeast">,
): DestinationStates {
  const byName = new Map(known.map((state) => [state.name, state]));
  const states = settings.map((one) => {
    const state = byName.get(one.name);
    if (state === undefined) return freshState(one, toldAtLeast);
    return state.identity === identityOf(one) ? state : freshState(one, lastNewsId);
  });
  const named = new Set(settings.map((one) => one.name));
  return {
    states,
    // Nobody waits for news at a mail that is no longer in the settings.
    retired: known.filter((state) =>
      !named.has(state.name) && state.toldUpTo !== null && state.toldUpTo < lastNewsId
    )
      .map((state) => ({ ...state, toldUpTo: lastNewsId })),
    forget: states.filter((state) =>
      byName.has(state.name) && byName.get(state.name)?.identity !== state.identity
    )
      .map((state) => state.name),
  };
}

function freshState(settings: DestinationSettings, told: number): DestinationState {
  return {
    name: settings.name,
    identity: identityOf(settings),
    place: null,
    folders: {},
    reachedAt: null,
    unreachableSince: null,
    toldUpTo: settings.kind === "mail" ? told : null,
    mailTimes: [],
  };
}

function identityOf(settings: DestinationSettings): string {
  switch (settings.kind) {
    case "folder":
      // On a volume that is known by its name the letter says nothing.
      return settings.volume === null
        ? `folder ${settings.path}`
        : `folder ${settings.volume.toLowerCase()} ${settings.path.replace(/^[A-Za-z]:/, "")}`;
    case "share":
      return `share ${settings.path}`;
    case "onedrive":
      return `onedrive ${settings.user}`;
    case "mail":
      return `mail ${[...settings.to].sort().join(" ")}`;
  }
}
