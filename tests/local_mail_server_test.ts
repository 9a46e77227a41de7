import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { simpleParser } from "mailparser";
import { startLocalMailServer } from "../lib/effects/local_mail_server.ts";
import { smtpMailer } from "../lib/effects/smtp_mailer.ts";
import type { Mail, MailReceipt } from "../lib/core/mail.ts";
import { inFolder } from "./helpers/program.ts";

const MAIL: Mail = {
  messageId: "spare-key.1@example.org",
  threadId: "spare-key.anna@example.org",
  to: ["it@example.org"],
  subject: "",
  text: "text",
  html: "<p>text</p>",
  date: new Date(0),
  attachments: [],
};

function send(port: number, mail: Partial<Mail>): Promise<MailReceipt> {
  const smtp = {
    host: "127.0.0.1",
    port,
    security: "none",
    user: null,
    from: "keys@example.org",
    ca: null,
  } as const;
  return smtpMailer({ smtp, password: null, timeoutMs: 20_000 }).send({ ...MAIL, ...mail });
}

const NAMES: ReadonlyArray<readonly [subject: string, name: string]> = [
  ["ANNA-LAPTOP: a new recovery key", "001 ANNA-LAPTOP a new recovery key.eml"],
  ["Schlüssel für Laufwerk C: geändert", "002 Schlüssel für Laufwerk C geändert.eml"],
  ["", "003 no subject.eml"],
  ["../../etc/passwd", "004 etc passwd.eml"],
  ["..", "005 no subject.eml"],
  ["CON", "006 CON.eml"],
  [`a<b>c"d|e?f*g\\h. `, "007 a b c d e f g h.eml"],
  ["x".repeat(300), `008 ${"x".repeat(80)}.eml`],
  ["鍵".repeat(60), `009 ${"鍵".repeat(60)}.eml`],
  [
    "249425-539187-330363-273262-016346-600963-497299-188144",
    "010 [recovery password].eml",
  ],
];

Deno.test("startLocalMailServer() keeps each mail as a file named after its subject", () =>
  inFolder(async (folder) => {
    const server = await startLocalMailServer({ folder });
    try {
      for (const [subject] of NAMES) await send(server.port, { subject });
      assert.deepEqual(server.messages().map((path) => basename(path)), NAMES.map(([, name]) => name));
      const [, second] = server.messages();
      const mail = await simpleParser(await Deno.readTextFile(second ?? ""));
      assert.equal(mail.subject, NAMES[1]?.[0]);
      assert.equal(mail.text?.trim(), "text");
    } finally {
      await server.stop();
    }
  }));

Deno.test("startLocalMailServer() keeps attachments byte for byte", () =>
  inFolder(async (folder) => {
    const server = await startLocalMailServer({ folder });
    try {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 11) % 256);
      await send(server.port, { attachments: [{ name: "a.age", type: "application/octet-stream", bytes }] });
      const mail = await simpleParser(await Deno.readTextFile(server.messages()[0] ?? ""));
      assert.deepEqual(Uint8Array.from(mail.attachments[0]?.content ?? []), bytes);
    } finally {
      await server.stop();
    }
  }));

Deno.test("startLocalMailServer() overwrites no mail of an earlier one, and keeps mails that come at once apart", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "007 news.eml"), "earlier");
    const server = await startLocalMailServer({ folder });
    try {
      await Promise.all([1, 2, 3].map(() => send(server.port, { subject: "news" })));
      const names = server.messages().map((path) => basename(path)).toSorted();
      assert.deepEqual(names, ["008 news.eml", "009 news.eml", "010 news.eml"]);
      assert.equal(await Deno.readTextFile(join(folder, "007 news.eml")), "earlier");
    } finally {
      await server.stop();
    }
  }));

Deno.test("startLocalMailServer() takes no mail that it cannot keep, nor any after stop()", () =>
  inFolder(async (folder) => {
    const gone = join(folder, "gone");
    await Deno.mkdir(gone);
    const server = await startLocalMailServer({ folder: gone });
    await Deno.remove(gone);
    await assert.rejects(send(server.port, {}), /server answered 450 /);
    assert.deepEqual(server.messages(), []);
    await server.stop();
    await assert.rejects(send(server.port, {}), /nothing answers at that port/);
  }));

Deno.test("startLocalMailServer() needs 127.0.0.1 and its folder, and no other permission", () =>
  inFolder(async (folder) => {
    const main = join(folder, "main.ts");
    const script = `
      import { startLocalMailServer } from ${
      JSON.stringify(import.meta.resolve("../lib/effects/local_mail_server.ts"))
    };
      const server = await startLocalMailServer({ folder: ${JSON.stringify(folder)} });
      const line = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
      const words = ["EHLO x", "MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>", "DATA", "Subject: hello\\r\\n\\r\\ntext\\r\\n.", "QUIT"];
      const chunk = new Uint8Array(4096);
      let talk = "";
      for (let read = await line.read(chunk); read !== null; read = await line.read(chunk)) {
        talk += new TextDecoder().decode(chunk.subarray(0, read));
        const word = words.shift();
        if (word !== undefined) await line.write(new TextEncoder().encode(word + "\\r\\n"));
      }
      line.close();
      await server.stop();
      console.log(JSON.stringify([server.messages().length, talk.includes("kept")]));`;
    await Deno.writeTextFile(main, script);
    const config = fileURLToPath(import.meta.resolve("../deno.json"));
    const allowed = ["--allow-net=127.0.0.1", `--allow-read=${folder}`, `--allow-write=${folder}`];
    const args = ["run", "--no-prompt", "--no-lock", "--config", config, ...allowed, main];
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    assert.equal(new TextDecoder().decode(stdout).trim(), "[1,true]", new TextDecoder().decode(stderr));
    assert.equal(
      (await Deno.readTextFile(join(folder, "001 hello.eml"))).trim(),
      "Subject: hello\r\n\r\ntext",
    );
  }));
