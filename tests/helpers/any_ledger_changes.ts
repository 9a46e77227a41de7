/** Arbitrary saves to a ledger: every text that can be kept, few enough keys that rows are replaced. */

import fc from "fast-check";
import type { LedgerChanges } from "../../lib/ports.ts";

// SQLite ends a text at U+0000: that it is replaced is another test's matter.
const text = fc.string({ unit: "binary", maxLength: 20 }).map((value) => value.replaceAll("\0", "\ufffd"));
const textOrNull = fc.option(text);
const whole = fc.maxSafeInteger();
const wholeOrNull = fc.option(whole);
const key = fc.oneof(fc.constantFrom("a", "b", "c"), text);

/** Plain objects, as they come out of a ledger. */
const plain = { noNullPrototype: true } as const;

const protector = fc.record({
  id: text,
  type: wholeOrNull,
  fingerprint: textOrNull,
  valid: fc.boolean(),
  present: fc.boolean(),
  firstSeenAt: text,
  removedAt: textOrNull,
}, plain);

const volume = fc.record({
  deviceId: key,
  persistentVolumeId: textOrNull,
  machineId: text,
  drive: textOrNull,
  label: textOrNull,
  volumeType: wholeOrNull,
  sizeBytes: wholeOrNull,
  protectionStatus: wholeOrNull,
  conversionStatus: wholeOrNull,
  encryptionMethod: wholeOrNull,
  lockStatus: wholeOrNull,
  present: fc.boolean(),
  firstSeenAt: text,
  lastSeenAt: text,
  protectorsRead: fc.boolean(),
  protectors: fc.array(protector, { maxLength: 3 }),
}, plain);

const report = fc.record({
  id: key,
  kind: fc.constantFrom("key" as const, "sheet" as const),
  rendition: fc.constantFrom("plain" as const, "sealed" as const),
  folder: text,
  name: text,
  size: whole,
  sha256: text,
  recipientsHash: textOrNull,
  keyId: textOrNull,
  fingerprint: textOrNull,
  deviceId: textOrNull,
  takenAt: text,
  number: whole,
  released: fc.boolean(),
}, plain);

const delivery = fc.record({
  destination: key,
  report: key,
  state: fc.constantFrom(
    "pending" as const,
    "delivered" as const,
    "accepted" as const,
    "handed-over" as const,
  ),
  folder: textOrNull,
  name: textOrNull,
  attempts: whole,
  deliveredAt: textOrNull,
  verifiedAt: textOrNull,
  hashedAt: textOrNull,
  uploadSeenAt: textOrNull,
  error: textOrNull,
}, plain);

const destination = fc.record({
  name: key,
  identity: text,
  place: textOrNull,
  folders: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
  reachedAt: textOrNull,
  unreachableSince: textOrNull,
  toldUpTo: fc.option(fc.nat({ max: 5 })),
  mailTimes: fc.array(text, { maxLength: 4 }),
}, plain);

const finding = fc.record({ key, since: text, toldAt: textOrNull }, plain);

const backup = fc.record({
  about: key,
  place: fc.constantFrom("microsoft-account" as const, "entra" as const, "active-directory" as const),
  outcome: fc.constantFrom("saved" as const, "failed" as const, "deleted" as const),
  at: text,
  code: textOrNull,
}, plain);

const eventLog = fc.record({
  state: fc.constantFrom("read" as const, "off" as const, "missing" as const, "unreadable" as const),
  since: textOrNull,
}, plain);

const item = fc.record({
  at: text,
  runId: text,
  topic: fc.constantFrom("change" as const, "finding" as const, "heartbeat" as const),
  kind: text,
  severity: fc.constantFrom("danger" as const, "warning" as const, "info" as const),
  volume: fc.option(fc.record({ deviceId: text, drive: textOrNull, label: textOrNull }, plain)),
  keyId: textOrNull,
  about: textOrNull,
  title: text,
  text,
  tell: fc.boolean(),
}, plain);

const run = fc.record({
  runId: key,
  takenAt: text,
  exit: fc.constantFrom(0, 0, 1, 3),
  changes: whole,
  findings: fc.array(text, { maxLength: 3 }),
  shortfalls: fc.array(text, { maxLength: 3 }),
}, plain);

const save = fc.record({
  machineId: text,
  hostName: text,
  volumes: fc.uniqueArray(volume, { maxLength: 3, selector: ({ deviceId }) => deviceId }),
  reports: fc.uniqueArray(report, { maxLength: 3, selector: ({ id }) => id }),
  deliveries: fc.uniqueArray(delivery, {
    maxLength: 4,
    selector: (one) => `${one.destination}\n${one.report}`,
  }),
  forgetDeliveriesOf: fc.array(key, { maxLength: 2 }),
  destinations: fc.uniqueArray(destination, { maxLength: 3, selector: ({ name }) => name }),
  findings: fc.uniqueArray(finding, { maxLength: 3, selector: (one) => one.key }),
  news: fc.array(item, { maxLength: 4 }),
  backups: fc.uniqueArray(backup, {
    maxLength: 3,
    selector: (one) => `${one.about}\n${one.place}\n${one.outcome}`,
  }),
  eventLog,
  hints: fc.array(text, { maxLength: 2 }),
  damage: fc.uniqueArray(text, { maxLength: 2 }),
  run,
}, { ...plain, requiredKeys: [] });

/** Up to four saves in a row; their news is numbered from 1 on. */
export const anySaves: fc.Arbitrary<readonly LedgerChanges[]> = fc.array(save, { minLength: 1, maxLength: 4 })
  .map((saves) => {
    let id = 0;
    return saves.map(({ news, ...rest }): LedgerChanges => (
      news === undefined ? rest : { ...rest, news: news.map((one) => ({ ...one, id: ++id })) }
    ));
  });
