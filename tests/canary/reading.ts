/** The tasks that read reports and lists, with what opens sealed files; and those that show digits by intention. */

import assert from "node:assert/strict";
import { Encrypter, identityToRecipient } from "age-encryption";
import { keyId, volume } from "../helpers/night_rig.ts";
import { until } from "../faults/fault_pc.ts";
import { type CanaryLab, type CanaryPc, envelopeOf, inPairs, snapshotOf } from "./pc.ts";
import { DIGITS, IDENTITY, KEYS, PASSPHRASE, type SecretKind } from "./secrets.ts";

/** A run, and which secrets its results must show. */
interface Reading {
  readonly words: readonly string[];
  readonly shows?: readonly SecretKind[];
}

/** Reads plain and sealed reports in every way. */
export async function reading(lab: CanaryLab): Promise<void> {
  await lab.withPc(async (pc) => {
    const { folder, data } = pc;
    for (const name of ["keys", "vault", "secrets"]) await Deno.mkdir(`${folder}/${name}`);
    const settings = {
      destinations: [
        { name: "keys", kind: "folder", path: `${folder}/keys`, synced: true, sealed: false },
        { name: "vault", kind: "folder", path: `${folder}/vault`, synced: true },
      ],
      recipients: [await identityToRecipient(IDENTITY)],
    };
    await pc.run(["check", "--data", data], { stdin: envelopeOf(settings), codes: [0] });
    await Deno.writeTextFile(`${folder}/snapshot.json`, JSON.stringify(snapshotOf()));
    await Deno.writeTextFile(
      `${folder}/other.json`,
      JSON.stringify(snapshotOf([volume("C:", [KEYS[1]]), volume("D:", [KEYS[2]])])),
    );
    await Deno.writeTextFile(`${folder}/secrets/identity.txt`, `# mine\n${IDENTITY}\n`);
    await Deno.writeTextFile(`${folder}/secrets/damaged.txt`, `${IDENTITY.slice(0, -4)}QQQQ\n`);
    await Deno.writeTextFile(`${folder}/secrets/none.txt`, `identity ${IDENTITY.slice(17)}\n`);
    await Deno.writeTextFile(`${folder}/secrets/passphrase.txt`, `${PASSPHRASE}\r\n`);
    await Deno.writeTextFile(`${folder}/secrets/wrong.txt`, `${PASSPHRASE}x\n`);
    await Deno.writeFile(
      `${folder}/vault/old.txt.age`,
      await sealed(`Key ID: ${keyId(KEYS[0])}\nKey: ${DIGITS}\n`),
    );

    const id = keyId(KEYS[0]).slice(0, 8);
    const identity = ["--identity", `${folder}/secrets/identity.txt`];
    const passphrase = ["--passphrase-file", `${folder}/secrets/passphrase.txt`];
    const wrong = [
      [],
      ["--identity", `${folder}/secrets/damaged.txt`],
      ["--identity", `${folder}/secrets/none.txt`],
      ["--identity", `${folder}/secrets/passphrase.txt`],
      ["--passphrase-file", `${folder}/secrets/wrong.txt`],
      ["--passphrase-file", `${folder}/secrets/identity.txt`],
    ];
    const readings: readonly Reading[] = [
      { words: ["find", id, "--in", `${folder}/keys`], shows: ["digits"] },
      { words: ["find", id, "--in", `${folder}/vault`, ...identity], shows: ["digits"] },
      { words: ["find", id, "--in", `${folder}/vault`, ...identity, "--json"], shows: ["digits"] },
      { words: ["find", "no such key", "--in", `${folder}/vault`, ...passphrase] },
      { words: ["import", `${folder}/vault`, ...identity, ...passphrase, "--json"], shows: ["digits"] },
      {
        words: ["import", `${folder}/vault`, ...passphrase, "--to", `${folder}/imported`],
        shows: ["digits"],
      },
      { words: ["reconcile", `${folder}/vault`, ...identity, ...passphrase, "--data", data] },
      { words: ["reconcile", `${folder}/other.json`, "--snapshot", `${folder}/snapshot.json`] },
      { words: ["reconcile", `${folder}/other.json`, "--data", data, "--json"] },
      ...wrong.flatMap((words, index): readonly Reading[] => {
        const json = index % 2 === 0 ? [] : ["--json"];
        return [
          { words: ["find", id, "--in", `${folder}/vault`, ...words, ...json] },
          { words: ["import", `${folder}/vault`, ...words, ...json] },
          { words: ["reconcile", `${folder}/vault`, "--data", data, ...words, ...json] },
        ];
      }),
      ...["html", "txt", "csv", "json"].flatMap((format): readonly Reading[] => [
        {
          words: [
            "print",
            "--snapshot",
            `${folder}/snapshot.json`,
            "--out",
            `${folder}/sheets`,
            "--format",
            format,
          ],
        },
        { words: ["print", `${folder}/keys`, "--out", `${folder}/sheets`, "--format", format, "--json"] },
      ]),
      { words: ["print", `${folder}/vault/old.txt.age`, "--out", `${folder}/sheets`] },
      { words: ["status", "--data", data] },
      { words: ["status", "--settings", "--data", data] },
      { words: ["history", "--data", data, "--drive", "C:"] },
      { words: ["demo", "--out", `${folder}/demo`] },
      { words: ["archive-key"] },
      { words: ["--version"] },
      { words: ["find", "--help"] },
      { words: [] },
    ];
    await inPairs(readings, async ({ words, shows = [] }) => {
      const { stdout } = await pc.run(words, { shows });
      if (shows.includes("digits")) assert.ok(stdout.replace(/\s/g, "").includes(DIGITS), words.join(" "));
    });
    for (const typed of [`${PASSPHRASE}\r`, `${PASSPHRASE}x\r`, `${PASSPHRASE.slice(0, 12)}\x03`]) {
      await typePassphrase(pc, typed);
    }
    const found = await pc.searchFiles((path) => {
      if (path.startsWith("secrets/")) return ["identity", "passphrase"];
      if (path.endsWith("status.json")) return [];
      return /^(?:keys|imported|sheets|typed)\/|^(?:snapshot|other)\.json$/.test(path) ? ["digits"] : [];
    });
    for (const part of ["secrets/passphrase.txt", "secrets/identity.txt", "imported/", "sheets/"]) {
      assert.ok([...found].some(([path, kinds]) => path.startsWith(part) && kinds.length > 0), part);
    }
  });
}

