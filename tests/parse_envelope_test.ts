import assert from "node:assert/strict";
import fc from "fast-check";
import { parseEnvelope } from "../lib/core/parse_envelope.ts";
import { UserError } from "../lib/errors.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import { type Json, snapshotDocument, snapshotOf, volumeDocument } from "./helpers/snapshots.ts";
import { userErrorOf } from "./helpers/user_error.ts";

const listing = {
  destination: "office",
  reachable: true,
  error: null,
  folders: [{
    name: "ANNA-LAPTOP",
    status: { schema: 1 },
    files: [{ name: "a.TXT", size: 1000, sha256: "AB".repeat(32), cloud: false }],
  }],
};

const receipt = {
  destination: "office",
  name: "a.TXT",
  sha256: "AB".repeat(32),
  outcome: "delivered",
  error: null,
};

function envelope(changes: Json = {}): Json {
  return {
    schema: 1,
    runId: "run-1",
    snapshot: snapshotDocument(),
    settings: { policy: { "Log.Level": "debug" }, file: { templates: true } },
    secrets: { smtpPassword: "hunter2", archiveKey: "AGE-SECRET-KEY-1X" },
    listings: [listing],
    receipts: [receipt],
    ...changes,
  };
}

Deno.test("parseEnvelope() hands on snapshot, settings, secrets, listings and receipts", () => {
  const read = parseEnvelope(envelope({ later: "field" }), "snapshot");
  assert.deepEqual(read.snapshot, snapshotOf());
  assert.equal(read.runId, "run-1");
  assert.deepEqual(read.policy, { "Log.Level": "debug" });
  assert.deepEqual(read.file, { templates: true });
  assert.deepEqual(read.secrets, { smtpPassword: "hunter2", archiveKey: "AGE-SECRET-KEY-1X" });
  assert.equal(read.listings?.[0]?.folders[0]?.files[0]?.name, "a.TXT");
  assert.deepEqual(read.receipts?.map((one) => one.outcome), ["delivered"]);
  assert.ok(!("later" in read));
});

Deno.test("parseEnvelope() takes a bare snapshot for an envelope without the rest", () => {
  const read = parseEnvelope(snapshotDocument(volumeDocument()), "snapshot");
  assert.deepEqual(read, {
    runId: null,
    snapshot: snapshotOf(),
    policy: null,
    file: null,
    secrets: { smtpPassword: null, archiveKey: null },
    shareCredentials: null,
    listings: null,
    receipts: null,
    access: [],
  });
});

Deno.test("parseEnvelope() takes null and absent parts for the same", () => {
  const { snapshot } = envelope();
  const bare = parseEnvelope({ schema: 1, snapshot }, "snapshot");
  const nulls = { runId: null, settings: null, secrets: null, listings: null, receipts: null, access: null };
  assert.deepEqual(parseEnvelope({ schema: 1, snapshot, ...nulls }, "snapshot"), bare);
  const inner = { settings: { policy: null, file: null }, secrets: { smtpPassword: null, archiveKey: null } };
  assert.deepEqual(parseEnvelope({ schema: 1, snapshot, ...inner }, "snapshot"), bare);
  assert.equal(bare.listings, null);
});

Deno.test("parseEnvelope() tells no listings at all from a place that could not be looked at", () => {
  assert.deepEqual(parseEnvelope(envelope({ listings: [] }), "snapshot").listings, []);
  const refused = { destination: "office", reachable: false, error: "access denied", folders: null };
  const [first] = parseEnvelope(envelope({ listings: [refused] }), "snapshot").listings ?? [];
  assert.deepEqual(first, {
    destination: "office",
    reachable: false,
    error: "access denied",
    blind: false,
    linked: null,
    folders: [],
  });
});

Deno.test("parseEnvelope() tells a drop box, an unlinked account and a place of which neither is said", () => {
  const listings = [
    { ...listing, blind: true },
    { ...listing, reachable: false, linked: false, error: "the account is not linked" },
    listing,
  ];
  const read = parseEnvelope(envelope({ listings }), "snapshot").listings ?? [];
  assert.deepEqual(read.map((one) => [one.blind, one.linked]), [[true, null], [false, false], [false, null]]);
});

Deno.test("parseEnvelope() takes an outcome that it does not know for a failure, and a failure always has a reason", () => {
  const rows: readonly (readonly [unknown, unknown, string, string | null])[] = [
    ["delivered", null, "delivered", null],
    ["accepted", undefined, "accepted", null],
    ["handed-over", null, "handed-over", null],
    ["pending", "the disk is full", "pending", "the disk is full"],
    ["pending", null, "pending", "it was not carried"],
    ["Delivered", null, "pending", "it was not carried"],
    ["teleported", "who knows", "pending", "who knows"],
  ];
  for (const [outcome, error, expected, reason] of rows) {
    const [read] =
      parseEnvelope(envelope({ receipts: [{ ...receipt, outcome, error }] }), "snapshot").receipts ?? [];
    assert.deepEqual([read?.outcome, read?.error], [expected, reason], String(outcome));
  }
  assert.deepEqual(
    parseEnvelope(envelope({ receipts: [] }), "snapshot").receipts,
    [],
    "none is a second start, too",
  );
});

