// Snapshots and envelopes that something happened to: refused by words, or a night comes to its end with them.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Snapshot } from "../../lib/core/model.ts";
import { parseEnvelope } from "../../lib/core/parse_envelope.ts";
import { parseJsonDocument } from "../../lib/core/parse_json.ts";
import { EXIT, UserError } from "../../lib/errors.ts";
import { FUZZ_RUNS, fuzzName, fuzzOptions } from "../helpers/fuzz.ts";
import { byteChanges, mutatedValue } from "../helpers/mutate.ts";
import { keyId, nightRig, password, volume } from "../helpers/night_rig.ts";
import { program } from "../helpers/program.ts";
import { DIGITS } from "../helpers/send_mail.ts";

const HOST = {
  name: "ANNA-LAPTOP",
  machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532",
  serial: "5CD1234XYZ",
  os: { caption: "Microsoft Windows 11 Home", version: "10.0.26100", edition: "Core" },
};

const SNAPSHOT = {
  schema: 1,
  takenAt: "2026-11-24T03:00:12.345+01:00",
  collector: { version: "1.0.0", powershell: "5.1.26100.1", elevated: true, is64Bit: true, source: "cim" },
  host: HOST,
  volumes: [
    volume("C:", [1], { mountPaths: ["C:\\"], sizeBytes: 511_000_000_000 }),
    volume("E:", [2], { volumeType: 2, lockStatus: 1, errors: [{ call: "x", code: "0x80310000" }] }),
  ],
  events: [{ id: 845, time: "2026-11-20T18:03:11Z", protectorId: `{${keyId(1)}}`, drive: null, code: null }],
  errors: [{ call: "y", code: -2147217405, message: "Access denied" }],
};

const ENVELOPE = {
  schema: 1,
  runId: "run-1",
  snapshot: SNAPSHOT,
  settings: { policy: { "Log.Level": "debug" }, file: { templates: true } },
  secrets: { smtpPassword: "hunter2", archiveKey: "AGE-SECRET-KEY-1X", shareCredentials: ["office"] },
  listings: [{
    destination: "office",
    reachable: true,
    folders: [{ name: "ANNA-LAPTOP", status: { schema: 1 }, files: [{ name: "a.TXT", size: 1 }] }],
  }],
  receipts: [{ destination: "office", name: "a.TXT", sha256: "AB".repeat(32), outcome: "delivered" }],
  access: [{ destination: "stick", sddl: "O:BAG:SYD:(A;;FA;;;BA)", error: null }],
};

/** Gives the error of a refusal, in which no digits stand. */
function refusalOf(error: unknown): UserError {
  assert.ok(
    error instanceof UserError,
    `refused by words, not by ${error instanceof Error ? error.stack : error}`,
  );
  assert.ok(Object.hasOwn(EXIT, error.code));
  for (const text of [error.message, error.hint, error.stack, String(error.cause)]) {
    assert.ok(!text?.replaceAll("-", "").includes(DIGITS.replaceAll("-", "")), "an error quotes digits");
  }
  return error;
}

function snapshotIn(document: unknown): Snapshot | null {
  try {
    return parseEnvelope(document, "snapshot").snapshot;
  } catch (error) {
    assert.equal(refusalOf(error).code, "snapshot");
    return null;
  }
}

Deno.test(fuzzName("any envelope is read, or refused by words that quote no digits"), () => {
  let read = 0;
  fc.assert(
    fc.property(mutatedValue([SNAPSHOT, ENVELOPE]), (document) => {
      if (snapshotIn(document) !== null) read++;
    }),
    fuzzOptions(),
  );
  assert.ok(read > FUZZ_RUNS / 10, `only ${read} were read: the others hide what comes after`);
  assert.ok(read < FUZZ_RUNS, "none was refused");
});

Deno.test(fuzzName("any bytes are read as an envelope, or refused by words that quote no digits"), () => {
  fc.assert(
    fc.property(mutatedValue([ENVELOPE]), byteChanges(1), fc.boolean(), (document, change, wide) => {
      const text = JSON.stringify(document) ?? "";
      const whole = wide
        ? new Uint8Array(new Uint16Array([0xfeff, ...Array.from(text, (one) => one.charCodeAt(0))]).buffer)
        : new TextEncoder().encode(text);
      let parsed: unknown;
      try {
        parsed = parseJsonDocument(change(whole), { code: "snapshot", what: "snapshot" });
      } catch (error) {
        assert.equal(refusalOf(error).code, "snapshot");
        return;
      }
      snapshotIn(parsed);
    }),
    fuzzOptions(),
  );
});

/** A night takes many times as long as reading what it is given. */
const NIGHTS = Math.ceil(FUZZ_RUNS / 10);

Deno.test(
  fuzzName("a night comes to its end with any snapshot that is read, and loses no key", NIGHTS),
  async () => {
    const settings = { destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }] };
    await fc.assert(
      fc.asyncProperty(mutatedValue([SNAPSHOT]), async (document) => {
        if (snapshotIn(document) === null) return;
        const rig = nightRig(settings);
        await rig.night([volume("C:", [7])]);
        const { schema: _, ...snapshot } = document as Record<string, unknown>;
        const strange = await rig.night([], snapshot);
        assert.ok(
          !JSON.stringify(strange.changes).includes(DIGITS) &&
            !JSON.stringify(strange.findings).includes(DIGITS),
        );
        await rig.night([volume("C:", [8])]);
        assert.deepEqual(rig.held("cloud", [7]), [7]);
        // another PC's name leads to another folder, which holds the key all the same
        assert.deepEqual(rig.held("cloud", [8]), [8]);
        const told = [...rig.places.get("cloud")?.files.keys() ?? []].join("\n");
        assert.ok(!told.includes(password(7)) && !told.includes(DIGITS), "a file's name holds digits");
      }),
      fuzzOptions(NIGHTS),
    );
  },
);

Deno.test("the program itself ends with a code of the table, whatever snapshot it is given", async () => {
  const documents = fc.sample(mutatedValue([SNAPSHOT, ENVELOPE]), { ...fuzzOptions(12), numRuns: 12 });
  const folder = await Deno.makeTempDir();
  try {
    for (const document of documents) {
      const stdin = JSON.stringify(document) ?? "";
      const words = ["check", "--dry-run", "--data", `${folder}/data`, "--json"];
      const { code, stdout, stderr } = await program(words, { stdin });
      assert.ok(
        [EXIT.ok, EXIT.partial, EXIT.settings, EXIT.snapshot].some((one) => one === code),
        `${code}: ${stderr}`,
      );
      assert.equal(typeof JSON.parse(stdout), "object");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
