/** A PC whose nights are run by the scheduled script in PowerShell, which carries to shares. WMI alone is replayed. */

import { ROOT } from "../tools/repository.ts";
import { type DeliveryLine, loggedNight, type NightSeen } from "./fault_pc.ts";

/** PowerShell, the bundled program, and the environment of both. */
export interface Carrier {
  readonly shell: string;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a night of the script left. */
export interface CarrierNight extends Omit<NightSeen, "deliveries"> {
  /** Of the last start of the program, as its log has them. */
  readonly deliveries: readonly DeliveryLine[];
}

/** How a night is started. */
export interface CarrierOptions {
  readonly data: string;
  /** The folder in which a network path is an ordinary name, as it is on Linux. */
  readonly work: string;
  /** Makes of PowerShell's command what is really started. */
  readonly through?: (command: readonly string[]) => readonly string[];
}

/**
 * Bundles the program and finds PowerShell, or lets the PowerShell tests fetch theirs.
 *
 * @param folder Where the bundle goes.
 * @throws When there is no PowerShell.
 */
export async function openCarrier(folder: string): Promise<Carrier> {
  const deno = async (args: readonly string[]): Promise<boolean> => {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "--frozen", "-A", "--quiet", ...args],
      cwd: ROOT,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    return (await command.output()).success;
  };
  if (!await deno(["tests/tools/bundle.ts", folder])) throw new Error("The program could not be bundled");
  const home = `${ROOT}/.cache/powershell`;
  let shell = await findShell(home);
  if (shell === null) {
    // No test has this name: what runs them fetches PowerShell and finds nothing to do.
    await deno(["tests/powershell/run.ts", "no-test-has-this-name"]);
    shell = await findShell(home);
  }
  if (shell === null) throw new Error("PowerShell 7 is missing, and the .NET SDK 10 to fetch it");
  const env = {
    DOTNET_CLI_HOME: `${home}/home`,
    POWERSHELL_TELEMETRY_OPTOUT: "1",
    POWERSHELL_UPDATECHECK: "Off",
    NO_COLOR: "1",
  };
  return { shell, program: `${folder}/main.js`, env };
}

async function findShell(home: string): Promise<string | null> {
  for await (const { name } of Deno.readDir(home)) {
    const path = `${home}/${name}/pwsh`;
    if (name.startsWith("shell-") && await Deno.stat(path).then(() => true, () => false)) return path;
  }
  return null;
}

/** Runs a night of the PC that was recorded as "good". */
export async function carrierNight(carrier: Carrier, options: CarrierOptions): Promise<CarrierNight> {
  const { data, work, through = (command) => command } = options;
  const below = (path: string): string => `'${ROOT}/${path}'`;
  const lines = [
    `[System.Environment]::CurrentDirectory = '${work}'`,
    `Import-Module ${below("tests/powershell/CimReplay.psm1")}, ${
      below("tests/powershell/EventReplay.psm1")
    } -Global`,
    `Import-CimRecording -Path ${below("tests/testdata/cim/good.json")}`,
    `& ${below("scheduled/Invoke-SpareKey.ps1")} -DataFolder '${data}' -DenoPath '${Deno.execPath()}' ` +
    `-ProgramPath '${carrier.program}'`,
    "exit $LASTEXITCODE",
  ];
  const [command = "", ...args] = through([
    carrier.shell,
    "-NoProfile",
    "-NonInteractive",
    "-Command",
    lines.join("; "),
  ]);
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    env: { ...carrier.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
    ...await loggedNight(await logOf(data)),
  };
}

/** The recovery passwords of the recorded PC. */
export async function recordedPasswords(): Promise<readonly string[]> {
  const text = await Deno.readTextFile(`${ROOT}/tests/testdata/cim/good.json`);
  return [...text.matchAll(/"NumericalPassword": "([0-9-]{55})"/g)].map(([, digits = ""]) => digits);
}

/** The program's own folder, below that of the script, is an affair of the two. */
async function logOf(data: string): Promise<string> {
  for (const path of [`${data}/spare-key.log`, `${data}/state/spare-key.log`]) {
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  throw new Error(`The program wrote no log below "${data}"`);
}
