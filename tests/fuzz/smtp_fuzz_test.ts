// Mail servers that answer anything: a mail counts as taken only when the server said so to the whole of it.

import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../lib/errors.ts";
import { FUZZ_RUNS, fuzzName, fuzzOptions } from "../helpers/fuzz.ts";
import { DIGITS, send } from "../helpers/send_mail.ts";

/** Where a conversation is, in the order of a mail. */
const PHASES = ["greeting", "EHLO", "HELO", "MAIL", "RCPT", "DATA", "message", "QUIT", "other"] as const;
type Phase = typeof PHASES[number];

/** What is right to say there. */
const RIGHT: Readonly<Record<Phase, string>> = {
  greeting: "220 mail.example.org ESMTP",
  EHLO: "250-mail.example.org\r\n250-PIPELINING\r\n250 8BITMIME",
  HELO: "250 mail.example.org",
  MAIL: "250 2.1.0 ok",
  RCPT: "250 2.1.5 ok",
  DATA: "354 go ahead",
  message: "250 2.0.0 queued",
  QUIT: "221 bye",
  other: "500 what",
};

interface Answer {
  readonly words: string;
  /** Hangs up after it: whoever says half an answer says nothing more, and nobody wants to wait for that. */
  readonly hangUp: boolean;
}

const code = fc.constantFrom(
  200,
  211,
  220,
  235,
  250,
  251,
  252,
  334,
  354,
  421,
  450,
  451,
  452,
  500,
  535,
  550,
  552,
  554,
);
const words = fc.oneof(
  fc.constantFrom(
    "ok",
    "",
    " ",
    DIGITS,
    "x".repeat(600),
    "\u00e4\u00f6\u00fc",
    "5.7.1 no",
    "250 ok",
    "\t",
    "\0",
  ),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, "")),
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.tuple(code, words).map(([number, text]) => ({ words: `${number} ${text}\r\n`, hangUp: false })),
  fc.tuple(code, words, code, words).map(([one, text, other, more]) => ({
    words: `${one}-${text}\r\n${other} ${more}\r\n`,
    hangUp: true,
  })),
  fc.tuple(code, words).map(([number, text]) => ({ words: `${number}-${text}\r\n`, hangUp: true })),
  fc.tuple(code, words).map(([number, text]) => ({ words: `${number} ${text}`, hangUp: true })),
  fc.tuple(words, words).map(([one, other]) => ({ words: `${one}\r\n${other}\r\n`, hangUp: true })),
  fc.constant({ words: "", hangUp: true }),
);
const script = fc.array(fc.tuple(fc.constantFrom(...PHASES), answer), { maxLength: 2 });

/** What a client said last, as a phase. */
function phaseOf(line: string): Phase {
  const verb = line.slice(0, 4).toUpperCase();
  return PHASES.find((phase) => phase === verb) ?? "other";
}

/** A server on 127.0.0.1; each conversation goes by the script that is set. */
class FuzzServer {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #talks: Promise<void>[] = [];
  readonly #accepting: Promise<void>;
  script = new Map<Phase, Answer>();
  /** What was said to the end of the message; `null` when it never came to that. */
  verdict: string | null = null;

  constructor() {
    this.#accepting = (async () => {
      for await (const conn of this.#listener) this.#talks.push(this.#talk(conn));
    })();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async stop(): Promise<void> {
    this.#listener.close();
    await this.#accepting;
    await Promise.all(this.#talks);
  }

  async #talk(conn: Deno.TcpConn): Promise<void> {
    let isData = false;
    let rest = "";
    try {
      if (await this.#say(conn, "greeting")) return;
      for await (const chunk of conn.readable.pipeThrough(new TextDecoderStream("latin1"))) {
        const lines = (rest + chunk).split("\r\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (isData && line !== ".") continue;
          const phase: Phase = isData ? "message" : phaseOf(line);
          // some servers say 250 where RFC 5321 has 354; clients go ahead with either
          isData = phase === "DATA" && /^[23]/.test(this.#answer("DATA").words);
          if (phase === "message") this.verdict = this.#answer(phase).words;
          if (await this.#say(conn, phase)) return;
        }
      }
    } catch {
      // the client hung up: what it made of the answers is what counts
    } finally {
      try {
        conn.close();
      } catch {
        // closed by the reader of its lines
      }
    }
  }

  #answer(phase: Phase): Answer {
    return this.script.get(phase) ?? { words: `${RIGHT[phase]}\r\n`, hangUp: false };
  }

  async #say(conn: Deno.TcpConn, phase: Phase): Promise<boolean> {
    const { words, hangUp } = this.#answer(phase);
    const bytes = new TextEncoder().encode(words);
    for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
    // nobody needs a line on which all is said; waiting for its end would take most of the time
    return hangUp || phase === "QUIT";
  }
}

/** Conversations side by side: each waits for the other end most of the time. */
const AT_ONCE = 50;

Deno.test(fuzzName("a mail is taken only by a server that said so, whatever servers answer"), async () => {
  const servers = Array.from({ length: AT_ONCE }, () => new FuzzServer());
  const counts = { taken: 0, refused: 0 };
  const converse = async (
    server: FuzzServer,
    answers: readonly (readonly [Phase, Answer])[],
  ): Promise<void> => {
    server.script = new Map(answers);
    server.verdict = null;
    const isRight = answers.every(([phase]) => phase === "other" || phase === "QUIT" || phase === "HELO");
    try {
      const receipt = await send(server.port);
      assert.match(server.verdict ?? "", /^2\d\d/m, "taken, but nobody said so");
      assert.deepEqual(receipt.accepted, ["it@example.org"]);
      assert.ok(!receipt.answer.includes(DIGITS));
      counts.taken++;
    } catch (error) {
      assert.ok(error instanceof UserError, `${error instanceof Error ? error.stack : error}`);
      assert.equal(error.code, "mail");
      assert.ok(!isRight, `refused, but all was right: ${error.message}`);
      assert.ok(!`${error.message}${error.hint}${error.stack}`.includes(DIGITS));
      assert.ok(![...error.message].some((one) => one < " "), "the message has a control character");
      counts.refused++;
    }
  };
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(script, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (scripts) => {
        const talks = servers.map((server, at) => converse(server, scripts[at] ?? []));
        const failed = (await Promise.allSettled(talks)).find(({ status }) => status === "rejected");
        if (failed?.status === "rejected") throw failed.reason;
      }),
      fuzzOptions(Math.ceil(FUZZ_RUNS / AT_ONCE)),
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  assert.ok(counts.taken > 0 && counts.refused > 0, JSON.stringify(counts));
});
