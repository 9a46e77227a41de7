/** Greylisting for Postfix (its SMTPD_POLICY_README): each address is put off once. */

/** A running policy service on 127.0.0.1. */
export interface Greylist {
  readonly port: number;
  /** Addresses that were put off. */
  readonly seen: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Starts one. */
export function startGreylist(): Greylist {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const seen = new Set<string>();
  const open = new Set<Deno.TcpConn>();

  async function talk(conn: Deno.TcpConn): Promise<void> {
    open.add(conn);
    let rest = "";
    for await (const text of conn.readable.pipeThrough(new TextDecoderStream())) {
      const requests = (rest + text).split("\n\n");
      rest = requests.pop() ?? "";
      for (const request of requests) {
        const recipient = /^recipient=(.*)$/m.exec(request)?.[1] ?? "";
        const action = seen.has(recipient) ? "dunno" : "defer_if_permit 4.2.0 Greylisted, come back later";
        seen.add(recipient);
        await conn.write(new TextEncoder().encode(`action=${action}\n\n`));
      }
    }
  }

  const talks: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) {
      talks.push(talk(conn).catch(() => {}).finally(() => open.delete(conn)));
    }
  })();
  return {
    port: listener.addr.port,
    seen,
    async stop(): Promise<void> {
      listener.close();
      for (const conn of open) {
        try {
          conn.close();
        } catch {
          // its reader closed it
        }
      }
      await accepting;
      await Promise.all(talks);
    },
  };
}