/** Seals a text with the passphrase; a low work factor, for it is opened often. */
async function sealed(text: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(8);
  encrypter.setPassphrase(PASSPHRASE);
  return await encrypter.encrypt(text);
}

/** Types at the question for the passphrase, on a terminal that would show what is typed. */
async function typePassphrase(pc: CanaryPc, typed: string): Promise<void> {
  if (Deno.build.os !== "linux") return;
  await Deno.mkdir(`${pc.folder}/typed`, { recursive: true });
  const screen = `${pc.folder}/typed/${typed.length}`;
  const quoted = (words: readonly string[]): string => words.map((one) => `'${one}'`).join(" ");
  const ended = await pc.run(["import", `${pc.folder}/vault/old.txt.age`], {
    through: (command) => ["script", "-qfec", quoted(command), screen],
    shows: ["digits"],
    stdin: typing(screen, typed),
  });
  assert.equal(ended.stdout.includes(DIGITS), typed === `${PASSPHRASE}\r`, ended.stdout);
}

/** The keys, once the question is on the screen: before, the terminal itself would show them. */
async function* typing(screen: string, typed: string): AsyncGenerator<Uint8Array> {
  const isAsked = async (): Promise<boolean> =>
    (await Deno.readTextFile(screen).catch(() => "")).includes("Passphrase of the sealed files: ");
  await until("the question for the passphrase", isAsked);
  yield new TextEncoder().encode(typed);
}
