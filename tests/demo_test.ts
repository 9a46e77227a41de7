/** The demo tells its story with real files and mails. The whole program, as a process, with few rights. */

import assert from "node:assert/strict";
import { parseReportText } from "../lib/core/parse_report.ts";
import { isValidRecoveryPassword } from "../lib/core/recovery_password.ts";
import { STORY } from "../tasks/demo/story.ts";
import { type Ended, filesBelow, inFolder, program } from "./helpers/program.ts";

const DIGITS = /(?:\d{6}-){7}\d{6}/g;

/** What a person would let it do: files below the folder it is started in, and this PC's own network. */
function demo(cwd: string, ...more: readonly string[]): Promise<Ended> {
  const permissions = [`--allow-read=${cwd}`, `--allow-write=${cwd}`, "--allow-net=127.0.0.1"];
  return program(["demo", ...more], { cwd, permissions });
}

interface Told {
  readonly schema: number;
  readonly out: string;
  readonly nights: readonly {
    readonly date: string;
    readonly host: string;
    readonly title: string;
    readonly changes: readonly string[];
    readonly findings: readonly string[];
    readonly mails: readonly string[];
    readonly files: readonly string[];
  }[];
  readonly files: { readonly sheet: string; readonly txt: string; readonly mail: string };
  readonly found: { readonly keyId: string; readonly recoveryPassword: string; readonly current: boolean };
}

/** Key IDs of the story, without braces, and their digits. */
const KEYS = new Map(
  STORY.flatMap((night) => night.volumes).flatMap((volume) => volume.protectors).flatMap((one) =>
    one.recoveryPassword === null ? [] : [[one.id.slice(1, -1), one.recoveryPassword] as const]
  ),
);

Deno.test("every key of the story passes its checksum", () => {
  assert.equal(KEYS.size, 5);
  for (const [keyId, password] of KEYS) assert.equal(isValidRecoveryPassword(password), true, keyId);
});

Deno.test("demo tells the nights in order, keeps every key in a file, and shows digits in the find result alone", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await demo(folder);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });

    const lines = stdout.trimEnd().split("\n");
    const heads = lines.filter((line) => / {2}(?:ANNA-LAPTOP|TOMS-PC) {2}/.test(line));
    assert.deepEqual(
      heads.map((line) => line.replace(/^\w{3} (\d+) Nov {2}([\w-]+) {2}/, "$1 $2 ")),
      STORY.map((night) => `${Number(night.date.slice(8))} ${night.host.name} ${night.title}`),
    );
    assert.deepEqual(lines.filter((line) => line.length > 78 && !line.includes("demo/")), []);
    assert.ok(lines.length <= 85, `the story has ${lines.length} lines`);

    const shown = lines.filter((line) => line.match(DIGITS) !== null);
    const last = "C04676C4-161B-4DFB-9629-8624A40C7D1E";
    assert.deepEqual(shown, [`  Recovery key  ${KEYS.get(last)}`]);
    assert.ok(stdout.includes("spare-key find C04676C4 --in demo/keys"), stdout);

    const named = lines.filter((line) => line.startsWith("  demo/")).map((line) => line.trim());
    assert.equal(named.length, 3, stdout);
    for (const path of named) assert.equal((await Deno.stat(`${folder}/${path}`)).isFile, true, path);

    const files = await filesBelow(`${folder}/demo`);
    const kept = [...files].filter(([path]) => /^keys\/.*\.TXT$/.test(path)).map(([, bytes]) => {
      const report = parseReportText(bytes);
      return [report?.keyId, report?.recoveryPassword];
    });
    assert.deepEqual(kept.sort(), [...KEYS].sort(), "each key that the PCs ever showed lies in a file");
    for (const [path, bytes] of files) {
      if (path.startsWith("keys/")) continue;
      // quoted-printable breaks lines with "="
      const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("").replaceAll("=\r\n", "");
      assert.equal(text.match(DIGITS), null, `${path} holds digits`);
    }
  }));

Deno.test("demo --json names every night's changes, findings, mails and reports, and they are there", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/demo`);
    await Deno.writeTextFile(`${folder}/demo/mine.txt`, "mine");
    const { code, stdout, stderr } = await demo(folder, "--json", "--out", `${folder}/demo/`);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const told: Told = JSON.parse(stdout);
    assert.equal(told.schema, 1);
    assert.equal(told.out, `${folder}/demo (2)`, "what lies in a folder of that name stays alone there");
    assert.deepEqual([...(await filesBelow(`${folder}/demo`)).keys()], ["mine.txt"]);

    const days = told.nights.map(({ date, host, changes, findings }) => [
      `${date.slice(8)} ${host}`,
      changes.join(" "),
      findings.join(" "),
    ]);
    assert.deepEqual(days, [
      ["02 ANNA-LAPTOP", "volume-found key-added", ""],
      ["02 TOMS-PC", "volume-found key-added volume-found", "not-encrypted"],
      ["03 ANNA-LAPTOP", "", ""],
      ["07 TOMS-PC", "volume-found key-added", "not-encrypted"],
      ["08 TOMS-PC", "volume-missing", "not-encrypted"],
      ["12 ANNA-LAPTOP", "protection-off", "suspended"],
      ["13 ANNA-LAPTOP", "protection-on", ""],
      [
        "16 TOMS-PC",
        "encryption-finished protection-on protector-added protector-added",
        "no-recovery-key",
      ],
      ["17 TOMS-PC", "key-added volume-back", ""],
      ["24 ANNA-LAPTOP", "volume-found key-added volume-missing", ""],
    ]);

    const quiet = told.nights[2];
    assert.deepEqual([quiet?.files, quiet?.mails], [[], []]);
    const stored = [...(await filesBelow(told.out)).keys()].map((path) => `${told.out}/${path}`);
    const reports = stored.filter((path) => /\/keys\/.*\.(?:TXT|html)$/.test(path));
    assert.deepEqual(told.nights.flatMap((night) => night.files).sort(), reports.sort());
    const mails = stored.filter((path) => path.endsWith(".eml"));
    assert.deepEqual(told.nights.flatMap((night) => night.mails), mails.sort(), "in the order of arrival");
    assert.equal(mails.length, told.nights.length - 1, "one mail a night, none on the quiet one");

    const last = told.nights.at(-1);
    assert.deepEqual([told.files.sheet, told.files.txt].sort(), [...last?.files ?? []].sort());
    assert.equal(told.files.mail, last?.mails[0]);
    assert.equal(told.found.recoveryPassword, KEYS.get(told.found.keyId));
    assert.equal(told.found.current, true);
  }));