Deno.test("parseEnvelope() hands on who may use local folders", () => {
  const access = [{ destination: "local", sddl: "O:BAD:" }, { destination: "gone", error: "not found" }];
  assert.deepEqual(parseEnvelope(envelope({ access }), "snapshot").access, [
    { destination: "local", sddl: "O:BAD:", error: null },
    { destination: "gone", sddl: null, error: "not found" },
  ]);
});

Deno.test("parseEnvelope() brings hashes of listings and receipts into one case, for .NET writes upper case", () => {
  const read = parseEnvelope(envelope(), "snapshot");
  assert.equal(read.listings?.[0]?.folders[0]?.files[0]?.sha256, "ab".repeat(32), "listing");
  assert.equal(read.receipts?.[0]?.sha256, "ab".repeat(32), "receipt");
});

Deno.test("parseEnvelope() knows a file that the cloud has freed: no hash, never opened", () => {
  const file = { name: "a.TXT", size: 1000, sha256: null, cloud: true };
  const listings = [{ ...listing, folders: [{ name: "ANNA-LAPTOP", status: null, files: [file] }] }];
  assert.deepEqual(parseEnvelope(envelope({ listings }), "snapshot").listings?.[0]?.folders[0]?.files, [
    file,
  ]);
});

Deno.test("parseEnvelope() keeps why a folder could not be looked into", () => {
  const closed = { name: "ANNA-LAPTOP", status: { machineId: "" }, error: "access is denied", files: [] };
  const open = { name: "TOM-PC", status: null, error: null, files: [] };
  const listings = [{ ...listing, folders: [closed, open] }];
  assert.deepEqual(parseEnvelope(envelope({ listings }), "snapshot").listings?.[0]?.folders, [
    closed,
    { name: "TOM-PC", status: null, files: [] },
  ]);
});

Deno.test("parseEnvelope() says what is wrong and never quotes a secret", () => {
  const secret = passwordOf(4);
  const rows: readonly (readonly [string, unknown, RegExp])[] = [
    ["a list", [envelope()], /it is a list, must be an object/],
    ["a text", secret, /it is a bare value, must be an object/],
    ["null", null, /must be an object/],
    ["no schema", { snapshot: snapshotDocument() }, /in the envelope "schema" is missing, must be 1/],
    ["another schema", envelope({ schema: 2 }), /in the envelope "schema" is a number, must be 1/],
    ["no snapshot in it", envelope({ snapshot: null }), /is null, must be an object/],
    [
      "a snapshot of a later schema",
      envelope({ snapshot: snapshotDocument([], { schema: 7 }) }),
      /schema 7, must be 1/,
    ],
    [
      "a secret that is no text",
      envelope({ secrets: { smtpPassword: [secret] } }),
      /"secrets\.smtpPassword" is a list/,
    ],
    ["secrets that are a text", envelope({ secrets: secret }), /"secrets" is a text, must be an object/],
    ["listings that are a text", envelope({ listings: secret }), /"listings" is a text, must be a list/],
    [
      "a receipt without outcome",
      envelope({ receipts: [{ destination: "a", name: secret }] }),
      /"receipts\[0\]\.outcome"/,
    ],
  ];
  for (const [what, document, message] of rows) {
    const error = userErrorOf(() => parseEnvelope(document, "snapshot"));
    assert.equal(error.code, "snapshot", what);
    assert.match(error.message, message, what);
    for (const group of secret.split("-")) assert.ok(!`${error.message} ${error.hint}`.includes(group), what);
  }
});

Deno.test("parseEnvelope() returns or throws a UserError for any JSON in any of its parts", () => {
  const spoilt = fc.record({ field: fc.constantFrom(...Object.keys(envelope())), value: fc.jsonValue() })
    .map(({ field, value }) => envelope({ [field]: value }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), spoilt), (document) => {
      try {
        parseEnvelope(document, "snapshot");
      } catch (error) {
        assert.ok(error instanceof UserError && error.code === "snapshot", String(error));
        assert.ok(!error.message.includes("hunter2"));
      }
    }),
    { seed: 20261124, numRuns: 500 },
  );
});

Deno.test("parseEnvelope() knows which shares have a stored credential, and when nobody said", () => {
  const names = (changes: Json): readonly string[] | null =>
    parseEnvelope(envelope(changes), "snapshot").shareCredentials;
  assert.deepEqual(names({ secrets: { shareCredentials: ["office"] } }), ["office"]);
  assert.deepEqual(
    names({ secrets: { smtpPassword: "hunter2" } }),
    [],
    "none for the shares that were looked at",
  );
  assert.equal(names({ secrets: null, listings: null }), null);
  assert.equal(parseEnvelope(snapshotDocument(), "snapshot").shareCredentials, null);
});
