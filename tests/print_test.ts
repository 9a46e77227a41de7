import assert from "node:assert/strict";
import { renderText } from "../lib/core/render_text.ts";
import { reportOf } from "../lib/core/report_of.ts";
import { windowsFile } from "./helpers/find_rig.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import { type Ended, filesBelow, inFolder, program } from "./helpers/program.ts";
import { parseSnapshot } from "../lib/core/parse_snapshot.ts";
import {
  dataVolumeDocument,
  errorDocument,
  type Json,
  keyDocument,
  snapshotDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

const locked = dataVolumeDocument({ lockStatus: 1, conversionStatus: null, protectors: null });
const withoutDigits = dataVolumeDocument({ protectors: [keyDocument(2, { recoveryPassword: null })] });
const denied = {
  collector: { elevated: false },
  errors: [errorDocument("Win32_EncryptableVolume", "0x80041003")],
};

/** What is said of a snapshot of these drives, where not all of it could be read. */
const rows: readonly {
  readonly name: string;
  readonly volumes: readonly Json[];
  readonly changes?: Json;
  readonly words?: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}[] = [
  { name: "all read", volumes: [volumeDocument()], code: 0, says: /^Whoever has/ },
  { name: "nothing encrypted", volumes: [], code: 4, says: /^$/ },
  {
    ...{ name: "no rights", volumes: [], changes: denied, code: 3 },
    says: /^The snapshot was taken without administrator rights$/m,
  },
  {
    ...{ name: "a locked drive beside C:", volumes: [volumeDocument(), locked], code: 0 },
    says: /^The keys of drive D: \(Photos\) could not be read: it is locked$/m,
  },
  {
    ...{
      name: "a locked drive alone",
      volumes: [volumeDocument(), locked],
      words: ["--drive", "D:"],
      code: 3,
    },
    says: /^The keys of drive D: \(Photos\) could not be read: it is locked$/m,
  },
  {
    ...{ name: "another drive", volumes: [volumeDocument(), locked], words: ["--drive", "C:"], code: 0 },
    says: /^Whoever has/,
  },
  {
    ...{ name: "digits that were not read", volumes: [volumeDocument(), withoutDigits], code: 3 },
    says: /^The digits of the recovery key 00000002 of drive D: \(Photos\) could not be read$/m,
  },
];

for (const { name, volumes, changes = {}, words = [], code, says } of rows) {
  Deno.test(`print does not call missing what could not be read: ${name}`, () =>
    inFolder(async (folder) => {
      const stdin = JSON.stringify({ ...snapshotDocument(volumes), ...changes });
      const ended = await program(["print", "--out", folder, ...words], { stdin });
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
      const isNone = (await filesBelow(folder)).size === 0;
      assert.equal(/No recovery key found/.test(ended.stdout), isNone);
      assert.equal(/but not all could be read\.\n/.test(ended.stdout), isNone && code === 3);
    }));
}

/** The report of one key as a night of November makes it. */
function reportText(number: number, day: number): Uint8Array {
  const takenAt = `2026-11-${String(day).padStart(2, "0")}T03:00:00+01:00`;
  const volumes = [volumeDocument({ protectors: [keyDocument(number)] })];
  return renderText(reportOf(parseSnapshot(snapshotDocument(volumes, { takenAt }), "snapshot")));
}

Deno.test("print calls no key of an older report current on the day of a newer one", () =>
  inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/old.TXT`, reportText(1, 1));
    await Deno.writeFile(`${folder}/new.TXT`, reportText(2, 3));
    const out = `${folder}/out`;
    const { code } = await program(["print", `${folder}/new.TXT`, `${folder}/old.TXT`, "--out", out]);
    assert.equal(code, 0);
    for (const [day, number, other] of [[1, 1, 2], [3, 2, 1]] as const) {
      const sheet = await Deno.readTextFile(`${out}/2026-11-0${day} Recovery sheet.html`);
      assert.match(sheet, new RegExp(`Current key on ${day} November 2026`));
      assert.ok(sheet.includes(guidOf(number).slice(0, 8)) && !sheet.includes(guidOf(other).slice(0, 8)));
      assert.ok(sheet.includes(passwordOf(number).slice(0, 6)));
    }
  }));

Deno.test("print says of a report without a date, or with a wrong one, that the key may be old, also on the sheet", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/windows.TXT`, windowsFile(idOf(1), keyOf(1)));
    const own = new TextDecoder("utf-16le").decode(reportText(2, 3)).replace(
      /2026-11-03 03:00[^\r]*/,
      "soon",
    );
    await Deno.writeTextFile(`${folder}/own.TXT`, own);
    for (const name of ["windows.TXT", "own.TXT"]) {
      const out = `${folder}/of ${name}`;
      const { code, stderr } = await program(["print", `${folder}/${name}`, "--out", out]);
      assert.equal(code, 0, stderr);
      assert.match(stderr, new RegExp(`${name}" has no date: the key may be old, and its sheet says so`));
      const [page = ""] = [...(await filesBelow(out)).values()].map((bytes) =>
        new TextDecoder().decode(bytes)
      );
      assert.match(page, /Nothing says how old this key is/);
      assert.match(page, /Keys as read on a day that is not known\./);
      assert.doesNotMatch(page, /Current key on|Keys read on/);
    }
  }));

Deno.test("print says what is wrong with what it was given", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/x.TXT.age`, "age-encryption.org/v1\n-> X25519 x\ny\n--- z\n");
    await Deno.writeTextFile(`${folder}/s.json`, JSON.stringify(snapshotDocument([volumeDocument()])));
    const print = (...words: readonly string[]): Promise<Ended> =>
      program(["print", ...words, "--out", folder]);
    const missing = await print("--snapshot", `${folder}/none.json`);
    assert.equal(missing.code, 11);
    assert.match(missing.stderr, /it does not exist/);
    const sealed = await print(`${folder}/x.TXT.age`);
    assert.equal(sealed.code, 3);
    assert.match(
      sealed.stderr,
      /it is sealed; "spare-key find KEYID --in DIR --identity FILE" shows what is in it/,
    );
    const both = await print("--snapshot", `${folder}/s.json`, `${folder}/x.TXT.age`);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /both a snapshot and reports are given/);
  }));
