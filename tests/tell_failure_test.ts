import assert from "node:assert/strict";
import { builtinTemplates } from "../lib/core/builtin_templates.ts";
import { parseFailedRuns } from "../lib/core/failed_runs.ts";
import { failureOf } from "../lib/core/say_failure.ts";
import type { Mail } from "../lib/core/mail.ts";
import { UserError } from "../lib/errors.ts";
import { type FailedNight, noteEndedRun, tellFailure } from "../lib/nightly/tell_failure.ts";
import { bufferTerminal, fakeMailer, type MemoryFailedRuns, memoryFailedRuns } from "./fakes.ts";
import { settingsFrom } from "./helpers/settings_from.ts";
import { MACHINE } from "./helpers/made_up_values.ts";

const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const tom = { name: "helper", kind: "mail", to: ["Tom@example.org", "it@example.org"] };
const anna = { name: "anna", kind: "mail", to: ["anna@example.org"] };

/** A PC whose runs fail, one a day. */
function failingPc(destinations: readonly object[] = [tom]): {
  readonly file: MemoryFailedRuns;
  readonly mailer: ReturnType<typeof fakeMailer>;
  readonly sent: Mail[];
  readonly said: () => string;
  fail(day: number, more?: Partial<FailedNight>): Promise<readonly string[]>;
} {
  const file = memoryFailedRuns();
  const mailer = fakeMailer();
  const terminal = bufferTerminal();
  const sent: Mail[] = [];
  return {
    file,
    mailer,
    sent,
    said: () => terminal.stderr,
    fail: (day, more = {}) =>
      tellFailure({
        failure: failureOf(new UserError("ledger", "Cannot use the ledger", { hint: "Mend it" }), []),
        at: `2026-11-${day}T03:00:00+01:00`,
        host: "ANNA-LAPTOP",
        machineId: MACHINE,
        lastGoodAt: "2026-11-10T03:00:00+01:00",
        settings: settingsFrom({ smtp, destinations: [...destinations] }),
        ...more,
      }, {
        file,
        templates: {
          load: () => Promise.reject(new Error("own templates may be what failed")),
          builtIn: () => Promise.resolve(builtinTemplates),
        },
        openMailer: () => ({ send: (mail) => (sent.push(mail), mailer.send(mail)) }),
        say: (text) => terminal.say(text),
      }),
  };
}

Deno.test("a mail that is refused goes out the next night under the same Message-ID, a later one under another", async () => {
  const pc = failingPc();
  pc.mailer.trouble = "450 later";
  await pc.fail(11);
  pc.mailer.trouble = null;
  await pc.fail(12);
  await pc.fail(13);
  assert.equal(pc.sent.length, 2);
  assert.equal(new Set(pc.sent.map(({ messageId }) => messageId)).size, 1);
  await pc.fail(20);
  assert.equal(new Set(pc.sent.map(({ messageId }) => messageId)).size, 2);
  assert.equal(new Set(pc.sent.map(({ threadId }) => threadId)).size, 1);
  const text = pc.sent.at(-1)?.text.replace(/\s+/g, " ") ?? "";
  assert.match(text, /Cannot use the ledger\. Mend it\. So ended the last 4 runs, since 11 November 2026\./);
});

Deno.test("one address that refuses delays no other, and is tried again", async () => {
  const pc = failingPc([tom, anna]);
  pc.mailer.refused.add("anna@example.org");
  await pc.fail(11);
  assert.match(pc.said(), /Cannot tell "anna" of the failed run: /);
  // Written side by side: which one is ready first is left open.
  assert.deepEqual(pc.sent.map(({ to }) => to.length).sort(), [1, 2]);
  await pc.fail(12);
  assert.deepEqual(pc.sent.slice(2).map(({ to }) => to), [anna.to]);
});

const boss = { name: "boss", kind: "mail", to: ["it@example.org"] };

Deno.test("an address at several mail destinations gets one mail, and all of them count as told", async () => {
  const rows: readonly (readonly [
    destinations: readonly object[],
    mails: readonly (readonly string[])[],
    told: readonly string[],
  ])[] = [
    [[anna, { ...anna, name: "again", to: ["Anna@Example.org"] }], [["anna@example.org"]], ["anna", "again"]],
    [[tom, boss], [["Tom@example.org"], ["it@example.org"]], ["helper", "boss"]],
    [
      [tom, boss, { ...tom, name: "tom", to: ["tom@example.org"] }],
      [["it@example.org"], ["tom@example.org"]],
      [
        "helper",
        "boss",
        "tom",
      ],
    ],
    [[tom, anna], [["Tom@example.org", "it@example.org"], ["anna@example.org"]], ["helper", "anna"]],
  ];
  for (const [destinations, mails, told] of rows) {
    const pc = failingPc(destinations);
    assert.deepEqual(await pc.fail(11), told);
    assert.deepEqual(pc.sent.map(({ to }) => to).sort(), [...mails].sort());
    assert.deepEqual(await pc.fail(12), []);
    // A week later: no mail program may take it for the one it has.
    assert.deepEqual(await pc.fail(19), told);
    assert.equal(new Set(pc.sent.map(({ messageId }) => messageId)).size, pc.sent.length);
  }
});

