import assert from "node:assert/strict";
import {
  dryArchive,
  dryArchiveKey,
  dryDestination,
  dryLedger,
  dryMailer,
  type Tell,
} from "../lib/effects/dry.ts";
import type { ArchivedFile } from "../lib/ports.ts";
import { archiveContract } from "./contracts/archive_contract.ts";
import { destination, news, run, SAMPLE, SAMPLE_VIEW, volume } from "./contracts/ledger_sample.ts";
import { fakeArchiveKey, fakeMailer, memoryArchive, memoryDestination, memoryLedger } from "./fakes.ts";

function listener(): { readonly told: string[]; readonly tell: Tell } {
  const told: string[] = [];
  return { told, tell: (text) => void told.push(text) };
}

const FILE: ArchivedFile = { vault: "pc", id: "ANNA-LAPTOP/a.TXT" };
const SEALED: ArchivedFile = { vault: "recipients", id: "ANNA-LAPTOP/b.html.age" };

archiveContract("dry", () =>
  Promise.resolve({
    archive: dryArchive(memoryArchive(), () => {}),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }));

Deno.test("a dry ledger reads the real one, and tells what a save would record", async () => {
  const real = memoryLedger(SAMPLE);
  const { told, tell } = listener();
  const dry = dryLedger(real, tell);
  await dry.save({ volumes: [volume("v"), volume("w")], destinations: [destination("d")], run: run("r") });
  await dry.save({ deliveries: SAMPLE.deliveries ?? [], news: [news(5)] });
  await dry.save({ hostName: "X" });
  assert.deepEqual(told, [
    "Would record in the ledger: 2 volumes, 1 destination, 1 run",
    "Would record in the ledger: 3 deliveries, 1 news item",
    "Would record in the ledger: nothing new",
  ]);
  assert.deepEqual(real.saves, []);
  assert.deepEqual(await dry.load(), SAMPLE_VIEW);
  assert.deepEqual(await dry.history(), await real.history());
  dry.close();
});

Deno.test("a dry archive tells what it would keep and remove, shows it so, and leaves the real one", async () => {
  const real = memoryArchive();
  await real.put(SEALED, Uint8Array.of(1));
  const { told, tell } = listener();
  const dry = dryArchive(real, tell);
  assert.deepEqual(await dry.get(SEALED), Uint8Array.of(1));
  await dry.put(FILE, Uint8Array.of(1, 2, 3));
  await dry.remove(SEALED);
  assert.deepEqual(told, [
    `Would archive "ANNA-LAPTOP/a.TXT", 3 bytes, sealed to the PC's own key`,
    'Would remove "ANNA-LAPTOP/b.html.age" from the archive',
  ]);
  assert.deepEqual([await dry.list(), await dry.get(FILE), await dry.get(SEALED)], [
    [FILE],
    Uint8Array.of(1, 2, 3),
    null,
  ]);
  assert.deepEqual([await real.list(), await real.get(FILE)], [[SEALED], null]);
});

Deno.test("a dry destination looks at the real one, and writes nothing", async () => {
  const real = memoryDestination("stick");
  await real.put("ANNA-LAPTOP", "old.TXT", Uint8Array.of(1));
  const writes = [...real.calls];
  const { told, tell } = listener();
  const dry = dryDestination(real, tell);
  assert.equal(dry.name, "stick");
  assert.deepEqual(await dry.list(["ANNA-LAPTOP"]), await real.list(["ANNA-LAPTOP"]));
  assert.equal(await dry.sha256("ANNA-LAPTOP", "old.TXT"), await real.sha256("ANNA-LAPTOP", "old.TXT"));
  assert.equal(await dry.put("ANNA-LAPTOP", "new.TXT", Uint8Array.of(1, 2)), "delivered");
  await dry.putStatus("ANNA-LAPTOP", Uint8Array.of(1));
  assert.deepEqual(told, [
    'Would write "ANNA-LAPTOP/new.TXT", 2 bytes, to "stick"',
    'Would replace "ANNA-LAPTOP/status.json" at "stick"',
  ]);
  assert.deepEqual([real.calls, [...real.files.keys()]], [writes, ["ANNA-LAPTOP/old.TXT"]]);
  real.trouble = "the drive is not ready";
  await assert.rejects(() => dry.list(["ANNA-LAPTOP"]), /the drive is not ready/);
});

Deno.test("a dry mailer tells whom it would write to, and its receipt says that nothing was sent", async () => {
  const real = fakeMailer();
  const { told, tell } = listener();
  const mail = {
    messageId: "1@anna",
    threadId: "0@anna",
    to: ["tom@example.org", "eva@example.org"],
    subject: "ANNA-LAPTOP: a new key",
    text: "t",
    html: "h",
    date: new Date(0),
    attachments: [],
  };
  const file = { name: "sheet.html.age", type: "application/octet-stream", bytes: Uint8Array.of(1) };
  const receipt = await dryMailer(real, tell).send(mail);
  await dryMailer(real, tell).send({ ...mail, attachments: [file] });
  assert.deepEqual(receipt, { accepted: mail.to, rejected: [], answer: "dry run, not sent" });
  const line = 'Would send mail "ANNA-LAPTOP: a new key" to tom@example.org, eva@example.org';
  assert.deepEqual(told, [line, `${line} with "sheet.html.age"`]);
  assert.equal(real.attempts, 0);
});

Deno.test("a dry archive key is the real one where there is one, else one that is not kept", async () => {
  const asked: string[] = [];
  const real = {
    identity(): Promise<string> {
      asked.push("identity");
      return fakeArchiveKey().identity();
    },
    others: () => Promise.resolve([]),
  };
  const { told, tell } = listener();
  const known = dryArchiveKey(real, tell, { exists: () => Promise.resolve(true) });
  assert.equal(await known.identity(), "AGE-SECRET-KEY-1PC");
  assert.deepEqual([told, asked], [[], ["identity"]]);
  for (
    const none of [
      dryArchiveKey(real, tell),
      dryArchiveKey(real, tell, { exists: () => Promise.resolve(false) }),
    ]
  ) {
    told.length = 0;
    const identity = await none.identity();
    assert.match(identity, /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
    assert.equal(await none.identity(), identity);
    assert.deepEqual(told, ["Would make a key for the archive and keep it"]);
  }
  assert.deepEqual(asked, ["identity"]);
});

Deno.test("what is told holds nothing that is shaped like a recovery password", async () => {
  const { told, tell } = listener();
  const digits = "249425-539187-330363-273262-016346-600963-497299-188144";
  await dryDestination(memoryDestination(), tell).put("ANNA-LAPTOP", `${digits}.TXT`, Uint8Array.of());
  assert.deepEqual(told, ['Would write "ANNA-LAPTOP/[recovery password].TXT", 0 bytes, to "memory"']);
});
