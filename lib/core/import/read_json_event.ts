/** Reads events of Windows' own log out of JSON: Get-WinEvent's objects, log collectors', XML that became JSON. */

import type { Found } from "./found.ts";
import { readEventFields } from "./read_events.ts";

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Objects within an event that hold its number, its text or its values. */
const WITHIN = /^(?:event|system|winlog|event_?data|user_?data|renderinginfo)$/i;
const NUMBER = /^(?:event[_ ]?)?id$|^code$/i;
const TEXT = /^(?:message|description|rendereddescription)$/i;
/** `{Event: {System: {EventID: {…}}}}`. */
const DEEPEST = 3;
const LONGEST = 400;

/**
 * Reads an object that may be an event.
 *
 * @param object Any.
 * @param found Gets the Key ID, the other protector, the volume.
 * @returns Whether it is one of BitLocker's events.
 */
export function readJsonEvent(object: JsonObject, found: Found): boolean {
  const fields = fieldsOf(object, DEEPEST);
  const id = fields.find(({ name, value }) => NUMBER.test(name) && /^\d{1,5}$/.test(value))?.value;
  if (id === undefined) return false;
  const message = fields.find(({ name }) => TEXT.test(name))?.value ?? "";
  const data = fields.filter(({ value }) => value.length < LONGEST);
  return readEventFields({ id, message, data }, found);
}

interface Field {
  readonly name: string;
  readonly value: string;
}

function fieldsOf(object: JsonObject, depth: number): readonly Field[] {
  return Object.entries(object).flatMap(([name, value]): readonly Field[] => {
    if (typeof value === "string") return [{ name, value }];
    if (typeof value === "number") return [{ name, value: String(value) }];
    if (typeof value !== "object" || value === null || Array.isArray(value) || depth === 0) return [];
    // `"EventID": {"#text": "845"}`
    if (NUMBER.test(name)) return fieldsOf({ [name]: Object.values(value).at(-1) }, 0);
    return WITHIN.test(name) ? fieldsOf({ ...value }, depth - 1) : [];
  });
}
