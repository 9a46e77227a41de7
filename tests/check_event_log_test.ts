import assert from "node:assert/strict";
import { keyId, volume } from "./helpers/night_rig.ts";
import { inFolder, program } from "./helpers/program.ts";

const snapshot = {
  schema: 1,
  takenAt: "2026-11-24T03:00:00.000+01:00",
  host: { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532", join: "workgroup" },
  volumes: [volume("C:", [1])],
  events: [],
  eventLog: { state: "read", since: "2026-10-05T16:31:22Z", message: null },
};

const settings = {
  destinations: [{ name: "office", kind: "share", path: "\\\\nas\\keys", sealed: false }],
};

interface Answer {
  readonly eventLog?: readonly { readonly id: number; readonly level: string; readonly text: string }[];
  readonly hints: readonly string[];
  readonly carry?: readonly {
    readonly name: string;
    readonly folder: string;
    readonly sha256: string;
    readonly replace: boolean;
  }[];
}

async function check(data: string, envelope: unknown, more: readonly string[] = []): Promise<Answer> {
  const { stdout, stderr } = await program(["check", "--json", "--data", data, ...more], {
    stdin: JSON.stringify(envelope),
  });
  assert.ok(stdout.startsWith("{"), stderr);
  return JSON.parse(stdout);
}

Deno.test("check --json gives the events of a run at its last start, with the changes of the first", () =>
  inFolder(async (data) => {
    const files: { name: string; size: number; sha256: string }[] = [];
    const listing = {
      destination: "office",
      reachable: true,
      error: null,
      folders: [{ name: "ANNA-LAPTOP", status: null, files }],
    };
    const envelope = { schema: 1, runId: "run-1", snapshot, settings: { policy: null, file: settings } };
    const first = await check(data, { ...envelope, listings: [listing] });
    assert.equal(first.eventLog, undefined, "the second start tells it");
    assert.equal(first.hints.length, 1, "a workgroup PC without a credential");
    const items = (first.carry ?? []).filter((one) => !one.replace);
    assert.equal(items.length, 2);

    const receipts = items.map(({ name, sha256 }) => ({
      destination: "office",
      name,
      sha256,
      outcome: "accepted",
      error: null,
    }));
    const second = await check(data, {
      ...envelope,
      secrets: { shareCredentials: ["office"] },
      listings: [{ ...listing, blind: true, folders: [] }],
      receipts,
    });
    assert.deepEqual(second.hints, []);
    assert.deepEqual(second.eventLog?.map((one) => `${one.id} ${one.level}`), [
      "100 information",
      "110 information",
    ]);
    assert.ok(second.eventLog?.[1]?.text.includes(keyId(1).slice(0, 8)));
  }));

Deno.test("check --dry-run writes no event either", () =>
  inFolder(async (data) => {
    const dry = await check(data, snapshot, ["--dry-run"]);
    assert.equal(dry.eventLog, undefined);
    const real = await check(data, snapshot);
    assert.deepEqual(
      real.eventLog?.map((one) => one.id),
      [100, 110, 120],
      "a key, and no copy of it outside",
    );
  }));
