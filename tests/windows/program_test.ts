/** The packaged program for Windows, by itself: the nightly job, find, print, import, odd paths, a crash. */

import assert from "node:assert/strict";
import { decodeText } from "../../lib/core/decode_text.ts";
import { filesBelow } from "../helpers/program.ts";
import { startMailServer } from "../helpers/mail_server.ts";
import { passwordOf } from "../helpers/made_up_values.ts";
import { dataVolumeDocument, snapshotDocument, volumeDocument } from "../helpers/snapshots.ts";
import { type Envelope, makePc, type Pc } from "./packaged.ts";
import { openRig, windowsPath } from "./rig.ts";

const rig = openRig();
const TWO_DRIVES = snapshotDocument([volumeDocument(), dataVolumeDocument()]);

interface Place {
  /** Below it all of the test lies; on Linux. */
  readonly folder: string;
  readonly pc: Pc;
  /** The destination's root, on Linux and on Windows. */
  readonly keys: string;
  readonly keysOnWindows: string;
}

/** Gives a PC and a destination in folders of their own, and removes them. */
async function onPc(name: string, act: (place: Place) => Promise<void>): Promise<void> {
  const folder = `${rig.driveC}/tests/${name}`;
  await Deno.remove(folder, { recursive: true }).catch(() => undefined);
  const pc = await makePc(rig, `${folder}/data`);
  const keys = `${folder}/keys`;
  await Deno.mkdir(keys, { recursive: true });
  try {
    await act({ folder, pc, keys, keysOnWindows: windowsPath(rig, keys) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function envelopeOf(path: string, snapshot: unknown = TWO_DRIVES, more: object = {}): Envelope {
  const destinations = [{ name: "cloud", kind: "folder", path, synced: true }];
  return { snapshot, settings: { policy: null, file: { destinations, ...more } } };
}

/** The reports at a destination: name to text. */
async function reportsAt(keys: string): Promise<ReadonlyMap<string, string>> {
  const files = await filesBelow(keys);
  return new Map(
    [...files].filter(([name]) => name.endsWith(".TXT")).map(([name, bytes]) => [name, decodeText(bytes)]),
  );
}

interface Answer {
  readonly changes: readonly { readonly kind: string; readonly keyId: string | null }[];
  readonly findings: readonly { readonly code: string }[];
  readonly deliveries: readonly { readonly destination: string; readonly outcome: string }[];
}

function answerOf(stdout: string): Answer {
  return JSON.parse(stdout) as Answer;
}

Deno.test("a first night delivers a report of each key and a sheet, the second night is quiet", async () => {
  await onPc("Zwei Nächte", async ({ pc, keys, keysOnWindows }) => {
    const first = await pc.night(envelopeOf(keysOnWindows));
    assert.equal(first.code, 0, first.stderr + first.stdout);
    const reports = await reportsAt(keys);
    assert.equal(reports.size, 2);
    for (const number of [1, 2]) {
      assert.ok([...reports.values()].some((text) => text.includes(passwordOf(number))), `key ${number}`);
    }
    const before = await filesBelow(keys);
    assert.ok([...before.keys()].some((name) => name.endsWith("Recovery sheet.html")));

    const second = await pc.night(envelopeOf(keysOnWindows));
    assert.equal(second.code, 0, second.stderr + second.stdout);
    assert.deepEqual(answerOf(second.stdout).changes, []);
    assert.deepEqual(answerOf(second.stdout).deliveries, []);
    assert.deepEqual([...(await filesBelow(keys)).keys()].sort(), [...before.keys()].sort());
  });
});

Deno.test("a mail goes to a server of a host name, through the computed permissions", async () => {
  const server = await startMailServer();
  try {
    await onPc("mail", async ({ pc, keysOnWindows }) => {
      const smtp = { host: "localhost", port: server.port, security: "none", from: "keys@example.org" };
      const destinations = [
        { name: "cloud", kind: "folder", path: keysOnWindows, synced: true },
        { name: "helper", kind: "mail", to: ["tom@example.org"] },
      ];
      const envelope = { snapshot: TWO_DRIVES, settings: { policy: null, file: { destinations, smtp } } };
      const ended = await pc.night(envelope);
      assert.equal(ended.code, 0, ended.stderr + ended.stdout);
      assert.equal(server.mails.length, 1);
      assert.deepEqual(server.envelopes[0]?.to, ["tom@example.org"]);
      const again = await pc.night(envelope);
      assert.equal(again.code, 0, again.stderr);
      assert.equal(server.mails.length, 1);
    });
  } finally {
    await server.stop();
  }
});

Deno.test("find gives the digits, print a sheet, status the copies", async () => {
  await onPc("find and print", async ({ pc, folder, keys, keysOnWindows }) => {
    assert.equal((await pc.night(envelopeOf(keysOnWindows))).code, 0);
    const found = await pc.run(["find", "00000002", "--in", keysOnWindows, "--json"]);
    assert.equal(found.code, 0, found.stderr);
    const { matches } = JSON.parse(found.stdout) as {
      matches: readonly { recoveryPassword: string; path: string }[];
    };
    assert.deepEqual(matches.map((one) => one.recoveryPassword), [passwordOf(2)]);
    assert.match(matches[0]?.path ?? "", /^C:\\/);
    assert.equal((await pc.run(["find", "99999999", "--in", keysOnWindows])).code, 4);

    const sheets = windowsPath(rig, `${folder}/sheets`);
    const reports = [...(await reportsAt(keys)).keys()].map((name) => windowsPath(rig, `${keys}/${name}`));
    const printed = await pc.run(["print", ...reports, "--out", sheets, "--json"]);
    assert.equal(printed.code, 0, printed.stderr);
    const pages = await filesBelow(`${folder}/sheets`);
    assert.ok([...pages.values()].some((bytes) => decodeText(bytes).includes(passwordOf(1).slice(0, 6))));

    const status = await pc.run(["status", "--data", pc.dataOnWindows]);
    assert.equal(status.code, 0, status.stderr);
    assert.match(status.stdout, /copy at cloud/);
    assert.equal((await reportsAt(keys)).size, 2);
  });
});

Deno.test("import reads the file that Windows itself writes, UTF-16 with a byte order mark", async () => {
  await onPc("import", async ({ pc, folder }) => {
    const text = [
      "BitLocker Drive Encryption recovery key ",
      "",
      "Identifier:",
      "",
      "\t00000001-7235-4E32-B7F1-CDC5D4EC89C5",
      "",
      "Recovery Key:",
      "",
      `\t${passwordOf(1)}`,
      "",
    ].join("\r\n");
    const units = Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
    await Deno.writeFile(`${folder}/Schlüssel.TXT`, new Uint8Array(units.buffer));
    const read = await pc.run(["import", windowsPath(rig, `${folder}/Schlüssel.TXT`), "--json"]);
    assert.equal(read.code, 0, read.stderr);
    const { files } = JSON.parse(read.stdout) as {
      files: readonly { keys: readonly { keyId: string; recoveryPassword: string; valid: boolean }[] }[];
    };
    assert.deepEqual(
      files.flatMap(({ keys }) => keys).map((key) => [key.keyId, key.recoveryPassword, key.valid]),
      [["00000001-7235-4E32-B7F1-CDC5D4EC89C5", passwordOf(1), true]],
    );
  });
});

/** Reports of it have paths of more than 250 characters. Wine 8 knows the real path of none of 260 or more. */
const LONG = "Wiederherstellungsschlüssel für alle Rechner der Familie, sorgfältig aufbewahrt";

for (
  const [what, below] of [
    ["blanks, umlauts, a comma and Japanese", "Schlüssel für Anna, 回復キー"],
    ["an apostrophe, brackets and a percent sign", "Anna's [100%] (keys) & more"],
    ["so many characters that a report's has over 250", `${LONG}\\${LONG.slice(0, 60)}`],
  ] as const
) {
  Deno.test(`a destination whose path has ${what}`, async () => {
    await onPc("odd paths", async ({ pc, keys, keysOnWindows }) => {
      await Deno.mkdir(`${keys}/${below.replaceAll("\\", "/")}`, { recursive: true });
      const path = `${keysOnWindows}\\${below}`;
      const ended = await pc.night(envelopeOf(path));
      assert.equal(ended.code, 0, ended.stderr + ended.stdout);
      const reports = [...(await reportsAt(keys)).keys()];
      assert.equal(reports.length, 2);
      if (below.includes(LONG)) {
        assert.ok(reports.every((name) => `${keysOnWindows}\\${name}`.length > 250), reports.join("\n"));
      }
      const again = await pc.night(envelopeOf(path));
      assert.equal(again.code, 0, again.stderr + again.stdout);
      assert.deepEqual(answerOf(again.stdout).deliveries, []);
      const found = await pc.run(["find", "00000001", "--in", path, "--json"]);
      assert.equal(found.code, 0, found.stderr);
    });
  });
}

Deno.test("PCs and drives with names that Windows reserves get folders that can be made", async () => {
  for (const name of ["CON", "nul", "COM1", "PC.", "a:b"]) {
    await onPc(`reserved ${name.replace(/[^a-z0-9]/gi, "")}`, async ({ pc, keys, keysOnWindows }) => {
      const host = { ...(snapshotDocument() as { host: object }).host, name };
      const ended = await pc.night(envelopeOf(keysOnWindows, snapshotDocument(undefined, { host })));
      assert.equal(ended.code, 0, `${name}: ${ended.stderr}${ended.stdout}`);
      assert.equal((await reportsAt(keys)).size, 1, name);
    });
  }
});

Deno.test("a run that is killed in the middle loses nothing: the next one delivers everything once", async () => {
  await onPc("killed", async ({ pc, keys, keysOnWindows }) => {
    let killed = 0;
    for (let round = 0; round < 6; round++) {
      const command = await pc.nightCommand(envelopeOf(keysOnWindows));
      const script = killScript(command, pc.dataOnWindows, 150 + round * 130);
      const input = new TextEncoder().encode(JSON.stringify({ schema: 1, ...envelopeOf(keysOnWindows) }));
      const ended = await rig.powershell(["-Command", script], { stdin: input });
      if (ended.stdout.includes("killed")) killed++;
    }
    assert.ok(killed > 0, "no run was killed in time");
    const ended = await pc.night(envelopeOf(keysOnWindows));
    assert.equal(ended.code, 0, ended.stderr + ended.stdout);
    const files = [...(await filesBelow(keys)).keys()];
    assert.equal(files.filter((name) => name.endsWith(".TXT")).length, 2, files.join("\n"));
    assert.deepEqual(files.filter((name) => name.endsWith(".tmp")), []);
    const quiet = await pc.night(envelopeOf(keysOnWindows));
    assert.deepEqual(answerOf(quiet.stdout).deliveries, []);
  });
});

/** Starts the night and ends it after some milliseconds, if it still runs. */
function killScript(command: readonly string[], data: string, afterMs: number): string {
  const words = command.map((word) => `'${word.replaceAll("'", "''")}'`).join(", ");
  return [
    "$start = [Diagnostics.ProcessStartInfo]::new('C:\\Program Files\\Spare Key\\deno.exe')",
    "foreach ($word in @('run', '--quiet', '--no-prompt', '--no-lock', '--no-npm', '--no-remote', '--cached-only', " +
    "'--v8-flags=--no-lazy,--min-semi-space-size=4', " +
    `${words})) { $start.ArgumentList.Add($word) }`,
    "$start.RedirectStandardInput = $true; $start.RedirectStandardOutput = $true",
    `$start.Environment['DENO_DIR'] = '${data}\\deno'; $start.Environment['DENO_DISABLE_NODE_SHIM'] = '1'`,
    "$process = [Diagnostics.Process]::Start($start)",
    "$bytes = [Text.Encoding]::UTF8.GetBytes([Console]::In.ReadToEnd())",
    "$process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length); $process.StandardInput.Close()",
    `if (-not $process.WaitForExit(${afterMs})) { $process.Kill(); $process.WaitForExit(); 'killed' } else { 'ended' }`,
  ].join("\n");
}

Deno.test("the ledger is a SQLite file that Linux reads, too, and holds no digits", async () => {
  await onPc("ledger", async ({ pc, keysOnWindows }) => {
    assert.equal((await pc.night(envelopeOf(keysOnWindows))).code, 0);
    const { DatabaseSync } = await import("node:sqlite");
    const db = new DatabaseSync(`${pc.data}/ledger.db`, { readOnly: true });
    try {
      const row = db.prepare("SELECT count(*) AS count FROM reports").get();
      assert.equal(row?.["count"], 3);
    } finally {
      db.close();
    }
    const bytes = await Deno.readFile(`${pc.data}/ledger.db`);
    assert.ok(!new TextDecoder("latin1").decode(bytes).includes(passwordOf(1)));
  });
});
