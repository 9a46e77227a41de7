/** What a fault of any place for reports is. */

/** A fault, and the night with it. */
export interface PlaceFault<World> {
  readonly name: string;
  /** A night without it comes first. */
  readonly known?: boolean;
  /** A program and its words, through which the night is started. */
  readonly through?: readonly string[];
  spoil(world: World): Promise<void>;
  mend(world: World): Promise<void>;
  readonly exit: number;
  readonly codes: readonly string[];
  /** What the person reads, one a code. */
  readonly told: readonly RegExp[];
  /** How many reports wait for the next night. */
  readonly pending: number;
  /** Files of others, and what the fault damaged: they stay where they are. */
  readonly left?: readonly RegExp[];
}

/** Root without the right to pass over rights. */
export const ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"];
