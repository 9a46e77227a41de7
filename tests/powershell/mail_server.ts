/**
 * A mail server on loopback for the chain test: `deno run mail_server.ts FOLDER`. Prints its port, keeps each mail as
 * a file, and ends when its stdin closes.
 */

import { startLocalMailServer } from "../../lib/effects/local_mail_server.ts";

const server = await startLocalMailServer({ folder: Deno.args[0] ?? "." });
Deno.stdout.writeSync(new TextEncoder().encode(`${server.port}\n`));
for await (const _ of Deno.stdin.readable);
await server.stop();
