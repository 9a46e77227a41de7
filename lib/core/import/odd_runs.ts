/** Finds 48 digits in groups of another size, or with other signs between than hyphens and blanks: dots, slashes, bars. */

import { formatRecoveryPassword, wrongGroups } from "../recovery_password.ts";

/** Digits that are a recovery key, or were meant to be one. */
export interface OddRun {
  /** Of the first digit. */
  readonly start: number;
  /** Behind the last digit. */
  readonly end: number;
  /** 8 groups of 6 digits with hyphens, checksum right; `null` when refused. */
  readonly password: string | null;
  /** Why it is none; `null` when it is one. */
  readonly problem: { readonly group: number | null; readonly reason: string } | null;
}

const ALL_DIGITS = 48;
/** Of digits; a key with fewer is as good as impossible. */
const LEAST_SORTS = 5;
/** Of a group: what people part 48 digits into. */
const SIZES: ReadonlySet<number> = new Set([1, 2, 3, 4, 6, 8, 12, 16, 24]);
/** Groups of the largest size. */
const LEAST_RUN = 2;
/** Fewer are no attempt at a key. */
const LEAST_GROUPS = 6;
/** What nobody puts between the numbers of a table. */
const MEANT: ReadonlySet<string> = new Set([".", "/", "_", "*", "~", "+", ":", "·", "•"]);
/** Blanks, a sign, blanks; a line end and an indent. */
const [LONGEST_JOINT, LONGEST_BREAK] = [5, 40];
/** Letters, digits and what stands for a Key ID are no signs. */
const SIGN = /^[^\p{L}\p{N}\0]{0,2}$/u;

/** Takes the groups of digits of a text in their order. A run's groups have one size and one sign between them. */
export class OddRuns {
  readonly #text: string;
  readonly #found: OddRun[] = [];
  #start = 0;
  #end = 0;
  #size = 0;
  #count = 0;
  /** `null` while only line ends stood between. */
  #sign: string | null = null;

  /**
   * Begins.
   *
   * @param text GUIDs masked out.
   */
  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Takes the next group.
   *
   * @param start Of its first digit.
   * @param end Behind its last digit.
   */
  push(start: number, end: number): void {
    const size = end - start;
    // most numbers of a log have another size than the one before
    if (size === this.#size && this.#isJoint(start)) {
      this.#count++;
      this.#end = end;
      return;
    }
    if (this.#count >= LEAST_RUN) this.#close();
    this.#start = start;
    this.#end = end;
    this.#size = SIZES.has(size) ? size : 0;
    this.#count = 1;
    this.#sign = null;
  }

  /**
   * Ends the text.
   *
   * @returns What was found, in the text's order.
   */
  end(): readonly OddRun[] {
    this.#close();
    return this.#found;
  }

  #isJoint(next: number): boolean {
    const length = next - this.#end;
    if (length > LONGEST_BREAK) return false;
    if (length === 1 && this.#text[this.#end] === this.#sign) return true;
    const between = this.#text.slice(this.#end, next);
    const isBreak = between.includes("\n");
    if (length > LONGEST_JOINT && !isBreak) return false;
    const sign = between.trim();
    if (isBreak && sign === "") return true;
    if (!SIGN.test(sign) || (this.#sign !== null && this.#sign !== sign)) return false;
    this.#sign = sign;
    return true;
  }

  #close(): void {
    const [size, sign] = [this.#size, this.#sign];
    this.#size = 0;
    // these are found with all their slips elsewhere
    const isUsual = size % 6 === 0 && (sign === null || sign === "" || sign === "-");
    if (isUsual) return;
    const place = { start: this.#start, end: this.#end };
    if (this.#count * size !== ALL_DIGITS) {
      const isMeant = size === 6 && this.#count >= LEAST_GROUPS && MEANT.has(sign ?? "");
      const reason = `there are ${this.#count} groups, a recovery key has 8`;
      if (isMeant) this.#found.push({ ...place, password: null, problem: { group: null, reason } });
      return;
    }
    const digits = this.#text.slice(this.#start, this.#end).replace(/\D/g, "");
    const password = formatRecoveryPassword(digits);
    // a row of noughts and ones has groups that are right, too
    const [wrong] = password === null ? [] : wrongGroups(password);
    if (wrong !== undefined && size === 6 && MEANT.has(sign ?? "")) {
      const reason = `group ${wrong} is not that of a recovery key: a digit is wrong`;
      this.#found.push({ ...place, password: null, problem: { group: wrong, reason } });
    }
    if (wrong !== undefined || new Set(digits).size < LEAST_SORTS) return;
    this.#found.push({ ...place, password, problem: null });
  }
}
