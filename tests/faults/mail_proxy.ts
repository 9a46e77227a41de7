/** Stands between the program and a mail server, and does to a conversation what networks and bad servers do. */

/** What becomes of a command of the client, or of a line of the server. */
export type Action = "pass" | "hang" | "drop" | { readonly say: string | Uint8Array };

/** Which conversation it is. */
export interface Conversation {
  /** Counted from 1 since the start, or since the rules were changed. */
  readonly number: number;
  /** The recipients so far, as the client named them. */
  readonly recipients: string;
}

/** What the proxy does; whatever is not said passes. */
export interface ProxyRules {
  /** In place of the server's greeting. */
  greet?(conversation: Conversation): Action;
  /** To each command. */
  command?(line: string, conversation: Conversation): Action;
  /** To the server's answer to a whole message: the server has taken it. */
  taken?(conversation: Conversation): "pass" | "hang" | "drop";
  /** Makes of a line of the server what the client gets. */
  alter?(line: string): string;
}

/** A running proxy on 127.0.0.1. */
export interface MailProxy {
  readonly port: number;
  /** From the next conversation on. */
  rules: ProxyRules;
  /** The port of the server behind it, from the next conversation on. */
  upstream: number;
  /** Commands of all clients, without what stands in messages. */
  readonly commands: readonly string[];
  /** How many conversations hang. */
  hanging(): number;
  /** Ends the conversations that hang. */
  release(): void;
  /** Takes no more connections on the port: they are refused. */
  refuse(): void;
  /** Takes connections on the port again. */
  accept(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before a server on 127.0.0.1. */
export function startMailProxy(upstream: number, rules: ProxyRules): MailProxy {
  let listener: Deno.TcpListener | null = null;
  let port = 0;
  let counted = 0;
  let current = rules;
  const commands: string[] = [];
  const open = new Set<Deno.TcpConn>();
  const hung = new Set<Deno.TcpConn>();
  const running = new Set<Promise<void>>();

  function close(conn: Deno.TcpConn): void {
    if (!open.delete(conn)) return;
    hung.delete(conn);
    conn.close();
  }

  async function talk(client: Deno.TcpConn): Promise<void> {
    open.add(client);
    const active = current;
    const conversation = { number: ++counted, recipients: "" };
    const greeting = active.greet?.(conversation) ?? "pass";
    if (greeting === "hang") return void hung.add(client);
    if (greeting === "drop") return close(client);
    if (greeting !== "pass") {
      await write(client, greeting.say).catch(() => {});
      return close(client);
    }
    const server = await Deno.connect({ hostname: "127.0.0.1", port: proxy.upstream });
    open.add(server);
    let inMessage = false;
    let whole = false;
    let silent = false;

    const down = (async () => {
      for await (const chunk of pieces(server)) {
        if (silent) continue;
        const fate = whole ? active.taken?.(conversation) ?? "pass" : "pass";
        if (fate === "drop") break;
        if (fate === "hang") {
          hung.add(client);
          silent = true;
          continue;
        }
        const lines = textOf(chunk).split(/(?<=\r\n)/);
        await write(client, bytesOf(lines.map((line) => active.alter?.(line) ?? line).join("")));
      }
    })().catch(() => {}).finally(() => hung.has(client) ? undefined : close(client));

    const up = (async () => {
      let rest = "";
      // from the first byte of TLS on (RFC 8446, 5.1: handshake) nobody in between can read along
      let sealed = false;
      for await (const chunk of pieces(client)) {
        sealed ||= rest === "" && chunk[0] === 0x16;
        if (sealed) {
          await write(server, chunk);
          continue;
        }
        const lines = (rest + textOf(chunk)).split("\r\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (inMessage) {
            if (line === ".") [inMessage, whole] = [false, true];
            await write(server, bytesOf(`${line}\r\n`));
            continue;
          }
          commands.push(line);
          if (/^RCPT/i.test(line)) conversation.recipients += line;
          const action = silent ? "hang" : active.command?.(line, conversation) ?? "pass";
          if (action === "drop") return close(client);
          if (action === "hang") {
            hung.add(client);
            silent = true;
          } else if (action === "pass") {
            if (/^DATA$/i.test(line)) inMessage = true;
            await write(server, bytesOf(`${line}\r\n`));
          } else {
            await write(client, action.say);
          }
        }
      }
    })().catch(() => {}).finally(() => {
      close(client);
      close(server);
    });
    await Promise.all([down, up]);
  }

  function accept(): void {
    const taking = Deno.listen({ hostname: "127.0.0.1", port });
    listener = taking;
    port = taking.addr.port;
    const accepting = (async () => {
      for await (const conn of taking) {
        const one: Promise<void> = talk(conn).catch(() => close(conn)).finally(() => running.delete(one));
        running.add(one);
      }
    })().finally(() => running.delete(accepting));
    running.add(accepting);
  }

  accept();
  const proxy: MailProxy = {
    get port(): number {
      return port;
    },
    get rules(): ProxyRules {
      return current;
    },
    set rules(next) {
      current = next;
      counted = 0;
    },
    upstream,
    commands,
    hanging: () => hung.size,
    release: () => [...hung].forEach(close),
    refuse(): void {
      listener?.close();
      listener = null;
    },
    accept,
    async stop(): Promise<void> {
      listener?.close();
      [...open].forEach(close);
      await Promise.all(running);
    },
  };
  return proxy;
}

async function* pieces(conn: Deno.TcpConn): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(64 * 1024);
  for (let read = await conn.read(buffer); read !== null; read = await conn.read(buffer)) {
    yield buffer.slice(0, read);
  }
}

async function write(conn: Deno.TcpConn, words: string | Uint8Array): Promise<void> {
  const bytes = typeof words === "string" ? new TextEncoder().encode(words) : words;
  for (let done = 0; done < bytes.length;) done += await conn.write(bytes.subarray(done));
}

/** One character a byte. Not `TextDecoder("latin1")`: that is Windows-1252, by its specification. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}
