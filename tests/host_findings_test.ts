import assert from "node:assert/strict";
import { hostFindings } from "../lib/core/host_findings.ts";
import type { KnownVolume } from "../lib/core/ledger_model.ts";
import { knownKey, knownVolume } from "./helpers/ledger_entries.ts";
import { errorDocument, hostDocument, type Json, snapshotOf } from "./helpers/snapshots.ts";

const server = hostDocument({
  os: { caption: "Microsoft Windows Server 2022 Standard", version: "10.0.20348", edition: "ServerStandard" },
});
const germanServer = hostDocument({ os: { caption: null, version: null, edition: "ServerDatacenter" } });
const captionOnly = hostDocument({
  os: { caption: "Microsoft Windows Server 2019 Standard", version: null, edition: null },
});

const withKey = [knownVolume()];
const withoutKey = [knownVolume({ protectors: [knownKey(1, { fingerprint: null })] })];

type Row = readonly [
  what: string,
  snapshot: Json,
  known: readonly KnownVolume[],
  findings: readonly string[],
];

function failing(...codes: readonly (string | number | null)[]): Json {
  return { errors: codes.map((code) => errorDocument("Win32_EncryptableVolume", code)) };
}

function check(rows: readonly Row[]): void {
  for (const [what, changes, known, findings] of rows) {
    const found = hostFindings(snapshotOf([], changes), known);
    assert.deepEqual(found.map((one) => `${one.severity} ${one.code}`).sort(), [...findings].sort(), what);
    for (const one of found) assert.equal(one.volume, null, what);
  }
}

Deno.test("hostFindings() finds nothing where the reading went well", () => {
  check([
    ["no error", {}, withKey, []],
    ["no volume", {}, [], []],
    ["collector did not say whether it was elevated", { collector: null }, withKey, []],
  ]);
});

Deno.test("hostFindings() finds not-elevated by the code, however it is written, or by the collector's word", () => {
  check([
    ["hexadecimal", failing("0x80041003"), withKey, ["danger not-elevated"]],
    ["signed", failing(-2147217405), withKey, ["danger not-elevated"]],
    ["unsigned", failing(2147749891), [], ["danger not-elevated"]],
    ["twice", failing("0x80041003", "0x80041003"), withKey, ["danger not-elevated"]],
    ["the collector says so", { collector: { elevated: false } }, withKey, ["danger not-elevated"]],
    ["both", { ...failing("0x80041003"), collector: { elevated: false } }, withKey, ["danger not-elevated"]],
  ]);
});

Deno.test("hostFindings() finds no-bitlocker only on a server where no volume is known", () => {
  for (const code of ["0x8004100E", "0x80041010", -2147217394, "0x8004100e"]) {
    check([
      ["server", { ...failing(code), host: server }, [], ["info no-bitlocker"]],
      ["server, by its edition alone", { ...failing(code), host: germanServer }, [], ["info no-bitlocker"]],
      ["server, by its caption alone", { ...failing(code), host: captionOnly }, [], ["info no-bitlocker"]],
      ["server that had volumes", { ...failing(code), host: server }, withKey, ["danger unreadable"]],
      ["Windows 11 Home", failing(code), [], ["warning unreadable"]],
      ["Windows 11 Home with a known key", failing(code), withKey, ["danger unreadable"]],
      ["system unknown", { ...failing(code), host: hostDocument({ os: null }) }, [], ["warning unreadable"]],
    ]);
  }
});

Deno.test("hostFindings() says how to mend WMI where its namespace or class is missing", () => {
  const textOf = (code: string): string => hostFindings(snapshotOf([], failing(code)), [])[0]?.text ?? "";
  for (const code of ["0x8004100E", "0x80041010"]) {
    assert.match(textOf(code), /mofcomp .*win32_encryptablevolume\.mof/);
  }
  assert.doesNotMatch(textOf("0x80041001"), /mofcomp/);
});

Deno.test("hostFindings() finds unreadable for any other error: a danger once a key is known", () => {
  check([
    ["new ledger", failing("0x80041001"), [], ["warning unreadable"]],
    ["known key", failing("0x80041001"), withKey, ["danger unreadable"]],
    ["known volume whose digits were never read", failing("0x80041001"), withoutKey, ["warning unreadable"]],
    ["known key of a drive that is away", failing("0x80041001"), [knownVolume({ present: false })], [
      "danger unreadable",
    ]],
    ["no code", failing(null), withKey, ["danger unreadable"]],
    ["several", failing("0x80041001", "0x80070005", null), withKey, ["danger unreadable"]],
    ["beside access denied", failing("0x80041003", "0x80041001"), withKey, [
      "danger not-elevated",
      "danger unreadable",
    ]],
    ["beside a missing namespace on a server", { ...failing("0x8004100E", "0x80041001"), host: server }, [], [
      "info no-bitlocker",
      "warning unreadable",
    ]],
  ]);
});

Deno.test("hostFindings() names calls and codes, so that they can be looked up", () => {
  const [found] = hostFindings(snapshotOf([], failing(-2147217407)), []);
  assert.match(found?.text ?? "", /Win32_EncryptableVolume: 0x80041001/);
});
