/** Reports and mails to render: an ordinary family laptop, many keys, and values that mean harm. */

import fc from "fast-check";
import type { MailModel } from "../../../lib/core/mail_model.ts";
import type { Host, Report, ReportKey } from "../../../lib/core/model.ts";
import { ACCOUNTS } from "../../../lib/core/say_windows_backup.ts";

type Volume = ReportKey["volume"];

const host: Host = {
  name: "ANNA-LAPTOP",
  domain: null,
  machineId: "4c4c4544-0042-3510-8052-b4c04f564232",
  serial: "5CD1234XYZ",
  model: "HP 250 15.6 inch G9 Notebook PC",
  os: { caption: "Microsoft Windows 11 Home", version: "10.0.26100", edition: "Core" },
  join: null,
};

const takenAt = "2026-11-24T03:00:12.345+01:00";

export const driveC: Volume = {
  deviceId: "\\\\?\\Volume{4f1c0000-0000-0000-0000-100000000000}\\",
  drive: "C:",
  label: "Windows",
  volumeType: 0,
  sizeBytes: 511_000_000_000,
};

export const driveD: Volume = {
  deviceId: "\\\\?\\Volume{4f1c0000-0000-0000-0000-200000000000}\\",
  drive: "D:",
  label: "Photos",
  volumeType: 1,
  sizeBytes: 2_000_398_934_016,
};

/** The key of Windows' own file `windows-10-english.txt`. */
export const keyOfC: ReportKey = {
  keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5",
  recoveryPassword: "249425-539187-330363-273262-016346-600963-497299-188144",
  valid: true,
  current: true,
  volume: driveC,
};

export const keyOfD: ReportKey = {
  ...keyOfC,
  keyId: "98C5B4EA-49DE-4F25-9C2B-5C31DA0C6D56",
  recoveryPassword: "011077-636317-392612-522302-253253-530959-123464-372856",
  volume: driveD,
};

const wrongGroups = "249425-539187-330364-273262-916346-600963-497299-188144";

function keyOf(number: number, volume: Volume, changes: Partial<ReportKey> = {}): ReportKey {
  const groups = Array.from({ length: 8 }, (_, group) => String((number * 3571 + group * 7919) % 65536 * 11));
  return {
    keyId: `${(0xA0000000 + number).toString(16).toUpperCase()}-7235-4E32-B7F1-CDC5D4EC89C5`,
    recoveryPassword: groups.map((group) => group.padStart(6, "0")).join("-"),
    valid: true,
    current: true,
    volume,
    ...changes,
  };
}

/** Two drives with a key each. */
export const family: Report = {
  host,
  takenAt,
  keys: [
    { ...keyOfC, windows: "Windows itself saved this key to your Microsoft account on 20 November 2026." },
    keyOfD,
  ],
};

/** One drive with three keys, the worst case that must still fit a page: warnings, an old key. */
export const three: Report = {
  host,
  takenAt,
  keys: [
    {
      ...keyOfC,
      windows: "Nobody can say whether Windows itself saved this key: its log is known only from 25 September 2026 on, and this key may have been saved before.",
    },
    keyOf(1, driveC, {
      recoveryPassword: wrongGroups,
      valid: false,
      windows: "Windows tried to save a recovery key of drive C: to Entra ID, your work or school account on 20 November 2026 and failed (0x80072EE7).",
    }),
    keyOf(2, driveC, { recoveryPassword: wrongGroups, valid: false, current: false }),
  ],
};

/** One drive with twelve keys. */
export const twelve: Report = {
  host,
  takenAt,
  keys: Array.from({ length: 12 }, (_, number) => keyOf(number, driveC, { current: number < 2 })),
};

const stick: Volume = {
  deviceId: "stick",
  drive: null,
  label: `<img src="http://127.0.0.1:9/x" onerror="document.title='pwned'"> \u202egpj.exe`,
  volumeType: 2,
  sizeBytes: 32_010_928_128,
};

const odd: Volume = { deviceId: "odd", drive: "X:", label: "W".repeat(500), volumeType: null, sizeBytes: null };

/** Names that are markup, formulas, turned text; a Key ID that is a word; a key that is none. */
export const hostile: Report = {
  host: {
    ...host,
    name: "=cmd|'/C calc'!A0",
    model: "</style><script>document.title='pwned'</script>",
    serial: "\u05d3\u05d9\u05e1\u05e7;=1+1",
  },
  takenAt,
  keys: [
    keyOf(3, stick),
    keyOf(4, odd, { keyId: "BITLOCKER" }),
    keyOf(5, odd, { recoveryPassword: "not digits <b>", valid: false }),
  ],
};

const numbers = { present: true, lastSeenAt: "2026-11-24T03:00:12.345+01:00", protectionStatus: 1, conversionStatus: 1, lockStatus: 0 };

/** News of two kinds, one of them also a finding. */
export const mail: MailModel = {
  host: host.name,
  takenAt,
  language: "en",
  heartbeat: null,
  news: [
    {
      at: takenAt,
      severity: "info",
      kind: "key-added",
      volume: driveC,
      keyId: keyOfC.keyId,
      title: "New recovery key for drive C:",
      text: "Drive C: has a new recovery key. Windows makes one after a repair or a reinstall. Keep the new sheet.",
    },
    {
      at: takenAt,
      severity: "danger",
      kind: "no-copy-outside",
      volume: driveD,
      keyId: null,
      title: "No copy of the key outside the PC for drive D:",
      text: "No copy of the key of drive D: lies outside this PC. Plug in the stick, or name a share.",
    },
  ],
  findings: [
    {
      code: "suspended",
      severity: "warning",
      volume: driveC,
      text: "Protection of drive C: is suspended. Resume it: Control Panel, BitLocker, Resume protection.",
    },
    {
      code: "no-copy-outside",
      severity: "danger",
      volume: driveD,
      text: "No copy of the key of drive D: lies outside this PC. Plug in the stick, or name a share.",
    },
  ],
  volumes: [
    {
      volume: { ...driveC, ...numbers },
      keyIds: [keyOfC.keyId],
      copies: [
        { place: "anna (OneDrive)", verifiedAt: takenAt },
        { place: "office (share)", verifiedAt: null },
        { place: "helper: mail to tom@example.org", verifiedAt: takenAt, taken: true },
      ],
      windows: ["Windows itself saved this key to the Microsoft account of this PC's user on 20 November 2026."],
    },
    { volume: { ...driveD, ...numbers, protectionStatus: 0 }, keyIds: [keyOfD.keyId], copies: [], windows: [] },
  ],
  accounts: ACCOUNTS,
  silence: "If no further mail has come by 27 December 2026, the PC is silent.",
  attachments: ["2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT.age"],
  keys: "sealed",
  plainKeys: [],
};

/** Characters that names should not have: control, direction, invisible, lone surrogates, wide blanks. */
const ODD = "\u0000\t\n\r\u007f\u0085\u00a0\u00ad\u0301\u200b\u200d\u202e\u2028\u2066\u2800\u3000\u3164\ud800\udc00\ufeff\uffff";

/**
 * @param maxLength In UTF-16 units.
 * @returns Texts of any characters, odd ones often.
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(...ODD.split("")),
  );
  return fc.array(unit, { maxLength }).map((units) => units.join(""));
}
