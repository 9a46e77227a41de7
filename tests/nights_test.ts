/** Stories of the nightly check, each night the whole program: what it says, what it leaves, what it never leaks. */

import assert from "node:assert/strict";
import { type Ended, filesBelow, inFolder, program, squeezed } from "./helpers/program.ts";

interface Expected {
  readonly exit: readonly number[];
  readonly changes:
    | readonly { readonly kind: string; readonly drive: string | null; readonly keyId: string | null }[]
    | null;
  readonly findings: readonly { readonly code: string; readonly drive: string | null }[] | null;
  readonly quiet: boolean | null;
  readonly reports: number | null;
  readonly held: readonly string[] | null;
}

interface Night {
  readonly snapshot?: Record<string, unknown>;
  readonly rawSnapshot?: string;
  readonly before: { readonly removeDestinationFile?: string } | null;
  readonly expect: Expected;
}

interface Story {
  readonly title: string;
  readonly settings: { readonly destinations: readonly { readonly path: string }[] };
  readonly nights: readonly Night[];
}

interface Answer {
  readonly changes?: readonly {
    readonly kind: string;
    readonly keyId: string | null;
    readonly volume: { readonly drive: string | null } | null;
  }[];
  readonly findings?: readonly {
    readonly code: string;
    readonly volume: { readonly drive: string | null } | null;
  }[];
}

const FOLDER = new URL("./testdata/nights/", import.meta.url);
const KEY_FILE = /BitLocker Recovery Key .*\.TXT$/;
/** Findings about copies: told apart in tests of their own. */
const COPY_CODES = ["delivery-pending", "no-copy-outside", "copy-on-same-drive", "destination-unreachable"];

for (const entry of [...Deno.readDirSync(FOLDER)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
  const story: Story = JSON.parse(Deno.readTextFileSync(new URL(entry.name, FOLDER)));
  Deno.test(`nights: ${story.title}`, () => inFolder((folder) => runStory(story, folder)));
}

async function runStory(story: Story, folder: string): Promise<void> {
  const settings = JSON.parse(JSON.stringify(story.settings).replaceAll("{DEST}", `${folder}/dest`));
  for (const one of settings.destinations) await Deno.mkdir(one.path, { recursive: true });
  await Deno.writeTextFile(`${folder}/settings.json`, JSON.stringify(settings));
  const seen = new Map<string, string>();
  for (const [index, night] of story.nights.entries()) {
    const place = `night ${index + 1}`;
    if (night.before?.removeDestinationFile !== undefined) {
      for (const path of (await filesBelow(`${folder}/dest`)).keys()) {
        if (KEY_FILE.test(path)) await Deno.remove(`${folder}/dest/${path}`);
      }
    }
    const text = night.rawSnapshot ?? JSON.stringify(night.snapshot);
    await Deno.writeTextFile(`${folder}/snapshot.json`, text);
    for (
      const [id, digits] of text.matchAll(
        /"id":"\{?([0-9A-Fa-f-]{36})\}?"[^}]*?"recoveryPassword":"([0-9-]{55})"/g,
      ).map(([, id, digits]) => [id, digits] as const)
    ) {
      seen.set((id ?? "").toUpperCase(), (digits ?? "").replaceAll("-", ""));
    }
    const before = await filesBelow(`${folder}/dest`);
    const ended = await program([
      "check",
      "--data",
      `${folder}/data`,
      "--config",
      `${folder}/settings.json`,
      "--snapshot",
      `${folder}/snapshot.json`,
      "--json",
    ]);
    const after = await filesBelow(`${folder}/dest`);
    compare(night.expect, ended, { before, after, seen, place });
    for (const [path, bytes] of await filesBelow(`${folder}/data`)) {
      noDigits(squeezed(bytes), seen, `${place}, ${path}`);
    }
    noDigits(squeezed(ended.stdout + ended.stderr), seen, `${place}, output`);
    for (const [path, bytes] of before) {
      if (!path.endsWith("status.json")) {
        assert.deepEqual(after.get(path), bytes, `${place}: ${path} was altered or removed`);
      }
    }
  }
}

interface Seen {
  readonly before: ReadonlyMap<string, Uint8Array>;
  readonly after: ReadonlyMap<string, Uint8Array>;
  readonly seen: ReadonlyMap<string, string>;
  readonly place: string;
}

function compare(expect: Expected, ended: Ended, { before, after, seen, place }: Seen): void {
  assert.ok(expect.exit.includes(ended.code), `${place}: exit ${ended.code}: ${ended.stderr}`);
  const answer: Answer = JSON.parse(ended.stdout);
  const changes = (answer.changes ?? []).map((one) =>
    `${one.kind} ${one.volume?.drive ?? "-"} ${one.keyId ?? "-"}`
  ).sort();
  const findings = (answer.findings ?? []).filter((one) => !COPY_CODES.includes(one.code)).map((one) =>
    `${one.code} ${one.volume?.drive ?? "-"}`
  ).sort();
  if (expect.changes !== null) {
    assert.deepEqual(
      changes,
      expect.changes.map((one) => `${one.kind} ${one.drive ?? "-"} ${one.keyId ?? "-"}`).sort(),
      place,
    );
  }
  if (expect.findings !== null) {
    assert.deepEqual(findings, expect.findings.map((one) => `${one.code} ${one.drive ?? "-"}`).sort(), place);
  }
  const fresh = [...after.keys()].filter((path) => !before.has(path) && !path.endsWith("status.json"));
  if (expect.quiet !== null) {
    assert.equal(changes.length === 0 && fresh.length === 0, expect.quiet, `${place}: ${fresh.join()}`);
  }
  if (expect.reports !== null) {
    assert.equal(
      fresh.filter((path) => KEY_FILE.test(path)).length,
      expect.reports,
      `${place}: ${fresh.join()}`,
    );
  }
  for (const id of expect.held ?? []) {
    const held = [...after].some(([path, bytes]) =>
      KEY_FILE.test(path) && path.includes(id) && squeezed(bytes).includes(seen.get(id) ?? "?")
    );
    assert.ok(held, `${place}: ${id} is readable nowhere`);
  }
}

function noDigits(text: string, seen: ReadonlyMap<string, string>, where: string): void {
  for (const [id, digits] of seen) assert.ok(!text.includes(digits), `digits of ${id} in ${where}`);
}
