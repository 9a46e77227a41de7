/**
 * Runs what of real Windows parts runs under Wine: `deno task test:windows [FILE…]`. Debian 12 with the .NET 10 SDK.
 *
 * Makes the rig (once), packages, unpacks the zip into its Program Files, and runs the tests of this folder and the
 * PowerShell tests in PowerShell 7 for Windows. The last line sums up, `412 passed, 0 failed`.
 */

import { denoTally, judged, powershellTally, show, summary, type Tally } from "../tools/run_tests.ts";
import { ROOT } from "../tools/repository.ts";
import { say } from "../tools/say.ts";
import { unpackProgram } from "./packaged.ts";
import { openRig, RIG_FOLDER } from "./rig.ts";

/** @returns Whether the shell script ended well; what it says is shown. */
async function makeRig(): Promise<boolean> {
  const { success } = await new Deno.Command("bash", {
    args: [`${ROOT}tests/windows/make_rig.sh`, RIG_FOLDER, ROOT],
    stdin: "null",
  }).spawn().status;
  return success;
}

/**
 * The first two read scripts and start nothing; the others need npm, or a release for Linux, and have their like among
 * the tests of this folder.
 */
const NOT_UNDER_WINE =
  "Scripts,Framework,Chain,Install,InstallFolder,InstallRefusal,InstallSetting,Uninstall";

async function pester(): Promise<Tally | null> {
  const rig = openRig();
  const ended = await rig.powershell(
    ["-File", "Z:\\tests\\powershell\\Invoke-Tests.ps1", "-Except", NOT_UNDER_WINE],
    {
      env: {
        SPARE_KEY_DENO: "C:\\Program Files\\Spare Key\\deno.exe",
        SPARE_KEY_PWSH: "C:\\Program Files\\PowerShell\\7\\pwsh.exe",
        NO_COLOR: "1",
      },
    },
  );
  say(ended.stdout.trimEnd());
  return judged(powershellTally(ended.stdout), ended.code === 0);
}

if (import.meta.main) {
  if (!await makeRig()) {
    say("Cannot make the small Windows for tests: see above what is missing");
    Deno.exit(1);
  }
  const rig = openRig();
  const packed = await show(["task", "package", "--out", `${rig.folder}/dist`]);
  if (!packed.success) Deno.exit(1);
  await unpackProgram(rig, `${rig.folder}/dist`);
  const files = Deno.args.length > 0 ? Deno.args : ["tests/windows/"];
  const deno = await show(["test", "--frozen", "-A", ...files]);
  const tallies = [judged(denoTally(deno.output), deno.success)];
  if (Deno.args.length === 0) tallies.push(await pester());
  const { line, good } = summary(tallies, { strict: Deno.env.get("CI") !== undefined });
  say(`Windows: ${line}`);
  Deno.exit(good ? 0 : 1);
}
