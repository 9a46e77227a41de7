/** Documents that are broken around their secrets, on every way into the program. */

import { volume } from "../helpers/night_rig.ts";
import { type CanaryLab, type CanaryPc, envelopeOf, inPairs, snapshotOf } from "./pc.ts";
import { ARCHIVE_KEY, DIGITS, KEYS, SMTP_PASSWORD } from "./secrets.ts";
import type { Named } from "./watch.ts";

/** A way to break a document. */
type Break = (whole: string) => string | Uint8Array;

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Cuts the document so many signs into a text; negative counts from its end. */
function cutAt(text: string, at: number): Break {
  return (whole) => whole.slice(0, whole.indexOf(inJson(text)) + (at < 0 ? inJson(text).length + at : at));
}

function utf16(text: string, { big = false, mark = true, odd = false } = {}): Uint8Array {
  const units = [...(mark ? [0xfeff] : []), ...Array.from(text, (one) => one.charCodeAt(0))];
  const bytes = units.flatMap((unit) => big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]);
  return Uint8Array.from(odd ? bytes.slice(0, -1) : bytes);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The first place where the digits stand. */
function around(whole: string): readonly [before: string, behind: string] {
  const at = whole.indexOf(DIGITS);
  return [whole.slice(0, at), whole.slice(at + DIGITS.length)];
}

/** It ends the document; a pipe that closes behind it says that the parent has died, and the run ends silently. */
const NUL_BYTE = "a NUL byte in the digits";

const BREAKS: Readonly<Record<string, Break>> = {
  "cut before the digits": cutAt(DIGITS, 0),
  "cut behind the first group": cutAt(DIGITS, 7),
  "cut in the digits": cutAt(DIGITS, 27),
  "cut in the last group": cutAt(DIGITS, -3),
  "cut behind the digits": (whole) => whole.slice(0, whole.indexOf(DIGITS) + DIGITS.length),
  "cut behind their quote": (whole) => whole.slice(0, whole.indexOf(DIGITS) + DIGITS.length + 1),
  "cut in the password": cutAt(SMTP_PASSWORD, 14),
  "cut in the archive key": cutAt(ARCHIVE_KEY, 40),
  "a comma too many": (whole) => whole.replace(`"${DIGITS}"`, `"${DIGITS}",,`),
  "no quotes": (whole) => whole.replace(`"${DIGITS}"`, DIGITS),
  // V8 quotes the text around a token that it does not expect.
  "a letter before the digits": (whole) => whole.replace(`"${DIGITS}"`, `x${DIGITS}`),
  "a letter before their quote": (whole) => whole.replace(`"${DIGITS}"`, `x"${DIGITS}"`),
  "single quotes": (whole) => whole.replace(`"${DIGITS}"`, `'${DIGITS}'`),
  "a line end in the digits": (whole) => {
    const [before, behind] = around(whole);
    return `${before}${DIGITS.slice(0, 20)}\n${DIGITS.slice(20)}${behind}`;
  },
  "an escape that is none": (whole) => whole.replace(DIGITS, DIGITS.replace("-", "\\x")),
  "digits without zeros before": (whole) => whole.replace(`"${DIGITS}"`, DIGITS.replaceAll("-", "")),
  "digits as a name": (whole) =>
    whole.replaceAll('"drive"', `"${DIGITS}"`).replaceAll('"schema":1', `"${DIGITS}":1`),
  "digits in place of the schema": (whole) => whole.replaceAll('"schema":1', `"schema":"${DIGITS}"`),
  "digits in place of a list": (whole) => whole.replace(/"volumes":\[.*\]/, `"volumes":"${DIGITS}"`),
  "digits in place of a number": (whole) => whole.replace('"lockStatus":0', `"lockStatus":"${DIGITS}"`),
  "digits alone": () => `recovery password ${DIGITS}`,
  "digits as the document": () => `"${DIGITS}"`,
  "a list of secrets": () => JSON.stringify([DIGITS, SMTP_PASSWORD, ARCHIVE_KEY]),
  "password in place of an object": (whole) =>
    whole.replace(/"secrets":\{.*?\}/, `"secrets":"${inJson(SMTP_PASSWORD)}"`),
  "a key as a setting": (whole) => whole.replace('"settings":{', `"settings":{"${ARCHIVE_KEY}":`),
  "more behind the end": (whole) => `${whole}${DIGITS}`,
  "great depth": (whole) => whole.replace(`"${DIGITS}"`, `${"[".repeat(100_000)}"${DIGITS}"`),
  "great depth that ends": (whole) =>
    whole.replace(`"${DIGITS}"`, `${"[".repeat(20_000)}"${DIGITS}"${"]".repeat(20_000)}`),
  "bytes that are no UTF-8": (whole) => {
    const [before, behind] = around(whole);
    return join(utf8(before + DIGITS), Uint8Array.of(0xff, 0xc0), utf8(DIGITS + behind));
  },
  "UTF-16": (whole) => utf16(whole.slice(0, whole.indexOf(DIGITS) + 31)),
  "UTF-16 without a mark": (whole) => utf16(whole.slice(0, whole.indexOf(DIGITS) + 31), { mark: false }),
  "UTF-16, big-endian": (whole) => utf16(whole.slice(0, whole.indexOf(DIGITS) + 31), { big: true }),
  "UTF-16 of half a sign": (whole) => utf16(whole, { odd: true }),
  "a mark in the middle": (whole) => whole.replace(`"${DIGITS}"`, `\ufeff"${DIGITS}"`),
  [NUL_BYTE]: (whole) => whole.replace(DIGITS, DIGITS.replace("-", "\0-")),
};

