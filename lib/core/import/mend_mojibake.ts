/** Mends text in UTF-8 that some program took for Windows' western code page: `contraseÃ±a` is "contraseña". */

/** What Windows-1252 has where ISO 8859-1 has control characters, by its bytes from 0x80 on; five are empty. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Characters of that page that follow one another; a dash was made a hyphen before. */
const RUN = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ-]{1,400}/g;

/** In UTF-8 the first byte of a letter says how many follow, and those have a range of their own. */
const LEADS = /[\u00c3-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ-]/;

/** Fewer may be chance: a capital with an accent before a quotation mark is a letter of UTF-8 too. */
const LEAST = 3;

/**
 * Mends a text.
 *
 * @param text Any text.
 * @returns The same text where it is none of the kind as a whole.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(mendMojibake("contraseÃ±a numÃ©rica, protecciÃ³n"), "contraseña numérica, protección");
 * ```
 */
export function mendMojibake(text: string): string {
  if (!LEADS.test(text)) return text;
  let whole = 0;
  let other = 0;
  const mended = text.replace(RUN, (run) => {
    if (/^-*$/.test(run)) return run;
    const letters = decoded(run);
    if (letters === null) other++;
    else whole++;
    return letters ?? run;
  });
  // a text that was written so has accents that are no UTF-8
  return whole >= LEAST && whole > 2 * other ? mended : text;
}

function decoded(run: string): string | null {
  const bytes = Uint8Array.from(run, (one) => {
    const code = one.charCodeAt(0);
    return one === "-" ? DASH : code < 0x100 ? code : WINDOWS.indexOf(one) + 0x80;
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** An en dash in Windows-1252. */
const DASH = 0x96;
