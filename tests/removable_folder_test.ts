import assert from "node:assert/strict";
import { findFolder, folderPathOf, isCalled, onLetterOf, sayFolder } from "../lib/core/removable_folder.ts";
import { destinationStates } from "../lib/nightly/destinations.ts";
import type { DestinationSettings } from "../lib/core/settings.ts";
import type { Destination } from "../lib/ports.ts";
import { settingsFrom } from "./helpers/settings_from.ts";
import { killAt, nightRig, placeOf, type Rig, volume } from "./helpers/night_rig.ts";

const GUID = "4f1c0000-1111-4222-8333-444455556666";
const BITLOCKER = "0D3C0000-9999-4888-8777-666655554444";

/** A volume as a snapshot shows it. */
interface Shown {
  readonly deviceId: string;
  readonly persistentVolumeId: string | null;
  readonly drive: string | null;
  readonly label: string | null;
}

function stick(
  drive: string | null,
  label: string | null,
  more: { readonly id?: string; readonly deviceId?: string } = {},
): Shown {
  const deviceId = more.deviceId ?? `\\\\?\\Volume{${GUID}}\\`;
  return { deviceId, persistentVolumeId: more.id ?? null, drive, label };
}
const C = stick("C:", "Windows", { deviceId: "\\\\?\\Volume{c}\\" });

Deno.test("findFolder() takes the path as written where no volume is named", () => {
  for (const path of ["E:\\Keys", "/mnt/keys"]) {
    assert.deepEqual(findFolder({ path, volume: null }, []), { path });
    assert.equal(folderPathOf({ path, volume: null }, [stick("F:", "KEYS")]), path);
  }
});

Deno.test("findFolder() finds a volume by label or ID, whatever its letter", () => {
  const rows: readonly (readonly [string, string, Shown, string])[] = [
    ["E:\\Recovery keys", "KEYS", stick("F:", "KEYS"), "F:\\Recovery keys"],
    ["E:\\Recovery keys", "keys", stick("G:", "Keys "), "G:\\Recovery keys"],
    ["E:\\", "Schlüssel von Ömer", stick("F:", "SCHLÜSSEL VON ÖMER"), "F:\\"],
    ["e:/a/b", "KEYS", stick("Z:", "KEYS"), "Z:/a/b"],
    ["E:\\Keys", GUID, stick("F:", null), "F:\\Keys"],
    ["E:\\Keys", `{${GUID.toUpperCase()}}`, stick("F:", "other"), "F:\\Keys"],
    ["E:\\Keys", `\\\\?\\Volume{${GUID}}\\`, stick("F:", null), "F:\\Keys"],
    ["E:\\Keys", `{${BITLOCKER.toLowerCase()}}`, stick("F:", null, { id: BITLOCKER }), "F:\\Keys"],
    ["/mnt/keys", "KEYS", stick("F:", "KEYS"), "/mnt/keys"],
  ];
  for (const [path, name, one, expected] of rows) {
    assert.deepEqual(findFolder({ path, volume: name }, [C, one]), { path: expected }, name);
    assert.equal(folderPathOf({ path, volume: name }, [one, C]), expected, name);
  }
});

Deno.test("findFolder() says why there is no folder, and never guesses between two volumes", () => {
  const folder = { path: "E:\\Keys", volume: "KEYS" };
  const other = stick("G:", "KEYS", { deviceId: "\\\\?\\Volume{other}\\" });
  const rows: readonly (readonly [readonly Shown[], RegExp, string])[] = [
    [[C], /^no volume "KEYS" is plugged in$/, "away"],
    [[C, stick("E:", null)], /^no volume "KEYS" is plugged in$/, "away"],
    [[C, stick("E:", "KEYS2")], /^no volume "KEYS" is plugged in$/, "away"],
    [[C, stick(null, "KEYS")], /^the volume "KEYS" has no drive letter$/, "away"],
    [[], /^the volumes of this PC could not be read$/, "away"],
    [
      [C, stick("F:", "KEYS"), other],
      /^2 volumes are called "KEYS": unplug the others, or write the ID/,
      "ambiguous",
    ],
  ];
  for (const [volumes, trouble, cause] of rows) {
    const place = findFolder(folder, volumes);
    assert.ok("trouble" in place);
    assert.match(place.trouble, trouble);
    assert.equal(place.cause, cause);
    assert.equal(folderPathOf(folder, volumes), null);
  }
  assert.equal(folderPathOf({ ...folder, volume: GUID }, [stick("F:", "KEYS"), other]), "F:\\Keys");
  const twice = [stick("F:", "KEYS"), { ...stick("F:", "KEYS"), deviceId: `\\\\?\\VOLUME{${GUID}}\\` }];
  assert.equal(folderPathOf(folder, twice), "F:\\Keys", "one volume listed twice is one");
});