/** A way in. */
interface WayIn {
  readonly words: (file: string, pc: CanaryPc) => readonly string[];
  readonly document: string;
  /** It comes by a file, not by standard input. */
  readonly byFile?: boolean;
  readonly shows?: Named;
  /** How many of the breaks are tried; all without it. */
  readonly tries?: number;
}

const SETTINGS = {
  destinations: [{ name: "keys", kind: "folder", path: "/nonexistent/keys" }],
  copyMaxAgeDays: 30,
};
const ENVELOPE = envelopeOf(SETTINGS);
const SNAPSHOT = JSON.stringify(snapshotOf([volume("C:", [KEYS[0]])]));
const request = (more: object): string =>
  JSON.stringify({
    schema: 1,
    settings: { policy: { "Smtp.Host": DIGITS }, file: SETTINGS },
    secrets: { smtpPassword: SMTP_PASSWORD, archiveKey: ARCHIVE_KEY },
    ...more,
  });
const MISPLACED = JSON.stringify({
  schema: 1,
  drive: DIGITS,
  lockStatus: 0,
  secrets: SMTP_PASSWORD,
  key: ARCHIVE_KEY,
});

const WAYS_IN: Readonly<Record<string, WayIn>> = {
  "check": { words: (_, { data }) => ["check", "--data", data], document: ENVELOPE },
  "check of a file": {
    words: (file, { data }) => ["check", "--data", data, "--snapshot", file, "--dry-run"],
    document: ENVELOPE,
    byFile: true,
    tries: 12,
  },
  "check with settings": {
    words: (
      file,
      { data, folder },
    ) => ["check", "--data", data, "--config", file, "--snapshot", `${folder}/good.json`],
    document: MISPLACED,
    byFile: true,
    tries: 12,
  },
  "permissions": {
    words: () => ["permissions"],
    document: request({ dataFolder: "/var/lib/spare-key" }),
    tries: 8,
  },
  "schedule": {
    words: () => ["schedule"],
    document: request({ installFolder: "C:\\Spare Key", dataFolder: "C:\\state" }),
    tries: 8,
  },
  "tell-failure": {
    words: (_, { data }) => ["tell-failure", "--data", data],
    document: request({
      host: "ANNA-LAPTOP",
      takenAt: null,
      failure: {
        exit: 11,
        message: `Cannot read ${DIGITS} ${SMTP_PASSWORD} ${ARCHIVE_KEY}`,
        hint: `not ${DIGITS}`,
      },
    }),
    tries: 8,
  },
  "print": {
    words: (_, { folder }) => ["print", "--out", `${folder}/sheets`],
    document: SNAPSHOT,
    tries: 10,
  },
  "print of a file": {
    words: (file, { folder }) => ["print", file, "--out", `${folder}/sheets`],
    document: SNAPSHOT,
    byFile: true,
    tries: 8,
  },
  "status --settings": {
    words: (file, { data }) => ["status", "--settings", "--data", data, "--config", file],
    document: MISPLACED,
    byFile: true,
    tries: 8,
  },
  "status --settings of policy": {
    words: (_, { data }) => ["status", "--settings", "--data", data, "--policy", "-"],
    document: JSON.stringify({
      "Smtp.Host": DIGITS,
      [DIGITS]: 1,
      Recipients: [ARCHIVE_KEY],
      a: SMTP_PASSWORD,
    }),
    tries: 8,
  },
  "import": { words: () => ["import", "-"], document: SNAPSHOT, shows: ["digits"], tries: 8 },
  "reconcile": {
    words: (_, { folder }) => ["reconcile", "-", "--snapshot", `${folder}/good.json`],
    document: SNAPSHOT,
    tries: 10,
  },
  "reconcile with a snapshot": {
    words: (file, { folder }) => ["reconcile", `${folder}/good.json`, "--snapshot", file],
    document: ENVELOPE,
    byFile: true,
    tries: 8,
  },
};

/** Tries every way in with documents that are broken in many ways. */
export async function brokenInput(lab: CanaryLab): Promise<void> {
  await lab.withPc(async (pc) => {
    await Deno.mkdir(`${pc.folder}/given`);
    await Deno.writeTextFile(`${pc.folder}/good.json`, SNAPSHOT);
    const breaks = Object.entries(BREAKS);
    let turn = 0;
    const trials = Object.entries(WAYS_IN).flatMap(([name, way]) => {
      const tries = Math.min(way.tries ?? breaks.length, breaks.length);
      // Those that are tried on some ways alone take turns.
      return Array.from({ length: tries }, (_, index) => {
        const [what, break_] = breaks[way.tries === undefined ? index : turn++ % breaks.length] ??
          ["", () => ""];
        const codes = what === NUL_BYTE ? [0, 1, 2, 3, 4, 10, 11] : null;
        return { name: `${name}, ${what}`, way, given: break_(way.document), index, codes };
      });
    });
    await inPairs(trials, async ({ name, way, given, index, codes }) => {
      const file = `${pc.folder}/given/${name.replaceAll(" ", "_")}.json`;
      const bytes = typeof given === "string" ? utf8(given) : given;
      if (way.byFile === true) await Deno.writeFile(file, bytes);
      await pc.run([...way.words(file, pc), ...(index % 2 === 0 ? ["--json"] : [])], {
        ...(way.byFile === true ? {} : { stdin: bytes }),
        ...(codes === null ? {} : { codes }),
        shows: way.shows ?? [],
      });
    });
    await pc.searchFiles((path) => {
      if (path.startsWith("given/") || path === "good.json") return ["digits", "password", "archiveKey"];
      return path.startsWith("sheets/") ? ["digits"] : [];
    });
  });
}
