/** Documents and bytes that something happened to: values of another kind, fields gone or doubled, text cut. */

import fc from "fast-check";
import { DIGITS } from "./send_mail.ts";

/** Values that stand where others are expected. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  4_294_967_295,
  "",
  " ",
  "\u0000",
  "\ud800",
  "C:",
  "c:\\",
  "3",
  "{58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5}",
  DIGITS,
  DIGITS.replace(/\d$/, "9"),
  "x".repeat(3000),
  "..\\..\\x",
  "2026-11-24T03:00:12+01:00",
  "9999-99-99T99:99:99Z",
  [],
  [[]],
  [null],
  {},
  { "__proto__": { schema: 1 }, "constructor": 1 },
  Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], "deep"),
];

type Container = Record<string, unknown> | unknown[];
type Place = readonly [container: Container, key: string];

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const container = value as Container;
  return Object.keys(container).flatMap((key): readonly Place[] => [
    [container, key],
    ...placesIn((container as Record<string, unknown>)[key]),
  ]);
}

/** What happens at a place of a document. */
const EDITS = {
  replace: ([container, key]: Place, value: unknown): void => put(container, key, value),
  remove: ([container, key]: Place): void => {
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else delete container[key];
  },
  wrap: ([container, key]: Place): void => put(container, key, [get(container, key)]),
  double: ([container, key]: Place): void => {
    const value = get(container, key);
    put(container, key, Array.isArray(value) ? [...value, ...value] : [value, value]);
  },
  unwrap: ([container, key]: Place): void => {
    const value = get(container, key);
    if (Array.isArray(value)) put(container, key, value[0]);
  },
  rename: ([container, key]: Place, value: unknown): void => {
    if (Array.isArray(container)) return;
    container[`${key} ${String(value).slice(0, 60)}`] = container[key];
    delete container[key];
  },
  quote: ([container, key]: Place): void => put(container, key, JSON.stringify(get(container, key))),
  upper: ([container, key]: Place): void => {
    const value = get(container, key);
    if (typeof value === "string") put(container, key, value.toUpperCase());
  },
} as const;

function get(container: Container, key: string): unknown {
  return (container as Record<string, unknown>)[key];
}

function put(container: Container, key: string, value: unknown): void {
  (container as Record<string, unknown>)[key] = value;
}

const edit = fc.record({
  name: fc.constantFrom(...Object.keys(EDITS) as (keyof typeof EDITS)[]),
  at: fc.nat(),
  value: fc.oneof(fc.constantFrom(...STRANGE), fc.string({ unit: "binary", maxLength: 20 }), fc.integer()),
});

/**
 * Makes values of JSON documents that were altered at up to four places.
 *
 * @param documents Right ones, at least one.
 * @returns Altered copies, and now and then a right one.
 */
export function mutatedValue(documents: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.record({ document: fc.nat(documents.length - 1), edits: fc.array(edit, { maxLength: 4 }) })
    .map(({ document, edits }) => {
      const root: { value: unknown } = { value: structuredClone(documents[document]) };
      for (const { name, at, value } of edits) {
        const places = placesIn(root);
        const place = places[at % places.length];
        if (place !== undefined) EDITS[name](place, structuredClone(value));
      }
      return root.value;
    });
}

/** What happens to bytes. */
const BYTE_EDITS = {
  flip: (bytes: Uint8Array, at: number, to: number): Uint8Array => {
    const altered = bytes.slice();
    if (bytes.length > 0) altered[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << to % 8);
    return altered;
  },
  set: (bytes: Uint8Array, at: number, to: number): Uint8Array => {
    const altered = bytes.slice();
    if (bytes.length > 0) altered[at % bytes.length] = to % 256;
    return altered;
  },
  cut: (bytes: Uint8Array, at: number): Uint8Array => bytes.slice(0, at % (bytes.length + 1)),
  "cut the beginning": (bytes: Uint8Array, at: number): Uint8Array => bytes.slice(at % (bytes.length + 1)),
  insert: (bytes: Uint8Array, at: number, to: number): Uint8Array => {
    const place = at % (bytes.length + 1);
    return Uint8Array.of(...bytes.subarray(0, place), to % 256, ...bytes.subarray(place));
  },
  zeros: (bytes: Uint8Array, at: number, to: number): Uint8Array => {
    const altered = bytes.slice();
    const start = at % (bytes.length + 1);
    return altered.fill(0, start, start + to % 5000);
  },
  "another part": (bytes: Uint8Array, at: number, to: number): Uint8Array => {
    const altered = bytes.slice();
    if (bytes.length === 0) return altered;
    const [from, length] = [to % bytes.length, 1 + at % 4096];
    return (altered.set(
      bytes.subarray(from, from + Math.min(length, bytes.length - at % bytes.length)),
      at % bytes.length,
    ),
      altered);
  },
  append: (bytes: Uint8Array, at: number): Uint8Array => {
    const longer = new Uint8Array(bytes.length + 1 + at % 5000);
    longer.set(bytes);
    return longer;
  },
} as const;

const byteEdit = fc.record({
  name: fc.constantFrom(...Object.keys(BYTE_EDITS) as (keyof typeof BYTE_EDITS)[]),
  at: fc.nat(),
  to: fc.nat(),
});

/** An alteration of bytes, for bytes that are made elsewhere. */
export type ByteChange = (bytes: Uint8Array) => Uint8Array;

/**
 * Makes alterations of bytes.
 *
 * @param least How many edits at least.
 * @returns Functions that give altered copies.
 */
export function byteChanges(least: number): fc.Arbitrary<ByteChange> {
  return fc.array(byteEdit, { minLength: least, maxLength: 4 }).map((edits) => {
    const change: ByteChange = (bytes) =>
      edits.reduce((altered, { name, at, to }) => BYTE_EDITS[name](altered, at, to), bytes);
    return Object.assign(change, { toString: () => JSON.stringify(edits) });
  });
}
