/**
 * Fills the samples and tables of the README with what the program really says. `deno task readme`
 *
 * A spot is `<!-- NAME -->`, what was put there, and `<!-- end -->`. A test holds the README equal to what this makes.
 */

import { EXIT, type ExitName } from "../../lib/errors.ts";
import { EXIT_WORDS } from "../../tasks/arguments.ts";
import { TASKS } from "../../tasks/mod.ts";
import { dataVolumeDocument, snapshotDocument, volumeDocument } from "../helpers/snapshots.ts";
import { readText, ROOT } from "./repository.ts";

/** Command lines whose output stands in the README, run one after the other in one folder. */
const SAMPLES: readonly (readonly [name: string, ...words: string[]])[] = [
  ["demo", "demo"],
  ["find", "find", "C04676C4", "--in", "demo/keys"],
  ["find-near", "find", "C0467GC4", "--in", "demo/keys"],
  ["find-spell", "find", "C04676C4", "--in", "demo/keys", "--spell"],
  ["reconcile", "reconcile", "account-page.txt", "--snapshot", "anna.json"],
  ["status", "status", "--data", "demo/data/TOMS-PC"],
  ["history", "history", "--data", "demo/data/ANNA-LAPTOP", "--drive", "C:"],
  ["check", "check", "--snapshot", "snapshot.json", "--data", "data", "--dry-run"],
  ["print", "print", "--snapshot", "snapshot.json", "--drive", "D:", "--out", "sheets"],
  ["json", "find", "C04676C4", "--in", "demo/keys", "--json"],
  ["failed", "status", "--data", "demo/data/ANNA-LAPTOP"],
];

/** Runs before the last sample, whose settings cannot be used. */
const FAILED_NIGHTS: readonly string[] = ["2026-11-25", "2026-11-26", "2026-11-27"];

const SPOT = /<!-- ([a-z-]+) -->\n[\s\S]*?<!-- end -->/g;

async function run(words: readonly string[], cwd: string): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--frozen",
      "--config",
      `${ROOT}deno.json`,
      "--allow-read",
      "--allow-write",
      "--allow-net=127.0.0.1,localhost",
      `${ROOT}main.ts`,
      ...words,
    ],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trimEnd();
  return [text(stdout), text(stderr)].filter(Boolean).join("\n");
}

/** Writes what the samples read. */
async function prepare(folder: string): Promise<void> {
  const snapshot = snapshotDocument([volumeDocument(), dataVolumeDocument()]);
  await Deno.writeTextFile(`${folder}/snapshot.json`, JSON.stringify(snapshot));
  const lists = `${ROOT}tests/testdata/reconcile`;
  await Deno.copyFile(`${lists}/account-page.txt`, `${folder}/account-page.txt`);
  await Deno.copyFile(`${lists}/snapshot.json`, `${folder}/anna.json`);
}

async function failNights(folder: string): Promise<void> {
  const data = "demo/data/ANNA-LAPTOP";
  await Deno.writeTextFile(`${folder}/${data}/settings.json`, '{ "copyMaxAgeDays": "soon" }');
  for (const day of FAILED_NIGHTS) {
    const snapshot = snapshotDocument([volumeDocument()], { takenAt: `${day}T03:00:00.000+01:00` });
    await Deno.writeTextFile(`${folder}/failed.json`, JSON.stringify(snapshot));
    await run(["check", "--snapshot", "failed.json", "--data", data], folder);
  }
}

/** Runs all samples in a folder of their own. @returns What stands in the spots, by name. */
async function samples(): Promise<ReadonlyMap<string, string>> {
  const folder = await Deno.makeTempDir({ prefix: "spare-key-readme-" });
  try {
    await prepare(folder);
    const found = new Map<string, string>();
    for (const [name, ...words] of SAMPLES) {
      if (name === "failed") await failNights(folder);
      const output = await run(words, folder);
      const shown = EXCERPTS[name]?.(output) ?? output;
      found.set(name, `\`\`\`text\n$ spare-key ${words.join(" ")}\n${shown}\n\`\`\``);
    }
    return found;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What is long: its beginning and, of the story, its end, which tell what it is about. */
const EXCERPTS: Readonly<Record<string, (output: string) => string>> = {
  demo: (output) => excerpt(output, { first: 2, last: 4 }),
  failed: (output) => excerpt(output, { first: 1, last: 0 }),
};

function excerpt(output: string, { first, last }: { readonly first: number; readonly last: number }): string {
  const parts = output.split("\n\n");
  return [...parts.slice(0, first), "[...]", ...parts.slice(parts.length - last)].join("\n\n");
}

function exitTable(): string {
  const rows = Object.entries(EXIT).map(([name, code]) =>
    `| ${code} | \`${name}\` | ${EXIT_WORDS[name as ExitName]} |`
  );
  return ["| code | `error.code` | meaning |", "|---|---|---|", ...rows].join("\n");
}

function taskTable(): string {
  const rows = TASKS.filter((task) => !task.hidden)
    .map(({ name, summary, example }) =>
      `| [\`${name}\`](#${name}) | ${summary} | \`spare-key ${example}\` |`
    );
  return ["| task | what it does | example |", "|---|---|---|", ...rows].join("\n");
}

/**
 * Fills the spots.
 *
 * @param readme The README.
 * @returns The README with what the program says now.
 * @throws {Error} When a spot has a name that nothing fills, or something has no spot.
 */
export async function filledReadme(readme: string): Promise<string> {
  const content = new Map([...await samples(), ["exit-codes", exitTable()], ["tasks", taskTable()]]);
  const used = new Set<string>();
  const filled = readme.replace(SPOT, (_, name: string) => {
    const text = content.get(name);
    if (text === undefined) throw new Error(`Cannot fill the README: nothing is called "${name}"`);
    used.add(name);
    return `<!-- ${name} -->\n${text}\n<!-- end -->`;
  });
  const left = [...content.keys()].filter((name) => !used.has(name));
  if (left.length > 0) throw new Error(`Cannot fill the README: there is no spot for ${left.join(", ")}`);
  return filled;
}

if (import.meta.main) {
  await Deno.writeTextFile(`${ROOT}README.md`, await filledReadme(await readText("README.md")));
}
