import assert from "node:assert/strict";
import type { Volume } from "../lib/core/model.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import {
  errorDocument,
  hostDocument,
  type Json,
  keyDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

/** The one volume of a snapshot with some changes. */
function volumeOf(changes: Json): Volume {
  const [volume] = snapshotOf([volumeDocument(changes)]).volumes;
  assert.ok(volume);
  return volume;
}

Deno.test("parseSnapshot() tells a list of protectors that was not read from one that is empty", () => {
  const failed = [errorDocument("GetKeyProtectors", "0x80041001")];
  const notActivated = [errorDocument("GetKeyProtectors", "0x80310008")];
  const locked = [errorDocument("GetKeyProtectors", "0x80310000")];
  const sideCall = [errorDocument("GetKeyProtectorFriendlyName", "0x80310000")];
  const rows: readonly (readonly [string, Json, number | null])[] = [
    ["null", { protectors: null, errors: [] }, null],
    ["absent", { protectors: undefined, errors: [] }, null],
    ["empty", { protectors: [], errors: [] }, 0],
    ["empty beside a failure of the call", { protectors: [], errors: failed }, null],
    ["null beside a failure of the call", { protectors: null, errors: failed }, null],
    ["empty of a locked volume", { protectors: [], errors: locked }, null],
    ["empty beside a failure of another call", { protectors: [], errors: sideCall }, 0],
    ["null beside not activated", { protectors: null, errors: notActivated }, 0],
    ["empty beside not activated", { protectors: [], errors: notActivated }, 0],
    ["not activated as a signed number", {
      protectors: null,
      errors: [errorDocument("GetKeyProtectors", -2144272376)],
    }, 0],
    ["two", { protectors: [keyDocument(1), tpmDocument()], errors: [] }, 2],
    ["two beside a failure of another call", {
      protectors: [keyDocument(1), tpmDocument()],
      errors: sideCall,
    }, 2],
  ];
  for (const [what, changes, expected] of rows) {
    assert.equal(volumeOf(changes).protectors?.length ?? null, expected, what);
  }
});

Deno.test("parseSnapshot() brings codes into one form: signed, unsigned, hexadecimal", () => {
  const rows: readonly (readonly [string | number | null, string | null])[] = [
    ["0x80310000", "0x80310000"],
    ["0X80310000", "0x80310000"],
    ["0x8031003a", "0x8031003A"],
    [-2147217405, "0x80041003"],
    ["-2147217405", "0x80041003"],
    [2147749891, "0x80041003"],
    ["2147749891", "0x80041003"],
    [-2147024809, "0x80070057"],
    [1, "0x00000001"],
    [0, "0x00000000"],
    ["", null],
    [null, null],
    ["none", "none"],
  ];
  for (const [code, expected] of rows) {
    assert.equal(
      snapshotOf([], { errors: [errorDocument("X", code)] }).errors[0]?.code,
      expected,
      String(code),
    );
    assert.equal(volumeOf({ errors: [errorDocument("X", code)] }).errors[0]?.code, expected, String(code));
  }
});

Deno.test("parseSnapshot() brings IDs, letters, labels and digits into one form", () => {
  const key = guidOf(0xABCDEF);
  const rows: readonly (readonly [Json, keyof Volume, unknown])[] = [
    [{ persistentVolumeId: `{${key.toLowerCase()}}` }, "persistentVolumeId", key],
    [{ persistentVolumeId: "" }, "persistentVolumeId", null],
    [{ persistentVolumeId: "{}" }, "persistentVolumeId", null],
    [{ drive: "c:" }, "drive", "C:"],
    [{ drive: "C" }, "drive", "C:"],
    [{ drive: "C:\\" }, "drive", "C:"],
    [{ drive: "" }, "drive", null],
    [{ drive: null }, "drive", null],
    [{ label: "" }, "label", null],
    [{ label: "Größe 数据" }, "label", "Größe 数据"],
  ];
  for (const [changes, field, expected] of rows) assert.deepEqual(volumeOf(changes)[field], expected);

  for (const id of [`{${key}}`, key.toLowerCase(), ` {${key.toLowerCase()}} `]) {
    assert.equal(volumeOf({ protectors: [keyDocument(1, { id })] }).protectors?.[0]?.id, key);
  }
  for (
    const written of [
      passwordOf(1),
      passwordOf(1).replaceAll("-", ""),
      ` ${passwordOf(1).replaceAll("-", " ")}\r\n`,
    ]
  ) {
    const [protector] =
      volumeOf({ protectors: [keyDocument(1, { recoveryPassword: written })] }).protectors ?? [];
    assert.equal(protector?.recoveryPassword, passwordOf(1));
  }
  assert.equal(
    snapshotOf([], { host: hostDocument({ machineId: "{4C4C4544-0042}" }) }).host.machineId,
    "4c4c4544-0042",
  );
  assert.equal(snapshotOf([], { host: hostDocument({ name: " ANNA " }) }).host.name, "ANNA");
});

Deno.test("parseSnapshot() keeps what is no GUID and no 48 digits as Windows gave it", () => {
  const [protector] =
    volumeOf({ protectors: [keyDocument(1, { id: "BitLocker", recoveryPassword: "123-456" })] })
      .protectors ?? [];
  assert.equal(protector?.id, "BITLOCKER");
  assert.equal(protector?.recoveryPassword, "123-456");
  const [empty] = volumeOf({ protectors: [keyDocument(1, { recoveryPassword: "" })] }).protectors ?? [];
  assert.equal(empty?.recoveryPassword, null);
});

Deno.test("parseSnapshot() unites a volume that is listed twice", () => {
  const one = volumeDocument({
    label: null,
    mountPaths: ["C:\\"],
    protectors: [keyDocument(1)],
    errors: [errorDocument("A")],
  });
  const two = volumeDocument({
    deviceId: String(volumeDocument()["deviceId"]).toUpperCase(),
    drive: null,
    mountPaths: ["C:\\Mount\\"],
    protectors: [tpmDocument(), keyDocument(1, { recoveryPassword: null }), keyDocument(3)],
    errors: [errorDocument("B")],
  });
  for (const volumes of [[one, two], [two, one]]) {
    const united = snapshotOf(volumes).volumes;
    assert.equal(united.length, 1);
    const [volume] = united;
    assert.equal(volume?.drive, "C:");
    assert.equal(volume?.label, "Windows");
    assert.deepEqual([...volume?.mountPaths ?? []].sort(), ["C:\\", "C:\\Mount\\"]);
    assert.deepEqual(volume?.protectors?.map((each) => each.id), [guidOf(1), guidOf(3), guidOf(0xF0)]);
    assert.equal(volume?.protectors?.[0]?.recoveryPassword, passwordOf(1));
    assert.deepEqual(volume?.errors.map((each) => each.call).sort(), ["A", "B"]);
  }
});

Deno.test("parseSnapshot() takes the list that was read where a volume is listed twice", () => {
  const unread = volumeDocument({ protectors: null, errors: [errorDocument("GetKeyProtectors")] });
  for (const volumes of [[unread, volumeDocument()], [volumeDocument(), unread]]) {
    assert.equal(snapshotOf(volumes).volumes[0]?.protectors?.length, 2);
  }
  assert.equal(snapshotOf([unread, unread]).volumes[0]?.protectors, null);
});
