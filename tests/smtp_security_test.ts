import assert from "node:assert/strict";
import { makeCertificates } from "./helpers/certificates.ts";
import { LOGIN, startMailServer } from "./helpers/mail_server.ts";
import { refused, send, WRONG_PASSWORD } from "./helpers/send_mail.ts";
import { startScriptedServer } from "./helpers/scripted_server.ts";

const certificates = await makeCertificates();

for (const security of ["tls", "starttls"] as const) {
  const { ca, right } = certificates;
  const secure = security === "tls";

  Deno.test(`send() logs in over ${security} with a certificate of the own authority`, async () => {
    for (const method of ["PLAIN", "LOGIN"]) {
      const server = await startMailServer({ secure, ...right, authMethods: [method], authOptional: false });
      try {
        const smtp = { security, ca, user: LOGIN.user } as const;
        const receipt = await send(server.port, { smtp, password: LOGIN.password });
        assert.deepEqual(receipt.accepted, ["it@example.org"]);
        assert.deepEqual(server.logins, [[method, LOGIN.user, LOGIN.password]]);
      } finally {
        await server.stop();
      }
    }
  });

  Deno.test(`send() takes an address in the certificate over ${security}`, async () => {
    const server = await startMailServer({ secure, ...right });
    try {
      const receipt = await send(server.port, { smtp: { security, ca, host: "127.0.0.1" } });
      assert.deepEqual(receipt.accepted, ["it@example.org"]);
    } finally {
      await server.stop();
    }
  });

  Deno.test(`send() takes an authority that comes after others in the text, over ${security}`, async () => {
    const server = await startMailServer({ secure, ...right });
    try {
      const receipt = await send(server.port, { smtp: { security, ca: `${certificates.otherCa}\n${ca}` } });
      assert.deepEqual(receipt.accepted, ["it@example.org"]);
    } finally {
      await server.stop();
    }
  });

  const UNTRUSTED = [
    ["that no known authority signed", right, null, /no known authority signed its certificate$/],
    ["of another authority", right, certificates.otherCa, /no known authority signed its certificate$/],
    ["that has expired", certificates.expired, ca, /its certificate has expired$/],
    ["for another host", certificates.wrongHost, ca, /its certificate is for another name$/],
  ] as const;

  for (const [what, certificate, authority, reason] of UNTRUSTED) {
    Deno.test(`send() refuses a certificate ${what} over ${security}, and tells the server nothing`, async () => {
      const server = await startMailServer({ secure, ...certificate });
      try {
        const smtp = { security, ca: authority, user: LOGIN.user } as const;
        const error = await refused(send(server.port, { smtp, password: LOGIN.password }));
        assert.match(
          error.message,
          /^Cannot send mail to "it@example\.org" through "localhost:\d+": server cannot be trusted: /,
        );
        assert.match(error.message, reason);
        assert.deepEqual([server.logins, server.envelopes], [[], []]);
      } finally {
        await server.stop();
      }
    });
  }

  Deno.test(`send() ends a hang after the message over ${security}, and says that acceptance is unknown`, async () => {
    const server = await startMailServer({ secure, ...right, onData: (stream) => void stream.resume() });
    try {
      const error = await refused(send(server.port, { smtp: { security, ca }, timeoutMs: 700 }));
      assert.match(
        error.message,
        /server did not answer within 0\.7 seconds, so it is unknown whether it took the mail$/,
      );
    } finally {
      await server.stop();
    }
  });
}

Deno.test("send() refuses to go on where the server has no STARTTLS", async () => {
  const server = await startMailServer();
  try {
    const smtp = { security: "starttls", user: LOGIN.user, ca: certificates.ca } as const;
    const error = await refused(send(server.port, { smtp, password: LOGIN.password }));
    assert.match(error.message, /: server refuses STARTTLS \(it answered 500 /);
    assert.deepEqual([server.logins, server.envelopes], [[], []]);
  } finally {
    await server.stop();
  }
});

/** What someone between client and server may do to STARTTLS. */
const STRIPPED: ReadonlyArray<readonly [how: string, answer: (line: string) => string | null]> = [
  [
    "is missing in the answer to EHLO",
    (line) => line.startsWith("EHLO") ? "250-x\r\n250 AUTH PLAIN\r\n" : "250 fine\r\n",
  ],
  ["is missing and answered 502", (line) => line.startsWith("EHLO") ? "250 x\r\n" : "502 what?\r\n"],
  ["is lost with EHLO", (line) => line.startsWith("EHLO") ? "502 what?\r\n" : "250 fine\r\n"],
  ["is answered 454", (line) => line.startsWith("EHLO") ? "250-x\r\n250 STARTTLS\r\n" : "454 not now\r\n"],
  [
    "is followed by plain answers",
    (line) =>
      line.startsWith("EHLO")
        ? "250-x\r\n250 STARTTLS\r\n"
        : line === "STARTTLS"
        ? "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 fine\r\n"
        : "250 fine\r\n",
  ],
];

for (const [how, answer] of STRIPPED) {
  Deno.test(`send() says nothing in the clear where STARTTLS ${how}`, async () => {
    const server = startScriptedServer("220 x ESMTP\r\n", answer);
    try {
      const smtp = { security: "starttls", user: LOGIN.user } as const;
      await refused(send(server.port, { smtp, password: LOGIN.password, timeoutMs: 500 }));
      assert.deepEqual(server.lines.filter((line) => /^(AUTH|MAIL|RCPT|DATA|HELO)/.test(line)), []);
    } finally {
      await server.stop();
    }
  });
}

Deno.test("send() names the wrong password, not what it is, and sends no mail", async () => {
  const server = await startMailServer({ secure: true, ...certificates.right, authOptional: false });
  try {
    const smtp = { security: "tls", ca: certificates.ca, user: LOGIN.user } as const;
    const error = await refused(send(server.port, { smtp, password: WRONG_PASSWORD }));
    assert.match(error.message, /: server answered 535 5\.7\.8 Wrong login$/);
    assert.match(error.hint ?? "", /"smtpPassword"/);
    assert.deepEqual(server.envelopes, []);
  } finally {
    await server.stop();
  }
});

Deno.test("send() names an authority in the settings that is no certificate", async () => {
  const server = await startMailServer({ secure: true, ...certificates.right });
  try {
    const error = await refused(send(server.port, { smtp: { security: "tls", ca: "no certificate" } }));
    assert.match(error.message, /no known authority signed its certificate$/);
    assert.match(error.hint ?? "", /holds/);
  } finally {
    await server.stop();
  }
});

Deno.test("send() says when TLS is wanted of a plain port", async () => {
  const server = await startMailServer();
  try {
    const error = await refused(send(server.port, { smtp: { security: "tls" } }));
    assert.match(error.message, /server does not speak TLS at that port$/);
  } finally {
    await server.stop();
  }
});
