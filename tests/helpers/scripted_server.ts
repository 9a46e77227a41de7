/** A TCP server that says what a test wants it to say, for answers that no decent mail server gives. */

/** Answers one line of the client; `null` says nothing, `"close"` hangs up. */
export type Answer = (line: string) => string | Uint8Array | null;

/** A running server. */
export interface ScriptedServer {
  readonly port: number;
  /** Every line that clients sent. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Tells the server to hang up. */
export const HANG_UP = "hang up";

/**
 * Starts a server on 127.0.0.1.
 *
 * @param greeting What it says first; `null` says nothing.
 * @param answer What it says to each line.
 * @returns The running server.
 */
export function startScriptedServer(greeting: string | null, answer: Answer): ScriptedServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const lines: string[] = [];
  const open = new Set<Deno.TcpConn>();

  async function talk(conn: Deno.TcpConn): Promise<void> {
    open.add(conn);
    try {
      if (greeting !== null) await say(conn, greeting);
      let rest = "";
      for await (const chunk of conn.readable) {
        const parts = (rest + new TextDecoder("latin1").decode(chunk)).split("\r\n");
        rest = parts.pop() ?? "";
        for (const line of parts) {
          lines.push(line);
          const words = answer(line);
          if (words === HANG_UP) return;
          if (words !== null) await say(conn, words);
        }
      }
    } catch {
      // the client hung up: its test tells whether it should have
    } finally {
      open.delete(conn);
      close(conn);
    }
  }

  const conversations: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) conversations.push(talk(conn));
  })();
  return {
    port: listener.addr.port,
    lines,
    async stop(): Promise<void> {
      listener.close();
      for (const conn of open) close(conn);
      await accepting;
      await Promise.all(conversations);
    },
  };
}

async function say(conn: Deno.TcpConn, words: string | Uint8Array): Promise<void> {
  const bytes = typeof words === "string" ? new TextEncoder().encode(words) : words;
  let written = 0;
  while (written < bytes.length) written += await conn.write(bytes.subarray(written));
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // closed already
  }
}
