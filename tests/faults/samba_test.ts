/**
 * A real file server, step by step as the carrier goes: names of reports, renaming without replacing, reading back, a
 * drop box. The carrier itself needs Windows or a mount for that, and `mount -t cifs` a module of the kernel.
 */

import assert from "node:assert/strict";
import {
  hostFolder,
  keyReportName,
  numberedName,
  sealedName,
  sheetName,
} from "../../lib/core/report_names.ts";
import { withSamba } from "./samba.ts";

const ID = "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5";
const HOSTS = ["ANNA-LAPTOP", "BÜRO-PC Žižkov 書斎", "con", "x".repeat(63)];
const NAMES = HOSTS.flatMap((host) => {
  const key = keyReportName({ date: "2026-11-24", drive: "C:", keyId: ID });
  const sheet = sheetName("2026-11-24");
  return [key, sheet, sealedName(key), numberedName(sheet, 2), "status.json"].map((name) =>
    [hostFolder(host), name] as const
  );
});

Deno.test("Samba takes every name that a report has, renames without replacing, and gives back the same bytes", () =>
  withSamba(async (samba) => {
    const folder = await Deno.makeTempDir({ prefix: "spare-key-smb-" });
    try {
      const bytes = Uint8Array.from({ length: 3000 }, (_, index) => (index * 31) % 256);
      await Deno.writeFile(`${folder}/up`, bytes);
      await Deno.writeTextFile(`${folder}/other`, "other");
      const temporary = ".spare-key-0123456789abcdef.tmp";
      const made = await samba.client(
        "keys",
        [...new Set(NAMES.map(([host]) => host))].map((host) => `mkdir "${host}"`),
      );
      assert.ok(made.success, made.text);
      for (const [host, name] of NAMES) {
        const path = `${host}\\${name}`;
        const put = await samba.client("keys", [
          `put "${folder}/up" "${host}\\${temporary}"`,
          `rename "${host}\\${temporary}" "${path}"`,
          `get "${path}" "${folder}/down"`,
        ]);
        assert.ok(put.success, `${path}: ${put.text}`);
        assert.deepEqual(await Deno.readFile(`${folder}/down`), bytes);
        const again = await samba.client("keys", [
          `put "${folder}/other" "${host}\\${temporary}"`,
          `rename "${host}\\${temporary}" "${path}"`,
        ]);
        assert.match(again.text, /NT_STATUS_OBJECT_NAME_COLLISION/, path);
        assert.deepEqual(await Deno.readFile(`${samba.folderOf("keys")}/${host}/${name}`), bytes);
      }
      const drop = await samba.client("drop", ["ls"]);
      assert.match(drop.text, /NT_STATUS_ACCESS_DENIED/);
      // a box that gives nothing back lets nothing be renamed either: only straight under its name can a report go in
      const dropped = await samba.client("drop", [
        "mkdir ANNA",
        `put "${folder}/up" "ANNA\\${temporary}"`,
        `put "${folder}/up" "ANNA\\a.TXT"`,
      ]);
      assert.ok(dropped.success, dropped.text);
      const denied = [
        `rename "ANNA\\${temporary}" "ANNA\\b.TXT"`,
        "ls ANNA\\*",
        `get "ANNA\\a.TXT" "${folder}/down"`,
      ];
      for (const command of denied) {
        assert.match((await samba.client("drop", [command])).text, /NT_STATUS_ACCESS_DENIED/, command);
      }
      assert.deepEqual(await Deno.readFile(`${samba.folderOf("drop")}/ANNA/a.TXT`), bytes);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }));

Deno.test("Samba refuses final names that it is told to: what has a temporary name stays removable", () =>
  withSamba(async (samba) => {
    const folder = await Deno.makeTempDir({ prefix: "spare-key-smb-" });
    try {
      await Deno.writeTextFile(`${folder}/up`, "a report");
      const refused = await samba.client("vetoed", [`put "${folder}/up" a.tmp`, "rename a.tmp a.TXT"]);
      assert.match(
        refused.text,
        /NT_STATUS_(ACCESS_DENIED|OBJECT_NAME_INVALID|OBJECT_NAME_NOT_FOUND) renaming/,
      );
      assert.ok((await samba.client("vetoed", ["del a.tmp"])).success);
      assert.deepEqual(await Array.fromAsync(Deno.readDir(samba.folderOf("vetoed"))), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }));

Deno.test("Samba that is gone is told from Samba that refuses", () =>
  withSamba(async (samba) => {
    assert.match((await samba.client("nothing", ["ls"])).text, /NT_STATUS_BAD_NETWORK_NAME/);
    await samba.kill();
    assert.match((await samba.client("keys", ["ls"])).text, /NT_STATUS_CONNECTION_REFUSED/);
  }));
