/** A process that reads an envelope from stdin, says how long it was, and ends with its parent. */

import { readEnvelope, stdinReader } from "../../lib/effects/stdin.ts";

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text + "\n"));
}

const { bytes, watchParent } = await readEnvelope(stdinReader());
const stop = watchParent(() => {
  say("parent closed");
  Deno.exit(1);
});
say(`read ${bytes.length}`);
if (Deno.args[0] === "stop") await stop();
else if (Deno.args[0] === "work") setTimeout(() => {}, 1_000_000);