Deno.test("a bad address costs nobody his mail who stands beside it, and elsewhere", async () => {
  const pc = failingPc([tom, boss]);
  pc.mailer.refused.add("Tom@example.org");
  assert.deepEqual(await pc.fail(11), ["boss"]);
  assert.deepEqual(pc.mailer.mails.map(({ to }) => to), [["it@example.org"]]);
  pc.mailer.refused.clear();
  assert.deepEqual(await pc.fail(12), ["helper"], "it hears once more rather than never");
});

Deno.test("what keeps an address from being told is said with what to do", async () => {
  const pc = failingPc();
  pc.mailer.send = () =>
    Promise.reject(
      new UserError("mail", "Cannot send mail: server answered 535", { hint: 'check "smtp.user"' }),
    );
  await pc.fail(11);
  assert.match(pc.said(), /of the failed run: Cannot send mail: server answered 535\. Check "smtp\.user"\./);
});

Deno.test("a mail that goes out by settings of an earlier run says so, any other does not", async () => {
  const pc = failingPc();
  await pc.fail(11);
  await pc.fail(20, { isLastGood: true, toldAt: "2026-11-21T03:00:00+01:00" });
  const texts = pc.sent.map(({ text }) => text.replace(/\s+/g, " "));
  assert.deepEqual(texts.map((text) => text.includes('"settings.last-good.json" in the data folder')), [
    false,
    true,
  ]);
  assert.deepEqual(pc.sent.map(({ date }) => date.toISOString().slice(8, 10)), ["11", "21"]);
});

Deno.test("a record that cannot be written costs no mail; where there is no data folder nobody waits for one", async () => {
  const full = failingPc();
  full.file.trouble = "Cannot write: the disk is full";
  await full.fail(11);
  assert.equal(full.sent.length, 1);
  assert.match(full.said(), /the disk is full/);
  const none = failingPc();
  none.file.folder = false;
  await none.fail(11);
  assert.deepEqual([none.sent.length, none.said()], [0, ""]);
});

Deno.test("without settings that serve, the run is remembered and no mail sent", async () => {
  const pc = failingPc();
  await pc.fail(11, { settings: null });
  assert.equal(pc.sent.length, 0);
  assert.equal(parseFailedRuns(pc.file.text).length, 1);
});

Deno.test("the record outlives a good run for a week, so that nobody is flooded, and then is gone", async () => {
  const pc = failingPc();
  await pc.fail(11);
  await noteEndedRun(pc.file, { good: true, at: "2026-11-12T03:00:00+01:00" });
  assert.equal(parseFailedRuns(pc.file.text)[0]?.endedBy, "good");
  await noteEndedRun(pc.file, { good: true, at: "2026-11-20T03:00:00+01:00" });
  assert.equal(pc.file.text, null);
});

Deno.test("failureOf() keeps no secret, no stack, no part of a key that a bug quotes", () => {
  const digits = "249425-539187-330363-273262-016346-600963-497299-188144";
  const key = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
  const rows: readonly (readonly [unknown, RegExp])[] = [
    [new UserError("settings", `"x" is "${digits}" ${key}`), /"x" is "\[recovery password\]" \[secret key\]/],
    [new UserError("mail", "login as correct horse", { hint: "not correct horse" }), /login as \[secret\]$/],
    [
      new Error(`Unexpected "${digits.slice(0, 20)}"`),
      /^Spare Key has a bug: Unexpected "\[digits\]"$/,
    ],
    ["bare\ntext", /^Spare Key has a bug: bare text$/],
    [new Error("x".repeat(5000)), /^.{600}$/],
  ];
  for (const [error, expected] of rows) {
    const { message, hint } = failureOf(error, ["correct horse", "x"]);
    assert.match(message, expected);
    assert.doesNotMatch(`${message} ${hint}`, /correct horse|\d{6}|at .*:\d/);
  }
});
