/** A recovery password is looked for everywhere it must not be: output, log, ledger, archive, settings, mail. */

import assert from "node:assert/strict";
import { keyId, password, volume } from "./helpers/night_rig.ts";
import { type Ended, filesBelow, inFolder, program } from "./helpers/program.ts";

const KEYS = [41, 42, 43];
const SMTP_PASSWORD = "canary-smtp-7Qx!pa55";
const HOST = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };

function snapshot(volumes: readonly unknown[]): Record<string, unknown> {
  return { schema: 1, takenAt: "2026-11-24T03:00:12.345+01:00", host: HOST, volumes };
}

/** Every form in which digits could lie somewhere: as they are, bare, UTF-16, hexadecimal, base64 at each offset. */
function forms(secret: string): readonly string[] {
  const bare = secret.replaceAll("-", "");
  return [secret, bare, secret.replaceAll("-", " ")].flatMap((text) => {
    const utf16 = new Uint8Array(new Uint16Array([...text].map((one) => one.charCodeAt(0))).buffer);
    return [new TextEncoder().encode(text), utf16].flatMap((bytes) => {
      const raw = latin(bytes);
      // base64 of a part depends on where it starts: of each of the three, the characters that are sure
      const base64 = [0, 1, 2].map((offset) =>
        btoa("\0".repeat(offset) + raw).slice(offset === 0 ? 0 : 4, -4)
      );
      return [raw, bytes.toHex(), ...base64];
    });
  });
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

const NEEDLES = [...KEYS.map(password), SMTP_PASSWORD].flatMap((secret) => forms(secret));

function assertClean(text: string, where: string): void {
  const squeezed = text.replace(/[\0\s-]/g, "");
  for (const needle of NEEDLES) {
    assert.ok(!text.includes(needle) && !squeezed.includes(needle), `a secret stands in ${where}`);
  }
}

async function assertCleanFolder(folder: string): Promise<void> {
  for (const [path, bytes] of await filesBelow(folder)) assertClean(latin(bytes), path);
}

function assertCleanRun(ended: Ended, where: string): void {
  assertClean(ended.stdout, `${where}, stdout`);
  assertClean(ended.stderr, `${where}, stderr`);
}

Deno.test("the search itself finds what it is to find", () => {
  const digits = password(KEYS[0] ?? 0);
  for (
    const text of [
      `x${digits}x`,
      digits.replaceAll("-", " "),
      [...digits].join("\0"),
      btoa(`ab${digits}cd`),
      btoa(`a${digits}`),
    ]
  ) {
    assert.throws(() => assertClean(text, "here"), text);
  }
});

Deno.test("no task leaves digits or a password in output, log, ledger or archive", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/keys`);
    const data = `${folder}/data`;
    const settings = {
      destinations: [
        { name: "keys", kind: "folder", path: `${folder}/keys`, synced: true },
        { name: "gone", kind: "folder", path: `${folder}/gone` },
        { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" },
      ],
      // nothing listens there: the mail with the digits is refused
      smtp: { host: "localhost", port: 1, from: "keys@example.org", security: "starttls", user: "tom" },
      log: { level: "debug" },
    };
    const envelope = (volumes: readonly unknown[]): string =>
      JSON.stringify({
        schema: 1,
        runId: "r1",
        snapshot: snapshot(volumes),
        settings: { policy: null, file: settings },
        secrets: { smtpPassword: SMTP_PASSWORD },
      });
    const nights = [
      [volume("C:", [41])],
      [volume("C:", [42]), volume("D:", [43], { lockStatus: 1 })],
      [volume("C:", [42], {
        protectors: null,
        errors: [{ call: "GetKeyProtectors", code: -2147217405, message: password(42) }],
      })],
    ];
    for (const [index, volumes] of nights.entries()) {
      const ended = await program(["check", "--data", data, "--json"], { stdin: envelope(volumes) });
      assert.equal(ended.code, 3, ended.stderr);
      assertCleanRun(ended, `check ${index}`);
      assertCleanRun(
        await program(["check", "--data", data, "--dry-run"], { stdin: envelope(volumes) }),
        `dry run ${index}`,
      );
    }
    for (
      const words of [["status"], ["status", "--json"], ["history"], ["history", "--json"], [
        "history",
        "--drive",
        "C:",
      ]]
    ) {
      const ended = await program([...words, "--data", data]);
      assert.equal(ended.code, 0, ended.stderr);
      assertCleanRun(ended, words.join(" "));
    }
    await Deno.writeTextFile(`${folder}/s.json`, JSON.stringify(snapshot(nights[0] ?? [])));
    for (const format of ["html", "txt", "csv", "json"]) {
      const ended = await program([
        "print",
        "--snapshot",
        `${folder}/s.json`,
        "--out",
        `${folder}/sheets`,
        "--format",
        format,
        "--data",
        data,
      ]);
      assert.equal(ended.code, 0, ended.stderr);
      assertCleanRun(ended, `print ${format}`);
    }
    const found = await program(["find", keyId(41).slice(0, 8), "--in", `${folder}/keys`]);
    assert.ok(found.stdout.includes(password(41)), "find shows the digits, that is what it is for");
    assertClean(found.stderr, "find, stderr");
    await assertCleanFolder(data);
  }));

Deno.test("broken input that holds digits is refused without quoting it", () =>
  inFolder(async (folder) => {
    const whole = JSON.stringify(snapshot([volume("C:", [41])]));
    const digits = password(41);
    const inputs: readonly (readonly [string, string])[] = [
      ["cut off behind the digits", whole.slice(0, whole.indexOf(digits) + digits.length + 1)],
      ["digits as bare text", `recovery password ${digits}`],
      ["digits in place of a number", whole.replace('"lockStatus":0', `"lockStatus":"${digits}"`)],
      ["digits as a name", whole.replace('"drive"', `"${digits}"`)],
      ["digits in place of a list", whole.replace(/"volumes":.*$/, `"volumes":"${digits}"}`)],
      ["digits in place of the schema", whole.replace('"schema":1', `"schema":"${digits}"`)],
      ["digits as the time", whole.replace(/"takenAt":"[^"]*"/, `"takenAt":"${digits}"`)],
    ];
    for (const [what, stdin] of inputs) {
      for (const json of [[], ["--json"]]) {
        const ended = await program(["check", "--data", `${folder}/data`, ...json], { stdin });
        assert.ok([0, 11].includes(ended.code), `${what}: ${ended.code} ${ended.stderr}`);
        assertCleanRun(ended, what);
      }
    }
    const words: readonly (readonly string[])[] = [
      ["check", "--data", `${folder}/data`, "--config", `${folder}/c.json`, "--snapshot", `${folder}/s.json`],
      ["print", `${folder}/c.json`, "--out", folder],
    ];
    await Deno.writeTextFile(`${folder}/s.json`, whole);
    await Deno.writeTextFile(`${folder}/c.json`, JSON.stringify({ [digits]: 1, copyMaxAgeDays: digits }));
    for (const one of words) assertCleanRun(await program(one), one.join(" "));
    if (
      (await Array.fromAsync(Deno.readDir(folder))).some((one) => one.name === "data")
    ) await assertCleanFolder(`${folder}/data`);
  }));

Deno.test("where all reports are sealed no file at a destination can be read, and the PC keeps none it can open", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/keys`);
    const { ageSealer } = await import("../lib/effects/age_sealer.ts");
    const { generateX25519Identity } = await import("age-encryption");
    const identity = await generateX25519Identity();
    const settings = {
      destinations: [{ name: "keys", kind: "folder", path: `${folder}/keys`, synced: true }],
      recipients: [await ageSealer().recipientOf(identity)],
    };
    await Deno.writeTextFile(`${folder}/settings.json`, JSON.stringify(settings));
    const stdin = JSON.stringify(snapshot([volume("C:", [41])]));
    const ended = await program([
      "check",
      "--data",
      `${folder}/data`,
      "--config",
      `${folder}/settings.json`,
      "--json",
    ], { stdin });
    assert.equal(ended.code, 0, ended.stderr);
    await assertCleanFolder(folder);
    const files = await filesBelow(folder);
    assert.ok(![...files.keys()].some((path) => path.includes("archive/pc/")), [...files.keys()].join("\n"));
    const sealed = [...files].find(([path]) => path.startsWith("keys/") && path.endsWith(".TXT.age"))?.[1];
    assert.ok(sealed);
    const opened = new TextDecoder("utf-16le").decode(await ageSealer().open(sealed, identity));
    assert.ok(opened.includes(password(41)), "the recipient reads it");
  }));
