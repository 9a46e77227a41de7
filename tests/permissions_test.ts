import assert from "node:assert/strict";
import { permissionsOf } from "../lib/core/permissions.ts";
import { type PlanVolume, runPlanOf } from "../lib/core/run_plan.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";
import { deviceOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

const DATA = "C:\\ProgramData\\Spare Key";
const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const mail = { name: "helper", kind: "mail", to: ["tom@example.org"] };

function allowed(
  file: Json,
  volumes: readonly PlanVolume[] = [],
): { read: readonly string[]; write: readonly string[]; net: readonly string[] } {
  const { permissions } = permissionsOf(runPlanOf(settingsFrom(file), volumes), DATA);
  assert.deepEqual(Object.keys(permissions), ["default"]);
  const { read, write, net, ...rest } = permissions.default;
  assert.deepEqual(rest, {});
  return { read, write, net };
}

Deno.test("permissionsOf() opens of what decides about runs settings and templates, and those to read", () => {
  const plan = runPlanOf(settingsFrom({}), []);
  for (
    const [data, config] of [
      ["C:\\ProgramData\\Spare Key\\state", "C:\\ProgramData\\Spare Key\\"],
      ["/var/lib/spare-key/state", "/var/lib/spare-key/"],
    ] as const
  ) {
    const { read, write } = permissionsOf(plan, data).permissions.default;
    assert.deepEqual([read, write], [[data, `${config}settings.json`, `${config}templates`], [data]]);
  }
});

Deno.test("the scripts keep nothing in the folder that the program may write, but for ledger and archive", async () => {
  const folder = new URL("../scheduled/SpareKey/", import.meta.url);
  const own = ["archive", "archive.key", "ledger.db"];
  for (const part of ["Public", "Private"]) {
    for await (const { name } of Deno.readDir(new URL(part, folder))) {
      const text = await Deno.readTextFile(new URL(`${part}/${name}`, folder));
      for (const [, kept = ""] of text.matchAll(/Combine\(\$(?:DataFolder|data), '([^']+)'/gi)) {
        assert.ok(!own.includes(kept), `${name} looks for "${kept}" where it is not`);
      }
      for (const [, kept = ""] of text.matchAll(/Combine\(\(Get-StateFolder[^)]*\), '([^']+)'/g)) {
        assert.ok(own.includes(kept), `${name} keeps "${kept}" where the program may write`);
      }
    }
  }
});

Deno.test("permissionsOf() allows the data folder alone where nothing is set", () => {
  assert.deepEqual(allowed({}), { read: [DATA], write: [DATA], net: [] });
});

Deno.test("permissionsOf() allows each local folder, whatever its path holds", () => {
  const paths = [
    "E:\\Recovery keys",
    "D:\\Anna, Tom and Marie",
    "D:\\100%, really; yes",
    "D:\\Schlüssel 数据",
    "/mnt/keys",
  ];
  const destinations = paths.map((path, index) => ({ name: `f${index}`, kind: "folder", path }));
  assert.deepEqual(allowed({ destinations }), { read: [DATA, ...paths], write: [DATA, ...paths], net: [] });
});

Deno.test("permissionsOf() names a folder once, and no share or OneDrive, which PowerShell carries to", () => {
  const destinations = [
    { name: "a", kind: "folder", path: "E:\\Keys" },
    { name: "b", kind: "folder", path: "E:\\Keys" },
    { name: "c", kind: "folder", path: DATA },
    { name: "d", kind: "share", path: "\\\\srv\\keys$" },
    { name: "e", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" },
  ];
  assert.deepEqual(allowed({ destinations, recipients: [RECIPIENT] }).write, [DATA, "E:\\Keys"]);
});

Deno.test("permissionsOf() allows a folder on a stick at the letter that it has now, and not while it is away", () => {
  const stick = { name: "stick", kind: "folder", path: "E:\\Keys", volume: "KEYS" };
  const volume = {
    deviceId: deviceOf(3),
    drive: "F:",
    label: "Keys",
    persistentVolumeId: null,
    volumeType: 2,
  };
  assert.deepEqual(allowed({ destinations: [stick] }, [volume]).write, [DATA, "F:\\Keys"]);
  assert.deepEqual(allowed({ destinations: [stick] }, []).write, [DATA]);
});

Deno.test("permissionsOf() allows the mail server by name and port, only where a mail is to go out", () => {
  const rows: readonly (readonly [Json, readonly string[]])[] = [
    [{ smtp }, []],
    [{ smtp, destinations: [mail] }, ["smtp.example.org:587"]],
    [{ smtp, destinations: [mail, { ...mail, name: "second" }] }, ["smtp.example.org:587"]],
    [{ smtp: { ...smtp, port: 465 }, destinations: [mail] }, ["smtp.example.org:465"]],
    [{ smtp: { ...smtp, host: "2001:db8::1" }, destinations: [mail] }, ["[2001:db8::1]:587"]],
    [{ smtp: { ...smtp, host: "[::1]", port: 25 }, destinations: [mail] }, ["[::1]:25"]],
    [{ smtp: { ...smtp, host: "smtp.müller.example" }, destinations: [mail] }, [
      "smtp.xn--mller-kva.example:587",
    ]],
    [{ smtp: { ...smtp, host: "192.0.2.1" }, destinations: [mail] }, ["192.0.2.1:587"]],
  ];
  for (const [file, net] of rows) assert.deepEqual(allowed(file).net, net);
});
