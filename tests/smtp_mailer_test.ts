import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { simpleParser } from "mailparser";
import type { SmtpSettings } from "../lib/core/settings.ts";
import { UserError } from "../lib/errors.ts";
import type { Mail } from "../lib/core/mail.ts";
import { makeCertificates } from "./helpers/certificates.ts";
import { LOGIN, refusal, startMailServer } from "./helpers/mail_server.ts";
import { DIGITS, MAIL, refused, send, WRONG_PASSWORD } from "./helpers/send_mail.ts";
import { startScriptedServer } from "./helpers/scripted_server.ts";

const certificates = await makeCertificates();

Deno.test("send() hands over a mail and gives what the server said", async () => {
  const server = await startMailServer();
  try {
    const receipt = await send(server.port, { mail: { to: ["it@example.org", "Tom Öz <tom@example.org>"] } });
    assert.deepEqual(receipt, {
      accepted: ["it@example.org", "tom@example.org"],
      rejected: [],
      answer: "250 queued as 4711",
    });
    assert.deepEqual(server.envelopes, [{
      from: "keys@example.org",
      to: ["it@example.org", "tom@example.org"],
    }]);
  } finally {
    await server.stop();
  }
});

Deno.test("send() keeps what the mail says: headers, both bodies, attachments byte for byte", async () => {
  const server = await startMailServer();
  try {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    const name = "2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT.age";
    await send(server.port, {
      smtp: { from: "Schlüssel von Anna <keys@example.org>" },
      mail: {
        to: ["it@example.org", "Tom Öz <tom@example.org>"],
        subject: "ANNAS-PC: Schlüssel für Laufwerk C: geändert — 私の鍵",
        attachments: [
          { name, type: "application/octet-stream", bytes },
          {
            name: "Wiederherstellung für Anna.html",
            type: "text/html",
            bytes: new TextEncoder().encode("<p>ü\n"),
          },
        ],
      },
    });
    assert.deepEqual(server.envelopes[0]?.from, "keys@example.org");
    const [raw] = server.mails;
    assert.ok(raw !== undefined && raw.every((byte) => byte < 128), "goes over 7-bit servers");
    const mail = await simpleParser(Buffer.from(raw));
    assert.equal(mail.messageId, "<spare-key.1@example.org>");
    assert.equal(mail.inReplyTo, "<spare-key.anna@example.org>");
    assert.equal(mail.references, "<spare-key.anna@example.org>");
    assert.deepEqual(mail.date, MAIL.date);
    assert.equal(mail.from?.text, '"Schlüssel von Anna" <keys@example.org>');
    assert.equal(Array.isArray(mail.to) ? "" : mail.to?.text, 'it@example.org, "Tom Öz" <tom@example.org>');
    assert.equal(mail.subject, "ANNAS-PC: Schlüssel für Laufwerk C: geändert — 私の鍵");
    assert.equal(mail.headers.get("auto-submitted"), "auto-generated");
    assert.equal(mail.headers.get("x-auto-response-suppress"), "All");
    assert.equal(mail.text?.trimEnd(), MAIL.text);
    assert.equal(mail.html && mail.html.trimEnd(), MAIL.html);
    assert.match(new TextDecoder().decode(raw), /Content-Type: multipart\/alternative;/);
    assert.deepEqual(mail.attachments.map(({ filename }) => filename), [
      name,
      "Wiederherstellung für Anna.html",
    ]);
    assert.deepEqual(mail.attachments.map(({ contentType }) => contentType), [
      "application/octet-stream",
      "text/html",
    ]);
    assert.deepEqual(Uint8Array.from(mail.attachments[0]?.content ?? []), bytes);
    assert.deepEqual(Uint8Array.from(mail.attachments[1]?.content ?? []), new TextEncoder().encode("<p>ü\n"));
  } finally {
    await server.stop();
  }
});

const INJECTED: ReadonlyArray<readonly [where: string, mail: Partial<Mail>]> = [
  ["the subject", { subject: "News\r\nBcc: evil@example.org\r\n\r\nOther body" }],
  ["the subject, by a line feed", { subject: "News\nBcc: evil@example.org" }],
  ["the Message-ID", { messageId: "a@b>\r\nBcc: evil@example.org" }],
  ["the thread", { threadId: "a@b>\r\nBcc: evil@example.org" }],
  ["an attachment's name", {
    attachments: [{ name: 'a"\r\nBcc: evil@example.org', type: "text/plain", bytes: new Uint8Array() }],
  }],
  ["an attachment's type", {
    attachments: [{ name: "a", type: "text/plain\r\nBcc: evil@example.org", bytes: new Uint8Array() }],
  }],
];

for (const [where, mail] of INJECTED) {
  Deno.test(`send() lets no line break in ${where} make a header or a recipient`, async () => {
    const server = await startMailServer();
    try {
      await send(server.port, { mail });
      assert.deepEqual(server.envelopes[0]?.to, ["it@example.org"]);
      const headers = new TextDecoder().decode(server.mails[0]);
      assert.doesNotMatch(headers, /^Bcc:/im);
      assert.match(headers, /^Auto-Submitted: auto-generated\r$/m);
    } finally {
      await server.stop();
    }
  });
}

