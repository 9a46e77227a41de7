/** Names of PCs as lists spell them. They are compared to word a key that matches nothing, never to match one. */

/** What stands in a name's place and is none. */
const NO_NAME =
  /^(?:unknown(?: pc)?|unbekannt|n\/?a|none|null|pc|device|delete|osv|fdv|rdv|-+|[\d./:, -]+|removable data drives?\b.*|(?:operating system|fixed data|removable data) (?:drive|volume))$/i;

/** What Windows calls a PC at set-up: a word and random characters, so that no two have it. */
const MADE_BY_WINDOWS = /^(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{7,11}$/;

/** NetBIOS cuts names to 15 characters (Microsoft, "Naming conventions in Active Directory"). */
const NETBIOS = 15;

/**
 * Brings the name of a PC into a form that can be compared.
 *
 * @param name As a list or the PC itself gives it.
 * @returns Upper case, without domain and the directory's `$`; `null` when it is no name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(plainHost("CONTOSO\\anna-laptop$"), "ANNA-LAPTOP");
 * assert.equal(plainHost("anna-laptop.example.org"), "ANNA-LAPTOP");
 * assert.equal(plainHost("OSV"), null);
 * ```
 */
export function plainHost(name: string | null): string | null {
  const text = (name ?? "").trim();
  if (text === "" || NO_NAME.test(text)) return null;
  const bare = text.replace(/^[\w.-]{1,63}\\(?=[^\\]+$)/, "").replace(/\$$/, "");
  const first = /^([\w-]{1,63})(?:\.[\w-]{1,63})+$/.exec(bare)?.[1];
  return (first === undefined || /^\d+$/.test(first) ? bare : first).toUpperCase();
}

/**
 * Tells whether two names are of one PC.
 *
 * @param one As {@link plainHost} gives it.
 * @param other As {@link plainHost} gives it.
 * @returns `true` also where one is the other, cut to what NetBIOS takes.
 */
export function isSameHost(one: string, other: string): boolean {
  return one === other || (one.length > NETBIOS && one.slice(0, NETBIOS) === other) ||
    (other.length > NETBIOS && other.slice(0, NETBIOS) === one);
}

/**
 * Makes a look-up of names: an organisation's lists have thousands.
 *
 * @param names As {@link plainHost} gives them.
 * @returns Tells whether a name is of one of these PCs, as {@link isSameHost} does.
 */
export function hostLookup(names: readonly string[]): (name: string) => boolean {
  const whole = new Set(names);
  const cut = new Set(names.flatMap((name) => name.length > NETBIOS ? [name.slice(0, NETBIOS)] : []));
  return (name) =>
    whole.has(name) || cut.has(name) || (name.length > NETBIOS && whole.has(name.slice(0, NETBIOS)));
}

/**
 * Tells whether Windows made up the name at set-up.
 *
 * @param name As {@link plainHost} gives it.
 * @returns `true` for `DESKTOP-4F7K2LQ` and the like.
 */
export function isMadeByWindows(name: string): boolean {
  return MADE_BY_WINDOWS.test(name);
}
