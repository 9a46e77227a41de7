/** A run of two starts, each the whole program, with a carrier that this test plays. */

import assert from "node:assert/strict";
import type { CarryItem } from "../lib/core/carry_model.ts";
import { keyId, password, volume } from "./helpers/night_rig.ts";
import { type Ended, filesBelow, inFolder, program, squeezed } from "./helpers/program.ts";

interface Answer {
  readonly changes: readonly { readonly kind: string }[];
  readonly findings: readonly { readonly code: string }[];
  readonly deliveries: readonly { readonly destination: string; readonly outcome: string }[];
  readonly carry: readonly CarryItem[];
  readonly shortfalls: readonly string[];
}

const SNAPSHOT = {
  schema: 1,
  takenAt: "2026-11-24T03:00:12.345+01:00",
  host: { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" },
  volumes: [volume("C:", [1])],
};

Deno.test("a run of two starts: the first hands over, the second tells what arrived and ends the run", () =>
  inFolder(async (folder) => {
    const data = `${folder}/data`;
    await Deno.mkdir(`${folder}/cloud`);
    const destinations = [
      { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false },
      { name: "cloud", kind: "folder", path: `${folder}/cloud`, synced: true },
    ];
    const start = (files: readonly unknown[], receipts?: readonly unknown[]): Promise<Ended> => {
      const folders = files.length === 0 ? [] : [{ name: "ANNA-LAPTOP", status: null, files }];
      const listings = [{ destination: "office", reachable: true, error: null, blind: false, folders }];
      const envelope = {
        schema: 1,
        runId: "run-1",
        snapshot: SNAPSHOT,
        settings: { policy: null, file: { destinations } },
        listings,
        ...(receipts === undefined ? {} : { receipts }),
      };
      return program(["check", "--json", "--data", data], { stdin: JSON.stringify(envelope) });
    };

    const first = await start([]);
    const handed: Answer = JSON.parse(first.stdout);
    assert.deepEqual(handed.changes.map((one) => one.kind).sort(), ["key-added", "volume-found"]);
    assert.equal(handed.carry.length, 2);
    assert.ok(handed.carry.every((one) => one.destination === "office" && !one.replace));
    assert.ok(![...(await filesBelow(`${folder}/cloud`)).keys()].includes("ANNA-LAPTOP/status.json"));
    const status = async (): Promise<{ lastRun: { runId: string; exit: number; changes: number } | null }> =>
      JSON.parse((await program(["status", "--json", "--data", data])).stdout);
    assert.equal((await status()).lastRun, null);
    for (const [path, bytes] of await filesBelow(data)) {
      assert.ok(!squeezed(bytes).includes(squeezed(password(1))), `${path} holds digits`);
    }

    const carried = handed.carry.map(({ name, sha256, contentBase64 }) => ({
      name,
      size: Uint8Array.fromBase64(contentBase64).length,
      sha256: sha256.toUpperCase(),
      cloud: false,
    }));
    const receipts = handed.carry.map(({ destination, name, sha256 }) => (
      { destination, name, sha256, outcome: "delivered", error: null }
    ));
    const second = await start(carried, receipts);
    const told: Answer = JSON.parse(second.stdout);
    assert.deepEqual([first.code, second.code], [3, 0], second.stderr);
    assert.deepEqual([told.changes, told.findings, told.shortfalls], [[], [], []]);
    assert.deepEqual(told.deliveries.map((one) => `${one.destination} ${one.outcome}`), [
      "office delivered",
      "office delivered",
      "cloud delivered",
      "cloud delivered",
    ]);
    assert.deepEqual(told.carry.map((one) => [one.name, one.replace]), [["status.json", true]]);
    assert.ok((await filesBelow(`${folder}/cloud`)).has("ANNA-LAPTOP/status.json"));
    const { lastRun } = await status();
    assert.deepEqual([lastRun?.runId, lastRun?.exit, lastRun?.changes], ["run-1", 0, 2]);
    const history = await program(["history", "--json", "--data", data]);
    assert.equal(history.stdout.split(keyId(1)).length > 1, true);
    assert.equal(JSON.parse(history.stdout).events.length, 2);
  }));

Deno.test("status says of a copy in OneDrive whether its upload was seen", () =>
  inFolder(async (folder) => {
    const data = `${folder}/data`;
    const user = "S-1-5-21-1111111111-2222222222-3333333333-1001";
    const start = async (files: readonly unknown[], receipts?: readonly unknown[]): Promise<Answer> => {
      const folders = [{ name: "ANNA-LAPTOP", status: null, files }];
      const envelope = {
        schema: 1,
        snapshot: SNAPSHOT,
        settings: { policy: null, file: { destinations: [{ name: "anna", kind: "onedrive", user }] } },
        listings: [{ destination: "anna", reachable: true, error: null, linked: true, folders }],
        ...(receipts === undefined ? {} : { receipts }),
      };
      return JSON.parse(
        (await program(["check", "--json", "--data", data], { stdin: JSON.stringify(envelope) })).stdout,
      );
    };
    const status = async (): Promise<string> => (await program(["status", "--data", data])).stdout;
    const { carry } = await start([]);
    const files = carry.map(({ name, sha256, contentBase64 }) => (
      { name, size: Uint8Array.fromBase64(contentBase64).length, sha256, cloud: false }
    ));
    const receipts = carry.map(({ destination, name, sha256 }) => (
      { destination, name, sha256, outcome: "handed-over", error: null }
    ));
    await start([], receipts);
    assert.match(await status(), /NO COPY of 00000001/);
    await start(files);
    assert.match(await status(), /copy at anna, seen .*, upload not seen yet: ANNA-LAPTOP\//);
    await start(files.map((file) => ({ ...file, sha256: null, cloud: true })));
    assert.match(await status(), /copy at anna, seen [^,:]*: ANNA-LAPTOP\//);
  }));
