import assert from "node:assert/strict";
import { chooseFolder, type FolderChoice, machineOf, suffixedFolder } from "../lib/nightly/choose_folder.ts";
import type { StoredFolder } from "../lib/ports.ts";
import { MACHINE } from "./helpers/made_up_values.ts";

const base = "ANNA-LAPTOP";
const suffixed = "ANNA-LAPTOP 4F564232";

function folder(status: unknown, ...files: readonly string[]): StoredFolder {
  return { name: base, status, files: files.map((name) => ({ name, size: 1, sha256: null, cloud: false })) };
}

function choice(changes: Partial<FolderChoice> = {}): FolderChoice {
  return { base, machineId: MACHINE, remembered: null, ownReports: new Set(["mine.TXT"]), ...changes };
}

Deno.test("chooseFolder() gives two PCs of one name a folder each", () => {
  const rows: readonly (readonly [string, readonly StoredFolder[], string])[] = [
    ["nothing there", [], base],
    ["other names there", [{ ...folder(null), name: "MARIE-PC" }], base],
    ["ours, by its status", [folder({ machineId: MACHINE }, "x.TXT")], base],
    ["ours, in capitals", [folder({ machineId: MACHINE.toUpperCase() }, "x.TXT")], base],
    ["another PC's", [folder({ machineId: "other" }, "x.TXT")], suffixed],
    ["another PC's, empty", [folder({ machineId: "other" })], suffixed],
    ["nobody's, empty", [folder(null)], base],
    ["nobody's, with a report of ours", [folder(null, "x.TXT", "mine.TXT")], base],
    ["nobody's, with strange files", [folder(null, "x.TXT")], suffixed],
    ["a status that is no object", [folder("text", "x.TXT")], suffixed],
    ["a status without machine ID", [folder({ host: base }, "x.TXT")], suffixed],
  ];
  for (const [what, folders, expected] of rows) assert.equal(chooseFolder(choice(), folders), expected, what);
});

Deno.test("chooseFolder() stays with what it chose before, whatever lies there", () => {
  const remembered = choice({ remembered: suffixed });
  for (const folders of [[], [folder(null)], [folder({ machineId: MACHINE }, "mine.TXT")]]) {
    assert.equal(chooseFolder(remembered, folders), suffixed);
  }
});

Deno.test("chooseFolder() takes a folder in another case for the same, as Windows does, and keeps its spelling", () => {
  const lower = { ...folder({ machineId: MACHINE }), name: "anna-laptop" };
  assert.equal(chooseFolder(choice(), [lower]), "anna-laptop");
  assert.equal(chooseFolder(choice(), [{ ...lower, status: { machineId: "other" } }]), suffixed);
});

Deno.test("suffixedFolder() ends in what differs between PCs of one maker", () => {
  assert.equal(suffixedFolder({ base, machineId: MACHINE }), suffixed);
  assert.equal(suffixedFolder({ base, machineId: "m1" }), "ANNA-LAPTOP M1");
  assert.equal(suffixedFolder({ base, machineId: "../\\:" }), "ANNA-LAPTOP 2");
  assert.match(suffixedFolder({ base, machineId: "../../x/y" }), /^ANNA-LAPTOP [0-9A-Z]+$/);
});

Deno.test("machineOf() reads a machine ID out of any status", () => {
  const rows: readonly (readonly [unknown, string | null])[] = [
    [{ machineId: "ABC" }, "abc"],
    [{ machineId: 5 }, null],
    [{ machineId: null }, null],
    [{}, null],
    [[], null],
    ["abc", null],
    [null, null],
    [undefined, null],
  ];
  for (const [status, expected] of rows) assert.equal(machineOf(status), expected);
});
