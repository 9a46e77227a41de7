/** Secrets that a person, a server or another PC has put where they do not belong. */

import assert from "node:assert/strict";
import { startMailServer } from "../helpers/mail_server.ts";
import { keyId, volume } from "../helpers/night_rig.ts";
import { type CanaryLab, type CanaryPc, envelopeOf, HOST, inPairs, snapshotOf } from "./pc.ts";
import { ARCHIVE_KEY, DIGITS, IDENTITY, KEYS, SMTP_PASSWORD } from "./secrets.ts";
import type { Named } from "./watch.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Settings with a secret in the wrong place, and what the person then sees of it where she asks for the settings. */
interface Misplaced {
  readonly settings: (pc: CanaryPc, port: number) => Settings;
  /** A password cannot be told from a name. */
  readonly shown?: Named;
}

const mail = (more: object = {}): object => ({
  name: "helper",
  kind: "mail",
  to: ["tom@example.org"],
  ...more,
});
const smtp = (port: number, more: object = {}): object => ({
  host: "localhost",
  port,
  security: "none",
  from: "keys@example.org",
  ...more,
});
const keys = ({ folder }: CanaryPc, more: object = {}): object => ({
  name: "keys",
  kind: "folder",
  path: `${folder}/keys`,
  synced: true,
  ...more,
});
const bare = DIGITS.replaceAll("-", "");

const MISPLACED: Readonly<Record<string, Misplaced>> = {
  "digits as a name of a destination": { settings: (pc) => ({ destinations: [keys(pc, { name: DIGITS })] }) },
  "digits in a path": {
    settings: (pc) => ({ destinations: [keys(pc, { path: `${pc.folder}/keys/${DIGITS}` })] }),
  },
  "bare digits in a path": {
    settings: (pc) => ({ destinations: [keys(pc, { path: `${pc.folder}/keys/a ${bare}` })] }),
  },
  "digits in a network path": {
    settings: () => ({
      destinations: [{ name: "nas", kind: "share", path: `\\\\nas\\${DIGITS}`, sealed: false }],
    }),
  },
  "digits as a label": { settings: (pc) => ({ destinations: [keys(pc, { volume: DIGITS })] }) },
  "digits as an address": {
    settings: (_, port) => ({ destinations: [mail({ to: [`${DIGITS}@example.org`] })], smtp: smtp(port) }),
  },
  "digits as a host": {
    settings: (_, port) => ({ destinations: [mail()], smtp: smtp(port, { host: bare, security: "tls" }) }),
  },
  "digits as a user": {
    settings: (_, port) => ({ destinations: [mail()], smtp: smtp(port, { user: DIGITS }) }),
  },
  "digits as the sender": {
    settings: (_, port) => ({ destinations: [mail()], smtp: smtp(port, { from: `${DIGITS}@example.org` }) }),
  },
  "digits as a setting": { settings: () => ({ [DIGITS]: 1 }) },
  "digits as a setting inside": { settings: (pc) => ({ destinations: [keys(pc, { [bare]: true })] }) },
  "digits in place of a number": { settings: () => ({ copyMaxAgeDays: DIGITS }) },
  "digits as a number": { settings: () => ({ copyMaxAgeDays: Number(bare) }) },
  "digits as a kind": { settings: (pc) => ({ destinations: [keys(pc, { kind: DIGITS })] }) },
  "digits as a certificate": { settings: (_, port) => ({ smtp: smtp(port, { ca: DIGITS }) }) },
  "a secret key as a recipient": { settings: (pc) => ({ destinations: [keys(pc)], recipients: [IDENTITY] }) },
  "a secret key as a recipient, lower case": { settings: () => ({ recipients: [IDENTITY.toLowerCase()] }) },
  "the archive's key as a path": {
    settings: (pc) => ({ destinations: [keys(pc, { path: `${pc.folder}/keys/${ARCHIVE_KEY}` })] }),
  },
  "a secret key as a user": {
    settings: (_, port) => ({ destinations: [mail()], smtp: smtp(port, { user: IDENTITY }) }),
  },
  "the password as the user": {
    settings: (_, port) => ({ destinations: [mail()], smtp: smtp(port, { user: SMTP_PASSWORD }) }),
    shown: ["password"],
  },
  "the password as the host": {
    settings: (_, port) => ({ destinations: [mail()], smtp: smtp(port, { host: SMTP_PASSWORD }) }),
    shown: ["password"],
  },
  "the password as a setting": { settings: (_, port) => ({ smtp: smtp(port, { password: SMTP_PASSWORD }) }) },
  "the password in its place's name": {
    settings: (_, port) => ({ smtp: smtp(port, { [SMTP_PASSWORD]: 1 }) }),
    shown: ["password"],
  },
};

