/** All forms in which a part of a secret could lie somewhere, as Latin-1 texts of their bytes. */

import type { Secret, SecretKind } from "./secrets.ts";

/** A part of a secret, as it would lie somewhere. */
export interface Needle {
  readonly kind: SecretKind;
  readonly text: string;
  /** Such as `base64`. */
  readonly form: string;
}

/** V8 quotes ten characters before and behind the place where JSON breaks off, a quote and a comma among them. */
const PART = 8;
/** Without a hyphen among them fewer digits stand in hashes by chance. */
const BARE_PART = 10;
/** What every age identity begins with is none of its secret. */
const AGE_HEAD = "AGE-SECRET-KEY-1";
const NBSP = "\u00a0";

/** Takes away all that may stand between digits, and what quoted-printable and wrapped base64 put at line ends. */
export function squeeze(text: string): string {
  return text.replace(/=\r?\n/g, "").replace(/\xc2?\xa0|[\0\s-]/g, "");
}

/** Bytes as a text of the same length. */
export function latin(bytes: Uint8Array): string {
  let text = "";
  // A call takes no more arguments than fit on the stack.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** Gives every needle of these secrets. */
export function needlesOf(secrets: readonly Secret[]): readonly Needle[] {
  return secrets.flatMap(({ kind, text }) => {
    const found = new Map<string, string>();
    for (const part of partsOf({ kind, text })) {
      for (const [form, needle] of formsOf(part)) if (!found.has(needle)) found.set(needle, form);
    }
    return [...found].map(([needle, form]) => ({ kind, text: needle, form }));
  });
}

function partsOf({ kind, text }: Secret): readonly string[] {
  if (kind === "digits") {
    const spelt = ["-", " ", NBSP].map((between) => text.replaceAll("-", between));
    return [...spelt.flatMap((one) => windows(one, PART)), ...windows(text.replaceAll("-", ""), BARE_PART)];
  }
  const bare = text.startsWith(AGE_HEAD) ? text.slice(AGE_HEAD.length) : text;
  const spelt = text.startsWith(AGE_HEAD) ? [bare, bare.toLowerCase()] : [bare, squeeze(bare)];
  return spelt.flatMap((one) => windows(one, PART));
}

function windows(text: string, length: number): readonly string[] {
  const signs = [...text];
  return Array.from(
    { length: signs.length - length + 1 },
    (_, at) => signs.slice(at, at + length).join(""),
  );
}

function formsOf(text: string): readonly (readonly [form: string, needle: string])[] {
  const utf8 = new TextEncoder().encode(text);
  const little = Uint8Array.from(
    [...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]),
  );
  const big = Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) >> 8, one.charCodeAt(0) & 255]));
  const written = [
    ["JSON", JSON.stringify(text).slice(1, -1)],
    ["JSON twice", JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
    ["URL", encodeURIComponent(text)],
    ["HTML", html(text)],
  ] as const;
  return [
    ...([["UTF-8", utf8], ["UTF-16LE", little], ["UTF-16BE", big]] as const).flatMap(([name, bytes]) =>
      bytesForms(name, bytes)
    ),
    ...written.map(([form, one]) => [form, latin(new TextEncoder().encode(one))] as const),
    ["quoted-printable", quotedPrintable(utf8)],
  ];
}

function bytesForms(name: string, bytes: Uint8Array): readonly (readonly [form: string, needle: string])[] {
  const raw = latin(bytes);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const whole = btoa("\0".repeat(offset) + raw);
    // What a sign says that holds bits of the neighbours, too, is not known.
    const sure = whole.slice(Math.ceil(offset * 8 / 6), Math.floor((offset + bytes.length) * 8 / 6));
    return [sure, sure.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [
    [name, raw],
    [`hex of ${name}`, bytes.toHex()],
    [`hex of ${name}`, bytes.toHex().toUpperCase()],
    ...base64.map((one) => [`base64 of ${name}`, one] as const),
  ];
}

function quotedPrintable(bytes: Uint8Array): string {
  return Array.from(
    bytes,
    (byte) =>
      byte === 0x3d || byte > 0x7e || byte < 0x20
        ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}`
        : String.fromCharCode(byte),
  ).join("");
}

function html(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => names[sign] ?? sign);
}
