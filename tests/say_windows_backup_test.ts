import assert from "node:assert/strict";
import { type AskedKey, askedKey, backupsOf, listedBackups } from "../lib/core/key_backups.ts";
import type { EventLogState, WindowsBackup } from "../lib/core/ledger_model.ts";
import {
  ACCOUNTS,
  accountsMatter,
  sayBackupEvent,
  sayEventLog,
  sayWindowsBackup,
} from "../lib/core/say_windows_backup.ts";
import { knownKey, knownVolume } from "./helpers/ledger_entries.ts";
import { guidOf } from "./helpers/made_up_values.ts";

const AT = "2026-11-20T18:03:11Z";
const LOG: EventLogState = { state: "read", since: "2026-10-05T16:31:22Z" };

const key: AskedKey = {
  keyId: guidOf(1),
  drive: "C:",
  current: true,
  firstSeenAt: "2026-11-21T03:00:00+01:00",
  cameLater: true,
};

function backup(changes: Partial<WindowsBackup> = {}): WindowsBackup {
  return { about: guidOf(1), place: "microsoft-account", outcome: "saved", at: AT, code: null, ...changes };
}

const failed = backup({ about: "C:", outcome: "failed", code: "0x80072EE7" });

Deno.test("sayWindowsBackup() tells what Windows saved, tried, or took away", () => {
  const rows: readonly (readonly [string, readonly WindowsBackup[], string])[] = [
    [
      "Microsoft account",
      [backup()],
      "Windows itself saved this key to your Microsoft account on 20 November 2026.",
    ],
    [
      "Entra ID",
      [backup({ place: "entra" })],
      "Windows itself saved this key to Entra ID, your work or school account on 20 November 2026.",
    ],
    [
      "Active Directory",
      [backup({ place: "active-directory" })],
      "Windows itself saved this key to Active Directory, your organisation's domain on 20 November 2026.",
    ],
    [
      "a failure that names the drive",
      [failed],
      "Windows tried to save a recovery key of drive C: to your Microsoft account on 20 November 2026 and failed (0x80072EE7).",
    ],
    [
      "a failure that names nothing",
      [backup({ about: "", outcome: "failed" })],
      "Windows tried to save a recovery key of this PC to your Microsoft account on 20 November 2026 and failed.",
    ],
    [
      "a failure that names the key",
      [backup({ place: "active-directory", outcome: "failed" })],
      "Windows tried to save this key to Active Directory, your organisation's domain on 20 November 2026 and failed.",
    ],
    [
      "a failure that a success made up for",
      [failed, backup({ at: "2026-11-20T18:09:00Z" })],
      "Windows itself saved this key to your Microsoft account on 20 November 2026.",
    ],
    [
      "a failure here, a success there",
      [failed, backup({ place: "entra", at: "2026-11-20T19:00:00Z" })],
      "Windows tried to save a recovery key of drive C: to your Microsoft account on 20 November 2026 and failed (0x80072EE7). " +
      "Windows itself saved this key to Entra ID, your work or school account on 20 November 2026.",
    ],
    [
      "deleted again",
      [
        backup({ place: "entra" }),
        backup({ place: "entra", outcome: "deleted", at: "2026-11-22T10:00:00Z" }),
      ],
      "Windows itself saved this key to Entra ID, your work or school account on 20 November 2026. " +
      "This key was deleted from Entra ID, your work or school account on 22 November 2026.",
    ],
    [
      "one that was there already, whichever it is",
      [backup({ about: "" })],
      "On 20 November 2026 Windows found a recovery key of this PC in your Microsoft account; which one, it did not say.",
    ],
  ];
  for (const [what, backups, expected] of rows) {
    assert.equal(sayWindowsBackup(key, { backups, eventLog: LOG }), expected, what);
  }
  assert.match(
    sayWindowsBackup(key, { backups: [backup()], eventLog: LOG }, { reader: "helper" }),
    /to the Microsoft account of this PC's user on/,
  );
});

Deno.test("sayWindowsBackup() says that there is no sign only where the log was read from before the key came", () => {
  const none = /^No sign that Windows itself saved this key/;
  const rows: readonly (readonly [string, Partial<AskedKey>, EventLogState | null, RegExp])[] = [
    ["read from before", {}, LOG, none],
    [
      "a key that was there at the first look",
      { cameLater: false },
      LOG,
      /Nobody can say .* only from 5 October 2026 on, and this key may have been saved before\.$/,
    ],
    [
      "read from later on",
      { firstSeenAt: "2026-10-01T03:00:00Z" },
      LOG,
      /Nobody can say .* only from 5 October 2026 on/,
    ],
    ["never looked at", {}, null, /Nobody can say .* has not been looked at\.$/],
    ["empty or cleared", {}, { state: "read", since: null }, /Nobody can say .* is empty\.$/],
    ["switched off", {}, { state: "off", since: null }, /Nobody can say .* is switched off\.$/],
    ["missing", {}, { state: "missing", since: null }, /Nobody can say .* no such log\.$/],
    ["unreadable", {}, { state: "unreadable", since: null }, /Nobody can say .* could not be read\.$/],
  ];
  for (const [what, changes, eventLog, expected] of rows) {
    const says = sayWindowsBackup({ ...key, ...changes }, { backups: [], eventLog });
    assert.match(says, expected, what);
    const other = sayWindowsBackup({ ...key, ...changes }, {
      backups: [backup({ about: guidOf(2) })],
      eventLog,
    });
    assert.equal(other, says, `${what}: another key's copy is none of this one`);
    assert.equal(
      sayWindowsBackup({ ...key, ...changes, current: false }, { backups: [], eventLog }),
      "",
      "an old key",
    );
  }
});