/** Runs all tasks that read settings, with settings that hold a secret. */
export async function misplacedInSettings(lab: CanaryLab): Promise<void> {
  const server = await startMailServer({
    onAuth(_auth, _session, done): void {
      // Some servers tell what they were given.
      done(Object.assign(new Error(`5.7.8 Wrong login ${SMTP_PASSWORD} ${DIGITS}`), { responseCode: 535 }));
    },
  });
  try {
    await inPairs(
      Object.entries(MISPLACED).entries().toArray(),
      ([index, [what, { settings, shown = [] }]]) =>
        lab.withPc(async (pc) => {
          await Deno.mkdir(`${pc.folder}/keys`);
          const file = settings(pc, server.port);
          const path = `${pc.folder}/settings.json`;
          await Deno.writeTextFile(path, JSON.stringify(file));
          const given = ["--data", pc.data];
          const ways = [["--json", "--config", path], ["--dry-run"], ["--json", "--dry-run"]];
          await pc.run(["check", ...given, ...ways[index % ways.length] ?? []], { stdin: envelopeOf(file) });
          const { code } = await pc.run(["check", ...given], { stdin: envelopeOf(file) });
          if (code !== 10) await pc.run(["status", ...given]);
          await pc.run(["status", ...given, "--settings", "--config", path], {
            shows: shown,
            says: shown,
          });
          const found = await pc.searchFiles((name) => {
            if (name === "settings.json") return ["digits", "archiveKey", "identity", "password"];
            return name.startsWith("keys/") && !name.endsWith("status.json") ? ["digits", "archiveKey"] : [];
          });
          assert.ok((found.get("settings.json") ?? []).length > 0, `${what}: nothing was misplaced`);
        }),
    );
    for (const [index, bytes] of server.mails.entries()) await lab.watch.mail(`mail ${index}`, bytes);
  } finally {
    await server.stop();
  }
}

