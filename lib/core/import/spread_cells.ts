/** Gives each row of a web page's table all its cells: end tags may be left out, and a cell may span rows and columns. */

const SPAN = /\b(row|col)span\s{0,4}=\s{0,4}["']?(\d{1,3})/gi;
const TABLE_PART = /<(\/?)(table|tr|t[dh])\b([^<>]{0,2000})>/gi;
/** A hostile page may claim more. */
const [MOST_ROWS, MOST_COLUMNS] = [500, 40];

/** A cell that goes on in the rows below. */
interface Spanning {
  readonly column: number;
  readonly text: string;
  readonly rows: number;
}

/**
 * Makes spans plain cells, and closes open cells.
 *
 * @param html A page's text, without line ends.
 * @returns The same; each cell has both its tags.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   withoutSpans("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>"),
 *   "<table><tr><td>a</td><td>b</td></tr><tr><td>a</td><td>c</td></tr></table>",
 * );
 * ```
 */
export function withoutSpans(html: string): string {
  const lower = html.toLowerCase();
  const isOpen = count(lower, /<t[dh]\b/g) > count(lower, /<\/t[dh]>/g);
  if (!isOpen && !/\b(?:row|col)span\s{0,4}=/.test(lower)) return html;
  // a table within a cell of another: which cell is whose, nobody needs to know
  if (isNested(lower)) return html;
  const out: string[] = [];
  let row: string[] | null = null;
  let cell: { tag: string; from: number } | null = null;
  let spanning: readonly Spanning[] = [];
  let below: Spanning[] = [];
  let done = 0;
  const fill = (): void => {
    for (let one = spanAt(spanning, row?.length); one !== undefined; one = spanAt(spanning, row?.length)) {
      row?.push(one.text);
      if (one.rows > 1) below.push({ ...one, rows: one.rows - 1 });
    }
  };
  const endCell = (at: number): void => {
    if (cell === null || row === null) return;
    const text = html.slice(cell.from, at);
    const { rows, columns } = spansOf(cell.tag);
    for (let column = 0; column < columns; column++) {
      fill();
      if (rows > 1) below.push({ column: row.length, text, rows: rows - 1 });
      // a name above several columns is that of each; a value stands once
      row.push(column === 0 || cell.tag.startsWith("th") ? text : "");
    }
    cell = null;
  };
  const endRow = (at: number): void => {
    endCell(at);
    if (row === null) return;
    fill();
    out.push(`<tr>${row.map((text) => `<td>${text}</td>`).join("")}</tr>`);
    [spanning, below, row] = [below, [], null];
  };
  for (const match of html.matchAll(TABLE_PART)) {
    const [whole, slash = "", name = "", attributes = ""] = match;
    const [tag, behind] = [name.toLowerCase(), match.index + whole.length];
    const isCell = tag === "td" || tag === "th";
    if (isCell && slash === "/") endCell(match.index);
    else if (isCell) {
      endCell(match.index);
      row ??= [];
      cell = { tag: `${tag} ${attributes}`, from: behind };
    } else {
      // a caption, text around the table
      if (row === null) out.push(html.slice(done, match.index));
      endRow(match.index);
      if (tag === "table") {
        spanning = [];
        out.push(whole);
      } else if (slash === "") row = [];
    }
    done = behind;
  }
  if (row === null) out.push(html.slice(done));
  endRow(html.length);
  return out.join("");
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

function isNested(lower: string): boolean {
  let depth = 0;
  for (const [tag] of lower.matchAll(/<\/?table\b/g)) {
    depth += tag === "<table" ? 1 : -1;
    if (depth > 1) return true;
  }
  return false;
}

function spanAt(spanning: readonly Spanning[], column: number | undefined): Spanning | undefined {
  return spanning.find((one) => one.column === column);
}

function spansOf(tag: string): { readonly rows: number; readonly columns: number } {
  const spans = { row: 1, col: 1 };
  for (const [, kind, number] of tag.matchAll(SPAN)) {
    spans[kind?.toLowerCase() === "row" ? "row" : "col"] = Number(number);
  }
  return {
    rows: Math.min(Math.max(spans.row, 1), MOST_ROWS),
    columns: Math.min(Math.max(spans.col, 1), MOST_COLUMNS),
  };
}
