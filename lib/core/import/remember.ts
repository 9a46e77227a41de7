/** Remembers what a function made of names: a text has few of them, and they come again in each record. */

/** More names than all forms together have; a file of other names begins anew. */
const MOST = 2000;
const LONGEST = 100;

/**
 * Makes a function that works once a name.
 *
 * @param make Gives the same for the same name.
 * @returns The same function, quicker. Names with many digits are not kept: they do not come again, and may be keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(remember((name) => name.length)("Key ID"), 6);
 * ```
 */
export function remember<T extends string>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const made = make(name);
    if (name.length > LONGEST || /\d{4}/.test(name)) return made;
    if (known.size >= MOST) known.clear();
    known.set(copyOf(name), made);
    return made;
  };
}

/** A string that was cut from a text keeps all of that text in memory in V8; one out of `JSON.parse` is new. */
function copyOf(text: string): string {
  return String(JSON.parse(JSON.stringify(text)));
}
