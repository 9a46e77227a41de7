/** Finds words whose letters with accents were lost or changed on their way through a console, a file or a web page. */

/** What becomes of such a letter: `?`, U+FFFD, the characters of another code page, two of them for UTF-8. */
const SPOILED = "[?\\ufffd\\u0080-\\u02ff\\u2013-\\u2122\\u2500-\\u25ff]{1,3}";

/** Letters that are no plain letter with an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  œ: "oe",
};

const made = new WeakMap<RegExp, RegExp>();

/**
 * Tells whether a text holds one of some words, whole or spoiled.
 *
 * @param text Any text.
 * @param list The words, see `words.ts`.
 * @returns Whether it does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(holds("Contraseña", /contraseñ/iu));
 * assert.ok(holds("Contrase?a", /contraseñ/iu));
 * assert.equal(firstHeld("Kennwort", [["password", /contraseñ/iu]]), null);
 * ```
 */
export function holds(text: string, list: RegExp): boolean {
  return list.test(text) || spoiled(list).test(text);
}

/**
 * Finds the first list of which a text holds a word, whole or spoiled: "activ" stands in "d?sactiv?e" too.
 *
 * @param text Any text.
 * @param lists Names and words; the order counts where several fit.
 * @returns The name of the list; `null` when none fits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(firstHeld("Protection d?sactiv?e", [["off", /désactiv/iu], ["on", /activ/iu]]), "off");
 * assert.ok(holds("PIN", /pin/iu));
 * ```
 */
export function firstHeld<T extends string>(
  text: string,
  lists: readonly (readonly [name: T, list: RegExp])[],
): T | null {
  return lists.find(([, list]) => holds(text, list))?.[0] ?? null;
}

function spoiled(list: RegExp): RegExp {
  const known = made.get(list);
  if (known !== undefined) return known;
  const source = list.source.replace(
    /[\u00df-\u024f\u1ea0-\u1ef9]/g,
    (letter) => `(?:${PLAIN[letter] ?? letter.normalize("NFD")[0] ?? ""}|${SPOILED})`,
  );
  const pattern = new RegExp(source, list.flags);
  made.set(list, pattern);
  return pattern;
}
