import assert from "node:assert/strict";
import { refused, send } from "./helpers/send_mail.ts";
import { HANG_UP, startScriptedServer } from "./helpers/scripted_server.ts";

const ANSWERS: ReadonlyArray<readonly [at: RegExp, answer: string, message: RegExp, hint: RegExp]> = [
  [/^MAIL/, "550 5.7.1 Sender refused", /server answered 550 5\.7\.1 Sender refused$/, /"smtp\.from"/],
  [/^MAIL/, "530 5.7.0 Must issue STARTTLS first", /server answered 530 /, /"smtp\.security"/],
  [/^MAIL/, "421 4.3.2 Closing", /server answered 421 4\.3\.2 Closing$/, /tried again/],
  [/^RCPT/, "450 4.2.0 Greylisted", /server answered 450 4\.2\.0 Greylisted$/, /tried again/],
  [/^RCPT/, "550 5.1.1 Unknown", /server answered 550 5\.1\.1 Unknown$/, /address/],
  [/^DATA/, "451 4.3.0 Not now", /server answered 451 4\.3\.0 Not now$/, /tried again/],
  [
    /^\.$/,
    "554 5.7.1 Looks like spam",
    /server answered 554 5\.7\.1 Looks like spam$/,
    /who runs the server/,
  ],
  [/^\.$/, "552 5.3.4 Too big", /server answered 552 5\.3\.4 Too big$/, /too large/],
  [/^\.$/, "421 4.4.2 Closing", /server answered 421 4\.4\.2 Closing$/, /tried again/],
  [/^EHLO/, "421 4.3.2 Closing", /server answered 421 4\.3\.2 Closing$/, /tried again/],
];

/** A polite server in the clear, but for one answer. */
function except(at: RegExp, answer: string | null): (line: string) => string | null {
  let inMessage = false;
  return (line) => {
    if (inMessage && line !== ".") return null;
    inMessage = false;
    if (at.test(line)) return answer;
    if (line === "DATA") inMessage = true;
    return line === "DATA" ? "354 go\r\n" : "250 fine\r\n";
  };
}

for (const [at, answer, message, hint] of ANSWERS) {
  Deno.test(`send() repeats the answer ${answer} to ${at.source}`, async () => {
    const server = startScriptedServer("220 x\r\n", except(at, `${answer}\r\n`));
    try {
      const error = await refused(send(server.port));
      assert.match(error.message, message);
      assert.match(error.hint ?? "", hint);
    } finally {
      await server.stop();
    }
  });
}

Deno.test("send() introduces itself with an address literal and asks for no more than it needs", async () => {
  const server = startScriptedServer("220 x\r\n", except(/^MAIL/, "550 no\r\n"));
  try {
    await refused(send(server.port));
    assert.deepEqual(server.lines, ["EHLO [127.0.0.1]", "MAIL FROM:<keys@example.org>"]);
  } finally {
    await server.stop();
  }
});

Deno.test("send() repeats a greeting that turns it away", async () => {
  const server = startScriptedServer("554 5.7.1 Your address is on a list\r\n", () => HANG_UP);
  try {
    const error = await refused(send(server.port));
    assert.match(error.message, /server answered 554 5\.7\.1 Your address is on a list$/);
  } finally {
    await server.stop();
  }
});

for (const at of [/^EHLO/, /^MAIL/, /^RCPT/, /^DATA/]) {
  Deno.test(`send() is ended by its limit when the server falls silent at ${at.source}`, async () => {
    const server = startScriptedServer("220 x\r\n", except(at, null));
    try {
      const error = await refused(send(server.port, { timeoutMs: 500 }));
      assert.match(error.message, /server did not answer within 0\.5 seconds$/);
    } finally {
      await server.stop();
    }
  });
}

Deno.test("send() is ended by its limit when the server never greets, in the clear and over TLS", async () => {
  const server = startScriptedServer(null, () => null);
  try {
    for (const security of ["none", "starttls", "tls"] as const) {
      const error = await refused(send(server.port, { smtp: { security }, timeoutMs: 500 }));
      assert.match(error.message, /server did not answer within 0\.5 seconds$/);
    }
  } finally {
    await server.stop();
  }
});

Deno.test("send() is ended by its limit when the server trickles an endless answer", async () => {
  let more: ReturnType<typeof setInterval> | null = null;
  const server = await startTrickling((conn) => {
    more = setInterval(() => void conn.write(new TextEncoder().encode("220-wait\r\n")).catch(() => {}), 50);
  });
  try {
    const error = await refused(send(server.port, { timeoutMs: 700 }));
    assert.match(error.message, /server did not answer within 0\.7 seconds$/);
  } finally {
    if (more !== null) clearInterval(more);
    await server.stop();
  }
});

async function startTrickling(
  begin: (conn: Deno.TcpConn) => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const conn = listener.accept();
  void conn.then(begin, () => {});
  await Promise.resolve();
  return {
    port: listener.addr.port,
    async stop(): Promise<void> {
      listener.close();
      (await conn.catch(() => null))?.close();
    },
  };
}

Deno.test("send() says that acceptance is unknown when the line is dropped after the message", async () => {
  const server = startScriptedServer("220 x\r\n", except(/^\.$/, HANG_UP));
  try {
    const error = await refused(send(server.port));
    assert.match(error.message, /server closed the connection, so it is unknown whether it took the mail$/);
    assert.match(error.hint ?? "", /tried again next time, under the same Message-ID/);
  } finally {
    await server.stop();
  }
});

for (const at of [/^EHLO/, /^MAIL/, /^DATA/]) {
  Deno.test(`send() says plainly that the line was dropped at ${at.source}`, async () => {
    const server = startScriptedServer("220 x\r\n", except(at, HANG_UP));
    try {
      const error = await refused(send(server.port));
      assert.match(error.message, /server closed the connection$/);
    } finally {
      await server.stop();
    }
  });
}

const FLOODS: ReadonlyArray<readonly [how: string, flood: Uint8Array]> = [
  ["10 MB in one line", new Uint8Array(10_000_000).fill(0x61)],
  ["100 kB in one line", new Uint8Array(100_000).fill(0x61)],
  ["10 MB in lines of one answer", new TextEncoder().encode("220-more\r\n".repeat(1_000_000))],
];

for (const [how, flood] of FLOODS) {
  Deno.test(`send() hangs up on a server that says ${how}`, async () => {
    const server = startScriptedServer("220 x\r\n", (line) => line.startsWith("EHLO") ? flood : null);
    try {
      const error = await refused(send(server.port));
      assert.match(error.message, /server sent what no mail server sends$/);
      assert.ok(error.message.length < 600);
    } finally {
      await server.stop();
    }
  });
}

Deno.test("send() cuts a long answer", async () => {
  const server = startScriptedServer("220 x\r\n", except(/^MAIL/, `550 ${"long ".repeat(2000)}\r\n`));
  try {
    const error = await refused(send(server.port));
    assert.ok(error.message.length < 600 && error.message.endsWith("…"));
  } finally {
    await server.stop();
  }
});

Deno.test("send() says when nothing answers, and when the name is not known", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const closed = await refused(send(port));
  assert.match(closed.message, /: server cannot be reached: nothing answers at that port$/);
  // RFC 6761 keeps .invalid for names that do not exist
  const unknown = await refused(send(port, { smtp: { host: "smtp.invalid" } }));
  assert.match(unknown.message, /through "smtp\.invalid:\d+": server cannot be reached: its name /);
});