/** Puts digits into every text of a snapshot and an envelope that is not the recovery password. */
export async function misplacedInInput(lab: CanaryLab): Promise<void> {
  const server = await startMailServer();
  try {
    await lab.withPc(async (pc) => {
      await Deno.mkdir(`${pc.folder}/keys/ANNA-LAPTOP`, { recursive: true });
      // What another PC, or a person, has left at the destination.
      await Deno.writeTextFile(
        `${pc.folder}/keys/ANNA-LAPTOP/status.json`,
        JSON.stringify({
          schema: 1,
          machineId: HOST.machineId,
          host: DIGITS,
          volumes: [{ drive: DIGITS, label: DIGITS }],
        }),
      );
      const settings = {
        destinations: [
          keys(pc),
          mail({ keys: "none" }),
          { name: "nas", kind: "share", path: "\\\\nas\\keys$", sealed: false },
        ],
        smtp: smtp(server.port),
        notify: { findings: "info" },
        log: { level: "debug" },
      };
      const drive = volume("C:", [KEYS[0], KEYS[1]], {
        label: `Windows ${DIGITS}`,
        mountPaths: [`C:\\${DIGITS}`],
      });
      const snapshots = [
        snapshotOf([drive]),
        {
          ...snapshotOf([{
            ...drive,
            drive: DIGITS,
            persistentVolumeId: DIGITS,
            protectors: [{
              id: `{${keyId(KEYS[0])}}`,
              type: 3,
              friendlyName: DIGITS,
              recoveryPassword: DIGITS,
            }, {
              id: DIGITS,
              type: 3,
              recoveryPassword: null,
            }, { id: "{1}", type: 3, recoveryPassword: bare }],
            errors: [{ call: DIGITS, protectorId: DIGITS, code: DIGITS, message: `failed for ${DIGITS}` }],
          }, { ...drive, deviceId: DIGITS }]),
          host: { ...HOST, domain: DIGITS, serial: DIGITS, model: DIGITS, os: { caption: DIGITS } },
          events: [{
            id: 845,
            time: "2026-11-20T18:03:11Z",
            protectorId: DIGITS,
            drive: DIGITS,
            code: DIGITS,
          }],
          eventLog: { state: "failed", message: `no rights ${bare}` },
          errors: [{ call: "Get-CimInstance", code: "0x80041001", message: `no ${DIGITS}` }],
          [DIGITS]: DIGITS,
        },
        { ...snapshotOf([drive]), host: { ...HOST, name: DIGITS } },
        { ...snapshotOf([drive]), host: { name: "ANNA-LAPTOP", machineId: DIGITS } },
        { ...snapshotOf([drive]), takenAt: DIGITS },
      ];
      for (const [index, snapshot] of snapshots.entries()) {
        const listing = {
          destination: "nas",
          reachable: index % 2 === 0,
          error: `0x80070040 ${DIGITS}`,
          folders: [{
            name: "ANNA-LAPTOP",
            status: { schema: 1, host: DIGITS },
            error: `denied ${DIGITS}`,
            files: [{ name: `${DIGITS}.TXT`, size: 1, sha256: bare }],
          }],
        };
        const receipts = index === 1
          ? {
            receipts: [{
              destination: "nas",
              name: DIGITS,
              sha256: DIGITS,
              outcome: DIGITS,
              error: `no ${DIGITS}`,
            }],
          }
          : {};
        // A folder that nobody may know about is not used.
        const access = index < 3
          ? {}
          : { access: [{ destination: "keys", sddl: DIGITS, error: `no ${DIGITS}` }] };
        const more = { listings: [listing], runId: DIGITS, ...access, ...receipts };
        const envelope = envelopeOf(settings, { snapshot, ...more });
        for (const words of [["--dry-run"], ["--json"], []]) {
          // What is to be carried holds the reports.
          await pc.run(["check", "--data", pc.data, ...words], {
            stdin: envelope,
            shows: words.includes("--json") ? ["digits"] : [],
          });
        }
        await pc.run(["status", "--data", pc.data, ...(index % 2 === 0 ? ["--json"] : [])]);
      }
      for (const more of [[], ["--json"]]) await pc.run(["history", "--data", pc.data, ...more]);
      assert.ok(server.mails.length > 0, "no mail was sent");
      const found = await pc.searchFiles((name) =>
        name.startsWith("keys/") && !name.endsWith("status.json") ? ["digits"] : []
      );
      assert.ok([...found].some(([name, kinds]) => name.endsWith(".TXT") && kinds.includes("digits")));
    });
    for (const [index, bytes] of server.mails.entries()) await lab.watch.mail(`mail ${index}`, bytes);
  } finally {
    await server.stop();
  }
}

/** Words of the command line: they can be read in the list of processes, but go no further. */
export async function misplacedInWords(lab: CanaryLab): Promise<void> {
  await lab.withPc(async (pc) => {
    const half = DIGITS.slice(0, 27);
    const { data, folder } = pc;
    const lines: readonly (readonly string[])[] = [
      [DIGITS],
      [bare],
      ["find", DIGITS, "--in", folder],
      ["find", ...DIGITS.split("-"), "--in", folder],
      ["find", half, "--in", folder],
      ["find", DIGITS],
      ["find", "58E9DFAD", "--in", `${folder}/${DIGITS}`],
      ["find", IDENTITY, "--in", folder],
      ["history", "--drive", DIGITS, "--data", data],
      ["history", DIGITS, "--data", data],
      ["print", DIGITS, "--out", folder],
      ["print", "--format", DIGITS, "--out", folder],
      ["print", "--drive", DIGITS, "--snapshot", `${folder}/none.json`],
      ["status", `--${DIGITS}`, "--data", data],
      ["status", "--data", `${folder}/${DIGITS}`],
      ["status", "--settings", "--config", `${folder}/${IDENTITY}`],
      ["check", "--snapshot", `${folder}/${DIGITS}`, "--data", data],
      ["import", DIGITS],
      ["import", `${folder}/${bare}`, "--json"],
      ["reconcile", DIGITS, "--data", data],
      ["find", "58E9DFAD", "--in", folder, "--identity", IDENTITY],
      ["find", "58E9DFAD", "--in", folder, "--passphrase-file", `${DIGITS}`],
      ["import", "--identity", IDENTITY, folder],
      ["demo", "--out", `${folder}/none/${DIGITS}`, DIGITS],
    ];
    await inPairs(
      lines.flatMap((words) => [words, [...words, "--json"]]),
      (words) => pc.run(words, { stdin: "", shows: words[0] === "import" ? ["digits"] : [] }),
    );
    await pc.searchFiles();
  });
}