for (
  const address of [
    "it@example.org\r\nBcc: evil@example.org",
    "it@example.org>\r\nDATA",
    "a\u0000@example.org",
  ]
) {
  Deno.test(`send() refuses the address ${JSON.stringify(address)} before it connects`, async () => {
    const server = await startMailServer();
    try {
      const error = await send(server.port, { mail: { to: [address] } }).then(() => null, (error) => error);
      assert.ok(error instanceof UserError && error.code === "settings");
      assert.deepEqual(server.envelopes, []);
    } finally {
      await server.stop();
    }
  });
}
Deno.test("send() blanks a password and digits that a server repeats", async () => {
  const plain = btoa(`\0${LOGIN.user}\0${WRONG_PASSWORD}`);
  const server = startScriptedServer("220 x\r\n", (line) => {
    if (line.startsWith("EHLO")) return "250-x\r\n250 AUTH PLAIN\r\n";
    return `535 no: ${line} ${plain} ${WRONG_PASSWORD} ${btoa(WRONG_PASSWORD)} ${DIGITS}\r\n`;
  });
  try {
    const error = await refused(send(server.port, { smtp: { user: LOGIN.user }, password: WRONG_PASSWORD }));
    assert.match(
      error.message,
      /: server answered 535 no: AUTH PLAIN \[password\] \[password\] \[password\] \[password\] \[recovery password\]$/,
    );
    assert.ok(server.lines.includes(`AUTH PLAIN ${plain}`));
  } finally {
    await server.stop();
  }
});

Deno.test("send() sends no mail without a login to a server that offers none", async () => {
  const server = await startMailServer({ disabledCommands: ["AUTH", "STARTTLS"] });
  try {
    const error = await refused(send(server.port, { smtp: { user: LOGIN.user }, password: LOGIN.password }));
    assert.match(error.message, /: server answered 500 /);
    assert.deepEqual(server.envelopes, []);
  } finally {
    await server.stop();
  }
});

Deno.test("send() keeps a password from going in the clear to another host", async () => {
  for (const host of ["smtp.example.org", "192.0.2.1", "2001:db8::1", "127.example.org"]) {
    const smtp = { host, user: LOGIN.user };
    const error = await refused(send(25, { smtp, password: LOGIN.password }), "settings");
    assert.match(error.message, /: the password would go in the clear$/);
  }
});

Deno.test("send() asks for the password that a user needs", async () => {
  const error = await refused(send(25, { smtp: { user: LOGIN.user, security: "tls" } }), "settings");
  assert.match(error.message, /"smtp\.user" needs a password$/);
});

for (const hidePIPELINING of [true, false]) {
  Deno.test(`send() tells who was refused when others were not, ${hidePIPELINING ? "one by one" : "pipelined"}`, async () => {
    const server = await startMailServer({
      hidePIPELINING,
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith("gone") ? refusal(550, "5.1.1 No such user") : null),
    });
    try {
      const to = ["gone@example.org", "it@example.org"];
      const receipt = await send(server.port, { mail: { to } });
      assert.deepEqual(receipt, {
        accepted: ["it@example.org"],
        rejected: [{ address: "gone@example.org", answer: "550 5.1.1 No such user" }],
        answer: "250 queued as 4711",
      });
      const error = await refused(send(server.port, { mail: { to: ["gone@example.org"] } }));
      assert.match(
        error.message,
        /^Cannot send mail to "gone@example\.org" through "localhost:\d+": server answered 550 5\.1\.1 No such user$/,
      );
      assert.equal(server.mails.length, 1);
    } finally {
      await server.stop();
    }
  });
}

Deno.test("send() needs the permission for the host's name and port, and no other", async () => {
  const { ca, right } = certificates;
  for (const security of ["none", "starttls", "tls"] as const) {
    const server = await startMailServer({ secure: security === "tls", ...right, allowInsecureAuth: true });
    try {
      const login = { user: LOGIN.user, password: LOGIN.password };
      const output = await sendInSandbox(server.port, {
        security,
        ca: security === "none" ? null : ca,
        ...login,
      });
      assert.equal(output, '{"accepted":["it@example.org"],"rejected":[],"answer":"250 queued as 4711"}');
      assert.deepEqual(server.logins.map(([, user]) => user), [LOGIN.user]);
    } finally {
      await server.stop();
    }
  }
});

/** Runs the mailer in a process of its own, allowed what a night is allowed: the mail host by name and port. */
async function sendInSandbox(
  port: number,
  { security, ca, user, password }: Pick<SmtpSettings, "security" | "ca" | "user"> & {
    readonly password: string;
  },
): Promise<string> {
  const smtp: SmtpSettings = { host: "localhost", port, security, user, from: "keys@example.org", ca };
  const options = JSON.stringify({ smtp, password, timeoutMs: 20_000 });
  const script = `
    import { smtpMailer } from ${JSON.stringify(import.meta.resolve("../lib/effects/smtp_mailer.ts"))};
    const mail = { ...${JSON.stringify(MAIL)}, date: new Date(0) };
    console.log(JSON.stringify(await smtpMailer(${options}).send(mail)));`;
  const folder = await Deno.makeTempDir({ prefix: "spare-key-" });
  try {
    const main = `${folder}/main.ts`;
    await Deno.writeTextFile(main, script);
    const config = fileURLToPath(import.meta.resolve("../deno.json"));
    const args = [
      "run",
      "--no-prompt",
      "--no-lock",
      "--config",
      config,
      `--allow-net=localhost:${port}`,
      main,
    ];
    const command = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped" });
    const { stdout, stderr } = await command.output();
    const words = new TextDecoder().decode(stderr).split("\n").filter((line) => !/Download|^$/.test(line))
      .join("\n");
    assert.equal(words, "");
    return new TextDecoder().decode(stdout).trim();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