Deno.test("isCalled() never takes a label for an ID, nor nothing for a label", () => {
  assert.equal(isCalled(stick("F:", GUID, { deviceId: "\\\\?\\Volume{other}\\" }), GUID), false);
  assert.equal(isCalled(stick("F:", null), "null"), false);
  assert.equal(isCalled(stick("F:", ""), "KEYS"), false);
});

Deno.test("onLetterOf() and sayFolder() name a place with the letter that counts, or with none", () => {
  assert.equal(onLetterOf("E:\\Keys", "F:"), "F:\\Keys");
  assert.equal(onLetterOf("E:\\Keys", "F:\\Other"), "F:\\Keys");
  assert.equal(onLetterOf("/mnt/keys", "F:"), "/mnt/keys");
  assert.equal(onLetterOf("E:\\Keys", "/mnt"), "E:\\Keys");
  assert.equal(sayFolder({ path: "D:\\Keys", volume: null }, "ANNA"), "D:\\Keys\\ANNA");
  assert.equal(sayFolder({ path: "/mnt/keys", volume: null }, "ANNA"), "/mnt/keys/ANNA");
  assert.equal(sayFolder({ path: "D:\\", volume: null }, "ANNA"), "D:\\ANNA");
  assert.equal(sayFolder({ path: "E:\\Keys", volume: "KEYS" }, "ANNA"), '\\Keys\\ANNA on the volume "KEYS"');
  assert.equal(sayFolder({ path: "E:\\Keys", volume: "KEYS" }), '\\Keys on the volume "KEYS"');
});

Deno.test("what the ledger knows a folder by leaves out the letter where the volume is named", () => {
  const identity = (more: Readonly<Record<string, unknown>>): string | undefined => {
    const { destinations } = settingsFrom({ destinations: [{ name: "stick", kind: "folder", ...more }] });
    return destinationStates(destinations as readonly DestinationSettings[], [], { lastNewsId: 0 }).states[0]
      ?.identity;
  };
  const named = identity({ path: "E:\\Keys", volume: "KEYS" });
  assert.equal(identity({ path: "F:\\Keys", volume: "keys" }), named);
  assert.equal(identity({ path: "E:\\Keys" }), "folder E:\\Keys");
  for (
    const more of [{ path: "E:\\Keys" }, { path: "E:\\Keys", volume: "OTHER" }, {
      path: "E:\\Other",
      volume: "KEYS",
    }]
  ) {
    assert.notEqual(identity(more), named);
  }
});

const SETTINGS = {
  destinations: [{ name: "stick", kind: "folder", path: "E:\\Recovery keys", volume: "KEYS" }],
};
const KEYS_STICK = {
  label: "KEYS",
  volumeType: 2,
  conversionStatus: 0,
  protectionStatus: 0,
  encryptionMethod: 0,
  protectors: [],
};

/** A rig that notes under which path the stick was opened each night. */
function rigWithPaths(): { readonly rig: Rig; readonly paths: string[] } {
  const paths: string[] = [];
  const rig = nightRig(SETTINGS);
  rig.wrap = (ports) => ({
    ...ports,
    openDestination(settings, state): Destination | null {
      if (settings.kind === "folder") paths.push(settings.path);
      return ports.openDestination(settings, state);
    },
  });
  return { rig, paths };
}
const asStick = (drive: string | null): Record<string, unknown> =>
  volume(drive, [], { ...KEYS_STICK, deviceId: `\\\\?\\Volume{${GUID}}\\` });

