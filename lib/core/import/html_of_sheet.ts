/** Makes a web page's table of a spreadsheet that was saved as XML: Excel's of 2003, and LibreOffice's flat one. */

/** Cells that the file leaves out before one with a number, or says once for several. */
const MOST_CELLS = 100;
const CELL = /<(?:table:(?:covered-)?table-cell|(?:ss:)?Cell)\b([^<>]{0,2000}?)(\/?)>/g;

/**
 * Tells such a spreadsheet.
 *
 * @param text Its beginning will do.
 * @returns Whether it has one's root.
 */
export function isSheet(text: string): boolean {
  const start = text.slice(0, 16 * 1024);
  return /<(?:ss:)?Workbook\b[^<>]*schemas-microsoft-com:office:spreadsheet/.test(start) ||
    /<office:document\b/.test(start);
}

/**
 * Converts.
 *
 * @param xml The document.
 * @returns Rows and cells as HTML names them.
 */
export function htmlOfSheet(xml: string): string {
  const tables = xml
    .replace(
      /<(\/?)(?:table:table-row|(?:ss:)?Row)\b[^<>]{0,2000}?(\/?)>/g,
      (_, slash: string, empty: string) => empty === "/" ? "<tr></tr>" : `<${slash}tr>`,
    )
    .replace(/<\/(?:table:(?:covered-)?table-cell|(?:ss:)?Cell)>/g, "</td>")
    .replace(/<\/text:p>\s*<text:p\b[^<>]{0,400}>/g, " ");
  return `<table>${tables.split("<tr>").map(withCells).join("<tr>")}</table>`;
}

function withCells(row: string): string {
  let column = 0;
  return row.replace(CELL, (_, attributes: string, empty: string) => {
    const index = Number(/\bIndex="(\d{1,4})"/.exec(attributes)?.[1] ?? column + 1);
    const repeated = Number(/number-columns-repeated="(\d{1,6})"/.exec(attributes)?.[1] ?? 1);
    const before = Math.min(Math.max(index - 1 - column, 0), MOST_CELLS);
    const times = empty === "/" ? Math.min(repeated, MOST_CELLS) : 1;
    column = Math.max(index, column + 1) + times - 1;
    return "<td></td>".repeat(before) + (empty === "/" ? "<td></td>".repeat(times) : "<td>");
  });
}
