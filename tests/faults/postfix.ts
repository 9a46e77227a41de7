/** A real Postfix on loopback: configuration, queue and mailboxes in a folder of its own, nothing of the system's. */

import type { ServerCertificate } from "../helpers/certificates.ts";
import { LOGIN } from "../helpers/mail_server.ts";
import { until } from "./fault_pc.ts";
import { assertTools } from "./tools.ts";

/** A Postfix, running or not. */
export interface Postfix {
  /** Where STARTTLS and a login are wanted. */
  readonly port: number;
  /** Where TLS is spoken from the first byte. */
  readonly tlsPort: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Changes settings of `main.cf`; they count from the next start on. */
  set(settings: Readonly<Record<string, string>>): Promise<void>;
  /** Mails in a mailbox, in the order in which they came. */
  mailsOf(name: string): Promise<readonly Uint8Array[]>;
  /** Waits until nothing is on its way any more. */
  settled(): Promise<void>;
}

/** The mailboxes; any other address is not known. */
const MAILBOXES = ["helper", "other"];
/** Debian's `nobody`, whom the mailboxes belong to. */
const NOBODY = 65534;

const SERVICES = `
pickup     unix  n - n 60 1 pickup
cleanup    unix  n - n - 0 cleanup
qmgr       unix  n - n 300 1 qmgr
tlsmgr     unix  - - n 1000? 1 tlsmgr
rewrite    unix  - - n - - trivial-rewrite
bounce     unix  - - n - 0 bounce
defer      unix  - - n - 0 bounce
trace      unix  - - n - 0 bounce
verify     unix  - - n - 1 verify
flush      unix  n - n 1000? 0 flush
proxymap   unix  - - n - - proxymap
smtp       unix  - - n - - smtp
relay      unix  - - n - - smtp
showq      unix  n - n - - showq
error      unix  - - n - - error
retry      unix  - - n - - error
discard    unix  - - n - - discard
local      unix  - n n - - local
virtual    unix  - n n - - virtual
anvil      unix  - - n - 1 anvil
scache     unix  - - n - 1 scache
postlog    unix-dgram n - n - 1 postlogd
`;

/** Runs a test with a Postfix that is started; it is stopped afterwards, and its folder removed. */
export async function withPostfix(
  { cert, key }: ServerCertificate,
  act: (postfix: Postfix) => Promise<void>,
): Promise<void> {
  await assertTools(["postfix", "postconf", "saslpasswd2"]);
  if (Deno.uid() !== 0) throw new Error("Postfix starts as root alone: run the tests as root");
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "sk-postfix-" }));
  const [port, tlsPort] = [freePort(), freePort()];
  const conf = `${folder}/conf`;
  const run = async (command: string, args: readonly string[], stdin = ""): Promise<void> => {
    const child = new Deno.Command(command, {
      args: [...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    })
      .spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdin));
    await writer.close();
    const { success, stdout, stderr } = await child.output();
    if (success) return;
    const words = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    throw new Error(`${command} ${args.join(" ")} failed: ${words}`);
  };
  await Deno.chmod(folder, 0o755);
  for (const name of ["conf", "conf/sasl", "queue", "data", "mail"]) await Deno.mkdir(`${folder}/${name}`);
  await Deno.writeTextFile(`${conf}/cert.pem`, cert);
  await Deno.writeTextFile(`${conf}/key.pem`, key, { mode: 0o600 });
  await Deno.writeTextFile(
    `${conf}/master.cf`,
    `127.0.0.1:${port} inet n - n - - smtpd
127.0.0.1:${tlsPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes${SERVICES}`,
  );
  await Deno.writeTextFile(`${conf}/main.cf`, mainCf(folder));
  // Debian's Postfix looks for it there, whatever cyrus_sasl_config_path says
  await Deno.writeTextFile(
    `${conf}/sasl/smtpd.conf`,
    `pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: ${conf}/sasl/db\n`,
  );
  const [user = "", realm = ""] = LOGIN.user.split("@");
  await run("saslpasswd2", ["-p", "-c", "-f", `${conf}/sasl/db`, "-u", realm, user], LOGIN.password);
  await run("chown", ["-R", "postfix", `${conf}/sasl`, `${folder}/data`]);
  await Deno.chown(`${folder}/mail`, NOBODY, NOBODY);

  let master: Deno.ChildProcess | null = null;
  const postfix: Postfix = {
    port,
    tlsPort,
    async start(): Promise<void> {
      master = new Deno.Command("postfix", {
        args: ["-c", conf, "start-fg"],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      for (const one of [port, tlsPort]) await until("Postfix listens", () => listens(one));
    },
    async stop(): Promise<void> {
      if (master === null) return;
      await run("postfix", ["-c", conf, "stop"]);
      await master.status;
      master = null;
    },
    set: async (settings) =>
      await run("postconf", [
        "-c",
        conf,
        ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
      ]),
    async mailsOf(name): Promise<readonly Uint8Array[]> {
      const box = `${folder}/mail/${name}/new`;
      const files = await Array.fromAsync(Deno.readDir(box)).catch(() => []);
      const times = await Promise.all(files.map(async (file) => {
        const path = `${box}/${file.name}`;
        return { path, at: (await Deno.stat(path)).mtime?.getTime() ?? 0 };
      }));
      return await Promise.all(times.sort((a, b) => a.at - b.at).map(({ path }) => Deno.readFile(path)));
    },
    async settled(): Promise<void> {
      const queues = ["incoming", "active", "maildrop"].map((name) => `${folder}/queue/${name}`);
      await until("the queue is empty", async () => {
        const waiting = await Promise.all(
          queues.map((queue) => Array.fromAsync(Deno.readDir(queue)).catch(() => [])),
        );
        return waiting.flat().length === 0;
      });
    },
  };
  try {
    await postfix.start();
    await act(postfix);
  } finally {
    await postfix.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

function mainCf(folder: string): string {
  const boxes = MAILBOXES.map((name) => `${name}@example.org=${name}/`).join(", ");
  return `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks =
alias_maps =
alias_database =
virtual_mailbox_domains = example.org
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = inline:{ ${boxes} }
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
smtpd_peername_lookup = no
smtpd_tls_cert_file = ${folder}/conf/cert.pem
smtpd_tls_key_file = ${folder}/conf/key.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
`;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}
