import assert from "node:assert/strict";
import type { Snapshot } from "../lib/core/model.ts";
import { checkChanges } from "./helpers/change_rows.ts";
import { deviceOf, guidOf } from "./helpers/made_up_values.ts";
import { c, cd, knowledgeAfter } from "./helpers/nights.ts";
import {
  dataVolumeDocument,
  errorDocument,
  hostDocument,
  type Json,
  keyDocument,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

Deno.test("diff() finds no change in the spelling of a device ID, tonight and in the nights after", () => {
  for (const deviceId of [deviceOf(1).toUpperCase(), deviceOf(1).slice(0, -1)]) {
    checkChanges([
      [`tonight: ${deviceId}`, [c(), c({ deviceId })], []],
      [`the night after: ${deviceId}`, [c(), c({ deviceId }), c({ deviceId })], []],
      [`and back: ${deviceId}`, [c(), c({ deviceId }), c()], []],
    ]);
  }
});

Deno.test("diff() takes a device ID without braces for the same volume", () => {
  const deviceId = deviceOf(1).replace(/[{}]/g, "");
  // without its persistent ID, which would do as well
  const bare = { persistentVolumeId: null };
  checkChanges([["tonight", [c(bare), c({ ...bare, deviceId })], []]]);
});

Deno.test("diff() knows a volume again by its persistent ID, tonight and in the nights after", () => {
  const moved = c({ deviceId: deviceOf(9) });
  checkChanges([
    ["tonight", [c(), moved], []],
    ["the night after", [c(), moved, moved], []],
    ["no persistent ID on one side: another volume", [
      c(),
      c({ deviceId: deviceOf(9), persistentVolumeId: null }),
    ], [
      "volume-found C:",
      "key-added C: 1",
      "volume-missing C:",
    ]],
  ]);
});

Deno.test("diff() tells of letters, and of volumes that go and come", () => {
  checkChanges([
    ["another letter", [cd(), cd({ drive: "M:" })], ["drive-letter-changed M:"]],
    ["told once", [cd(), cd({ drive: "M:" }), cd({ drive: "M:" })], []],
    ["letter taken away", [cd(), cd({ drive: null })], ["drive-letter-changed"]],
    ["letter given", [cd({ drive: null }), cd()], ["drive-letter-changed D:"]],
    ["gone", [cd(), c()], ["volume-missing D:"]],
    ["still gone", [cd(), c(), c()], []],
    ["back", [cd(), c(), cd()], ["volume-back D:"]],
    ["back with another letter", [cd(), c(), cd({ drive: "M:" })], [
      "volume-back M:",
      "drive-letter-changed M:",
    ]],
    ["back with another key", [
      cd(),
      c(),
      cd({ protectors: [keyDocument(5), tpmDocument(0xF2, { type: 8 })] }),
    ], [
      "volume-back D:",
      "key-added D: 5",
      "key-removed D: 2",
    ]],
    ["gone again", [cd(), c(), cd(), c()], ["volume-missing D:"]],
    ["an empty list without error: all are gone", [cd(), snapshotOf([])], [
      "volume-missing C:",
      "volume-missing D:",
    ]],
    ["a stick in place of another, same letter", [
      snapshotOf([plainVolumeDocument({ deviceId: deviceOf(3) })]),
      snapshotOf([plainVolumeDocument({ deviceId: deviceOf(4) })]),
    ], ["volume-found D:", "volume-missing D:"]],
  ]);
});

Deno.test("diff() calls no volume missing in a night with an error of the whole reading", () => {
  for (const code of ["0x80041003", "0x8004100E", "0x80041010", "0x80041001", null]) {
    const blind = snapshotOf([], { errors: [errorDocument("Win32_EncryptableVolume", code)] });
    checkChanges([
      [`${code} tonight`, [cd(), blind], []],
      [`${code} and back`, [cd(), blind, cd()], []],
      [`${code}, then really gone`, [cd(), blind, c()], ["volume-missing D:"]],
      [
        `${code}, one volume shown`,
        [cd(), snapshotOf(undefined, { errors: [errorDocument("X", code)] })],
        [],
      ],
      [`${code} in the first night`, [blind, c()], ["volume-found C:", "key-added C: 1"]],
    ]);
  }
});

Deno.test("diff() goes on with the ledger under another machine ID when it knows a volume, else begins anew", () => {
  const host = hostDocument({ machineId: "other" });
  const other = (volumes: readonly Json[]): Snapshot => snapshotOf(volumes, { host });
  const strange = volumeDocument({
    deviceId: deviceOf(7),
    persistentVolumeId: `{${guidOf(0xA7)}}`,
    protectors: [keyDocument(7), tpmDocument()],
  });
  checkChanges([
    ["main board changed", [cd(), other([volumeDocument(), dataVolumeDocument()])], []],
    ["main board changed, one drive missing", [cd(), other([volumeDocument()])], ["volume-missing D:"]],
    ["one drive moved here", [cd(), other([strange, dataVolumeDocument()])], [
      "volume-found C:",
      "key-added C: 7",
      "volume-missing C:",
    ]],
    ["known by its persistent ID", [
      cd(),
      other([volumeDocument({ deviceId: deviceOf(9) }), dataVolumeDocument()]),
    ], []],
    ["another PC: nothing is missing", [cd(), other([strange])], ["volume-found C:", "key-added C: 7"]],
    ["another PC without volumes", [cd(), other([])], []],
    ["another PC, the second night", [cd(), other([strange]), other([strange])], []],
    ["another PC, its own drive goes", [cd(), other([strange]), other([])], ["volume-missing C:"]],
    ["same PC, all drives new", [cd(), snapshotOf([strange])], [
      "volume-found C:",
      "key-added C: 7",
      "volume-missing C:",
      "volume-missing D:",
    ]],
  ]);
  assert.equal(knowledgeAfter(cd(), other([strange])).machineId, "other");
  assert.equal(knowledgeAfter(cd(), other([volumeDocument()])).machineId, "other");
});

Deno.test("diff() keeps the keys of a predecessor, under the predecessor's machine ID", () => {
  const other = snapshotOf([], { host: hostDocument({ machineId: "other" }) });
  const { volumes } = knowledgeAfter(cd(), other);
  assert.deepEqual(
    volumes.map((volume) => [volume.drive, volume.machineId, volume.protectors[0]?.present]).sort(),
    [
      ["C:", String(hostDocument()["machineId"]), true],
      ["D:", String(hostDocument()["machineId"]), true],
    ],
  );
});

Deno.test("diff() tells of another host name, but not of another case", () => {
  const named = (name: string): Snapshot => snapshotOf(undefined, { host: hostDocument({ name }) });
  checkChanges([
    ["renamed", [c(), named("MARIE-PC")], ["host-renamed"]],
    ["told once", [c(), named("MARIE-PC"), named("MARIE-PC")], []],
    ["another case", [c(), named("anna-laptop")], []],
    ["blanks", [c(), named(" ANNA-LAPTOP ")], []],
    ["another PC is not a renamed one", [
      c(),
      snapshotOf([], { host: hostDocument({ name: "MARIE-PC", machineId: "other" }) }),
    ], []],
  ]);
});
