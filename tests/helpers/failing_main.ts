/** The program with a bug in it: opening the night throws. Arguments as for `main.ts`. */

import { main } from "../../main.ts";
import { password } from "./night_rig.ts";

if (import.meta.main) {
  Deno.exit(
    await main(Deno.args, () => {
      throw new TypeError(`Unexpected token 'x', ..."${password(1)}"... is not valid JSON`);
    }),
  );
}
