/** Cuts a text that is larger than memory into parts that can be read one by one, between keys and never within. */

/** A part of a text. */
export interface TextSlice {
  /** Whole blocks, as far as that can be told. */
  readonly text: string;
  /** Number of its first line, from 1. */
  readonly line: number;
}

/** Enough for any block; of what a reader makes of a part, a hundred times its size is in memory for a moment. */
const SLICE = 128 * 1024;
/** How far back a good place to cut is looked for. */
const LOOK_BACK = 32 * 1024;
/** A line that goes on for longer is cut within. */
const LONGEST_LINE = 1024 * 1024;

/** What begins a block: a volume's line, an entry of a directory, an event. */
const HEAD =
  /\n(?=[^\n[\]]{0,60}[A-Z]["']?:["']?[^\n[\]:]{0,30} ?\[[^\n\]]{0,60}\]\s*\n|dn::? |<Event[\s>]|Event\[\d|={20,}\s*\n)/g;
/** Quicker than {@link HEAD}, which most texts have nothing of. */
const MAY_HAVE_HEAD = /\]\r?\n|\ndn:|<Event|Event\[|={20}/;
const KEY = /(?:\d{6}[- \u00a0]){7}\d{6}|\d{48}/g;
const ID = /[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}/g;

/** Takes a text in and gives parts out. */
export class TextSlicer {
  #rest = "";
  #line = 1;

  /**
   * Takes the next piece.
   *
   * @param text Of any length.
   * @returns Parts that are whole now; mostly none.
   */
  push(text: string): readonly TextSlice[] {
    this.#rest += text;
    const slices: TextSlice[] = [];
    while (this.#rest.length >= SLICE + LOOK_BACK) {
      const at = placeToCut(this.#rest);
      if (at === null) break;
      slices.push(this.#take(at));
    }
    return slices;
  }

  /**
   * Ends the text, or what stands before a gap in it.
   *
   * @returns What is left.
   */
  end(): TextSlice {
    return this.#take(this.#rest.length);
  }

  /**
   * Leaves lines out, behind {@link TextSlicer.end}.
   *
   * @param lines How many line ends are left out.
   */
  skip(lines: number): void {
    this.#line += lines;
  }

  #take(at: number): TextSlice {
    const text = this.#rest.slice(0, at);
    const slice = { text, line: this.#line };
    this.#rest = this.#rest.slice(at);
    for (let next = text.indexOf("\n"); next >= 0; next = text.indexOf("\n", next + 1)) this.#line++;
    return slice;
  }
}

/** @returns Where to cut; `null` while a line goes on. */
function placeToCut(text: string): number | null {
  const from = Math.min(text.length, SLICE + LOOK_BACK) - LOOK_BACK;
  const window = text.slice(from, from + LOOK_BACK);
  const head = MAY_HAVE_HEAD.test(window) ? lastIndex(window, HEAD) : null;
  if (head !== null) return from + head + 1;
  const near = besideTokens(text, window);
  if (near !== null) return from + near;
  const newline = window.indexOf("\n", LOOK_BACK / 2);
  if (newline >= 0) return from + newline + 1;
  const any = text.lastIndexOf("\n");
  if (any >= 0 && any + 1 >= SLICE / 2) return any + 1;
  if (text.length < LONGEST_LINE) return null;
  // one line without end: behind an object, else where no digits are
  const object = window.lastIndexOf("},");
  return from + (object >= 0 ? object + 1 : behindLastOther(window));
}

/** Behind the last character that is in no key, by hand: a pattern looks for its end from each beginning. */
function behindLastOther(window: string): number {
  let at = window.length;
  while (at > 1 && /[0-9A-Fa-f-]/.test(window.charAt(at - 1))) at--;
  return at;
}

/** Behind the last whole pair, or before a half one: where digits follow their Key ID, a pair ends with digits. */
function besideTokens(text: string, window: string): number | null {
  const key = lastIndex(window, KEY);
  const id = lastIndex(window, ID);
  if (key === null && id === null) return null;
  const start = text.slice(0, LOOK_BACK);
  const [firstKey, firstId] = [start.search(KEY), start.search(ID)];
  const keysFirst = firstKey >= 0 && (firstId < 0 || firstKey < firstId);
  const [opens, closes] = keysFirst ? [key, id] : [id, key];
  if (closes !== null) {
    const end = window.indexOf("\n", closes);
    if (end >= 0) return end + 1;
  }
  const begin = opens === null ? -1 : window.lastIndexOf("\n", opens);
  return begin > 0 ? begin + 1 : null;
}

function lastIndex(text: string, pattern: RegExp): number | null {
  let last: number | null = null;
  for (const { index } of text.matchAll(pattern)) last = index;
  return last;
}

const GUID = /[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-/y;

/**
 * Tells quickly whether a part is worth reading. Most of a large file has nothing to do with keys.
 *
 * @param text A part of a large text.
 * @returns `false` when no reader could find anything in it.
 */
export function isWorthReading(text: string): boolean {
  if (text.includes("BitLocker") || hasGroups(text)) return true;
  for (let at = text.indexOf("-", 8); at >= 0; at = text.indexOf("-", at + 1)) {
    GUID.lastIndex = at - 8;
    if (GUID.test(text)) return true;
  }
  return false;
}

/** Of the eight groups of a key so many in a row are enough; the rest may be wrong. */
const TELLING_GROUPS = 4;

/** Whether groups of six digits follow each other, or 48 digits stand in a row. By hand: a pattern takes ten times as long. */
function hasGroups(text: string): boolean {
  let groups = 0;
  let end = -4;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // full-width digits are rare enough to be looked at
    if (code >= 0xff10 && code <= 0xff19) return true;
    if (code < 48 || code > 57) continue;
    const start = at;
    while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
    if (at - start === 48) return true;
    groups = at - start !== 6 ? 0 : start - end <= 3 ? groups + 1 : 1;
    if (groups >= TELLING_GROUPS) return true;
    end = at;
  }
  return false;
}

/**
 * Puts each object of a line of JSON on a line of its own, so that a part of it can be read.
 *
 * @param text A part of a large text.
 * @returns The same, with more line ends.
 */
export function partObjects(text: string): string {
  return /^[^\n]{65536}/.test(text) ? text.replaceAll("},{", "}\n{").replaceAll("[{", "[\n{") : text;
}