Deno.test("backupsOf() takes a failure of the drive only where it can be about this key", () => {
  const rows: readonly (readonly [string, Partial<AskedKey>, WindowsBackup, boolean])[] = [
    ["of its drive, the evening before", {}, failed, true],
    ["of another drive", {}, { ...failed, about: "D:" }, false],
    ["long before the key came", {}, { ...failed, at: "2026-11-01T00:00:00Z" }, false],
    ["long before, of a key that may be as old", { cameLater: false }, {
      ...failed,
      at: "2026-11-01T00:00:00Z",
    }, true],
    ["an old key's drive", { current: false }, failed, false],
    ["a drive without a letter", { drive: null }, failed, false],
  ];
  for (const [what, changes, one, expected] of rows) {
    assert.deepEqual(backupsOf({ ...key, ...changes }, [one]), expected ? [one] : [], what);
  }
  const { about: _, ...listed } = failed;
  assert.deepEqual(listedBackups(key, [failed]), [listed]);
});

Deno.test("askedKey() knows a key as new only where its drive was looked after before", () => {
  const first = knownVolume({ firstSeenAt: "2026-11-01T03:00:00+01:00" });
  const asked = (firstSeenAt: string): AskedKey =>
    askedKey(knownKey(1, { firstSeenAt }), first, { current: true });
  assert.equal(asked("2026-11-20T03:00:00+01:00").cameLater, true);
  assert.equal(asked("2026-11-01T02:00:00Z").cameLater, false, "the same moment in another spelling");
  assert.deepEqual(asked("2026-11-01T03:00:00+01:00"), {
    keyId: guidOf(1),
    drive: "C:",
    current: true,
    firstSeenAt: "2026-11-01T03:00:00+01:00",
    cameLater: false,
  });
});

Deno.test("sayBackupEvent() names the key and its drive for the history", () => {
  const volume = knownVolume();
  const rows: readonly (readonly [WindowsBackup, string])[] = [
    [
      backup(),
      "Windows itself saved the recovery key 00000001 of drive C: (Windows) to your Microsoft account on 20 November 2026.",
    ],
    [
      backup({ place: "entra", outcome: "deleted" }),
      "The recovery key 00000001 of drive C: (Windows) was deleted from Entra ID, your work or school account on 20 November 2026.",
    ],
    [
      failed,
      "Windows tried to save a recovery key of drive C: to your Microsoft account on 20 November 2026 and failed (0x80072EE7).",
    ],
    [
      backup({ place: "active-directory", outcome: "failed" }),
      "Windows tried to save the recovery key 00000001 to Active Directory, your organisation's domain on 20 November 2026 and failed.",
    ],
    [
      backup({ about: "" }),
      "On 20 November 2026 Windows found a recovery key of this PC in your Microsoft account; which one, it did not say.",
    ],
  ];
  for (const [one, expected] of rows) assert.equal(sayBackupEvent(one, volume), expected);
  assert.match(sayBackupEvent(backup(), null), /saved the recovery key 00000001 to your/);
});

Deno.test("the accounts are told apart where a person may look in the wrong one", () => {
  const domain = backup({ place: "active-directory" });
  assert.equal(accountsMatter([], []), false, "no key");
  assert.equal(accountsMatter([{ ...key, current: false }], []), false, "no current key");
  assert.equal(accountsMatter([key], []), true, "nobody knows where it is");
  assert.equal(accountsMatter([key], [domain]), false, "in the domain alone");
  assert.equal(accountsMatter([key], [domain, backup()]), true);
  for (
    const part of [
      "account.microsoft.com/devices/recoverykey",
      "OneDrive",
      "Entra ID",
      "Azure AD",
      "myaccount.microsoft.com",
    ]
  ) {
    assert.ok(ACCOUNTS.includes(part), part);
  }
});

Deno.test("sayEventLog() complains of a log that was not read, and of no other", () => {
  assert.equal(sayEventLog(null), null);
  assert.equal(sayEventLog(LOG), null);
  assert.equal(sayEventLog({ state: "read", since: null }), null);
  for (const state of ["off", "missing", "unreadable"] as const) {
    assert.match(
      sayEventLog({ state, since: null }) ?? "",
      /what Windows itself saves is not seen\.$/,
      state,
    );
  }
});