Deno.test("a stick that comes back with another letter is the same place: nothing is written again", async () => {
  const { rig, paths } = rigWithPaths();
  const c = volume("C:", [1]);
  const first = await rig.night([c, asStick("E:")]);
  assert.deepEqual(rig.held("stick", [1]), [1]);
  assert.deepEqual(first.findings.filter((one) => one.severity !== "info"), []);

  const calls = placeOf(rig, "stick").calls;
  const puts = (): number => calls.filter((one) => one.startsWith("put ")).length;
  const before = puts();
  const second = await rig.night([c, asStick("F:")]);
  assert.equal(puts(), before);
  assert.deepEqual(second.deliveries, []);
  assert.deepEqual(second.shortfalls, []);

  const third = await rig.night([volume("C:", [1, 2]), asStick("G:")]);
  assert.deepEqual(rig.held("stick", [1, 2]), [1, 2]);
  assert.deepEqual(third.findings.filter((one) => one.severity !== "info"), []);
  assert.deepEqual(paths, ["E:\\Recovery keys", "F:\\Recovery keys", "G:\\Recovery keys"]);
});

Deno.test("a stick that is not there is looked for by name: another one under its letter gets nothing", async () => {
  const { rig, paths } = rigWithPaths();
  await rig.night([volume("C:", [1]), asStick("E:")]);
  const stranger = volume("E:", [], {
    ...KEYS_STICK,
    label: "HOLIDAY",
    deviceId: "\\\\?\\Volume{holiday}\\",
  });
  const night = await rig.night([volume("C:", [1]), stranger]);
  assert.deepEqual(paths, ["E:\\Recovery keys"]);
  const found = night.findings.find((one) => one.code === "destination-unreachable");
  assert.equal(found?.severity, "info");
  assert.match(
    found?.text ?? "",
    /no volume "KEYS" is plugged in\. The copies on it are checked when it is plugged in/,
  );
  assert.deepEqual(night.shortfalls, []);
  assert.ok(!night.findings.some((one) => one.code === "no-copy-outside"));

  const owed = await rig.night([volume("C:", [1, 2]), stranger]);
  assert.ok(owed.findings.some((one) => one.code === "delivery-pending"));
  assert.notDeepEqual(owed.shortfalls, []);
  await rig.night([volume("C:", [1, 2]), asStick("H:")]);
  assert.deepEqual(rig.held("stick", [1, 2]), [1, 2]);
});

Deno.test("two sticks of one name are not used, and a person is told", async () => {
  const { rig, paths } = rigWithPaths();
  const twin = volume("F:", [], { ...KEYS_STICK, deviceId: "\\\\?\\Volume{twin}\\" });
  const night = await rig.night([volume("C:", [1]), asStick("E:"), twin]);
  assert.deepEqual(paths, []);
  const found = night.findings.find((one) => one.code === "destination-unreachable");
  assert.equal(found?.severity, "warning");
  assert.match(found?.text ?? "", /^"stick" is not used: 2 volumes are called "KEYS"/);
});

Deno.test("a volume of the PC that is meant by its name is no place outside it", async () => {
  const { rig } = rigWithPaths();
  const data = volume("D:", [2], { label: "KEYS", deviceId: "\\\\?\\Volume{data}\\" });
  const night = await rig.night([volume("C:", [1]), data]);
  assert.deepEqual(rig.held("stick", [1, 2]), [1, 2]);
  const codes = night.findings.filter((one) => one.severity === "danger").map((one) => one.code).sort();
  assert.deepEqual(codes, ["copy-on-same-drive", "no-copy-outside", "no-copy-outside"]);
});

Deno.test("a run that was killed while the stick was E: is made up for when it is F:", async () => {
  for (const when of ["before", "after"] as const) {
    for (let count = 1, killed = true; killed; count++) {
      const rig = nightRig(SETTINGS);
      rig.wrap = killAt(count, when).wrap;
      killed = await rig.night([volume("C:", [1]), asStick("E:")]).then(() => false, () => true);
      rig.wrap = (ports) => ports;
      await rig.night([volume("C:", [1]), asStick("F:")]);
      assert.deepEqual(rig.held("stick", [1]), [1], `${when} write ${count}`);
      const reports = [...placeOf(rig, "stick").files.keys()].filter((path) => path.endsWith(".TXT"));
      assert.equal(reports.length, 1, `${when} write ${count}`);
    }
  }
});
