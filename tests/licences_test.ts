import assert from "node:assert/strict";
import { readText } from "./tools/repository.ts";

/** Packages by licence. A new package is looked at by a person before it comes in here. */
const LICENCES: Readonly<Record<string, readonly string[]>> = {
  "MIT": [
    "@nodable/entities",
    "@noble/ciphers",
    "@noble/curves",
    "@noble/hashes",
    "@noble/post-quantum",
    "@scure/base",
    "@selderee/plugin-htmlparser2",
    "@types/node",
    "anynum",
    "csv-parse",
    "csv-stringify",
    "dom-serializer",
    "encoding-japanese",
    "fast-check",
    "fast-xml-builder",
    "fast-xml-parser",
    "fastest-levenshtein",
    "fflate",
    "he",
    "html-to-text",
    "htmlparser2",
    "iconv-lite",
    "is-unsafe",
    "leac",
    "lean-qr",
    "libbase64",
    "libmime",
    "libqp",
    "linkify-it",
    "mailparser",
    "parseley",
    "path-expression-matcher",
    "peberminta",
    "punycode.js",
    "pure-rand",
    "safer-buffer",
    "selderee",
    "strnum",
    "tlds",
    "uc.micro",
    "undici-types",
    "xml-naming",
    "zod",
  ],
  // whoever takes it chooses
  "(MIT OR EUPL-1.1+)": ["@zone-eu/mailsplit"],
  "MIT-0": ["nodemailer", "smtp-server"],
  "BSD-2-Clause": ["domelementtype", "domhandler", "domutils", "entities"],
  "BSD-3-Clause": ["age-encryption", "deepmerge-ts"],
  "Apache-2.0": ["jsqr", "playwright-core"],
};

interface Package {
  readonly name: string;
  readonly version: string;
}

async function lockedPackages(): Promise<readonly Package[]> {
  const lock: { readonly npm: Readonly<Record<string, unknown>> } = JSON.parse(await readText("deno.lock"));
  return Object.keys(lock.npm).map((key) => {
    // peers follow behind an underscore
    const [, name = "", version = ""] = /^(@?[^@]+)@([^_]+)/.exec(key) ?? [];
    return { name, version };
  });
}

async function cacheFolders(): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache }: { readonly npmCache: string } = JSON.parse(new TextDecoder().decode(stdout));
  const folders: string[] = [];
  for await (const { name } of Deno.readDir(npmCache)) folders.push(`${npmCache}/${name}`);
  return folders;
}

Deno.test("all packages of the lock file have a licence that lets anybody use and change them", async () => {
  const allowed = /^\(?(?:MIT|MIT-0|BSD-2-Clause|BSD-3-Clause|ISC|Apache-2\.0)(?: OR [\w.+-]+\))?$/;
  assert.deepEqual(Object.keys(LICENCES).filter((licence) => !allowed.test(licence)), []);
  const locked = new Set((await lockedPackages()).map(({ name }) => name));
  assert.deepEqual(Object.values(LICENCES).flat().toSorted(), [...locked].sort());
});

Deno.test("the packages say of themselves the licence that the table names", async () => {
  const folders = await cacheFolders();
  const stated = new Map<string, string>();
  for (const { name, version } of await lockedPackages()) {
    for (const folder of folders) {
      const text = await Deno.readTextFile(`${folder}/${name}/${version}/package.json`).catch(() => null);
      if (text !== null) stated.set(name, JSON.parse(text).license);
    }
  }
  assert.ok(stated.size > 5, "the cache of packages was not found");
  for (const [name, licence] of stated) assert.ok(LICENCES[licence]?.includes(name), `${name}: ${licence}`);
});
