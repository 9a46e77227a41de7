/** Makes text of RTF, as WordPad and Outlook save it (Rich Text Format Specification 1.9.1). */

/** Groups that hold no text of the document. */
const HIDDEN =
  /^\{\\(?:\*|fonttbl|colortbl|stylesheet|info|pict|header|footer|listtable|themedata|datastore)/;
const PART =
  /\\'([0-9a-f]{2})|\\u(-?\d{1,5})(?:\\'[0-9a-f]{2}|[^\\{}\n])?|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|([^\\{}]+)/gi;
const WORDS: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  row: "\n",
  tab: "\t",
  cell: "\t",
  nestcell: "\t",
  endash: "-",
  emdash: "-",
};

/**
 * Tells RTF.
 *
 * @param text Its beginning will do.
 * @returns Whether it begins as RTF does.
 */
export function isRtf(text: string): boolean {
  return /^\s*\{\\rtf1?\b/.test(text.slice(0, 100));
}

/**
 * Takes the control words out.
 *
 * @param rtf The document.
 * @returns Its text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(textOfRtf("{\\rtf1{\\fonttbl{\\f0 X;}}Schl\\'fcssel:\\b  1\\b0\\par\n}"), "Schlüssel: 1\n");
 * ```
 */
export function textOfRtf(rtf: string): string {
  const out: string[] = [];
  const windows = new TextDecoder("windows-1252");
  let depth = 0;
  let hidden = Infinity;
  for (const match of rtf.matchAll(PART)) {
    const [, hex, unicode, word, , sign, brace, text] = match;
    if (brace === "{") {
      depth++;
      if (hidden === Infinity && HIDDEN.test(rtf.slice(match.index, match.index + 20))) hidden = depth;
    } else if (brace === "}") {
      if (depth === hidden) hidden = Infinity;
      depth--;
    } else if (hidden !== Infinity) continue;
    else if (hex !== undefined) out.push(windows.decode(Uint8Array.of(Number.parseInt(hex, 16))));
    else if (unicode !== undefined) out.push(String.fromCharCode((Number(unicode) + 0x10000) % 0x10000));
    else if (word !== undefined) out.push(WORDS[word.toLowerCase()] ?? "");
    else if (sign !== undefined) {
      out.push(sign === "~" ? " " : sign === "_" || "\\{}".includes(sign) ? sign.replace("_", "-") : "");
    } // line ends of the file are none of the text
    else out.push((text ?? "").replaceAll("\n", ""));
  }
  return out.join("");
}
