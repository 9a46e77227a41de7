/** Takes the messages out of logs of Intune and Configuration Manager, which stand between marks that look like tags. */

const ENTRY = /<!\[LOG\[([\s\S]{0,100000}?)\]LOG\]!><[^<>\n]{0,400}>/g;

/**
 * Unpacks a log.
 *
 * @param text A whole text.
 * @returns The messages, each beginning on a line of its own; `null` for what is no such log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(unpackLog('<![LOG[Key ID: 1]LOG]!><time="10:11:12.123+000" type="1">'), "Key ID: 1");
 * assert.equal(unpackLog("Key ID: 1"), null);
 * ```
 */
export function unpackLog(text: string): string | null {
  return text.includes("<![LOG[") ? text.replace(ENTRY, "$1") : null;
}
