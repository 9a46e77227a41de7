/**
 * Runs the Pester tests of `scheduled/` in one PowerShell. `deno run -A tests/powershell/run.ts`
 *
 * PowerShell 7 and Pester are taken from the machine, or fetched by `dotnet` from NuGet into `.cache/powershell/`.
 * Where neither can be had, it says how many tests that leaves out and ends well, except where `CI` is set.
 */

import { CACHE, DOTNET_ENVIRONMENT, exists, findPowerShell, run } from "./find_powershell.ts";

/** What scripts are held against: .NET Framework 4.8, PowerShell 5.1, and the library that reads both. */
const REFERENCES = [
  {
    name: "Microsoft.NETFramework.ReferenceAssemblies.net48",
    version: "1.0.3",
    variable: "SPARE_KEY_FRAMEWORK",
    path: "build/.NETFramework/v4.8",
  },
  {
    name: "PowerShellStandard.Library",
    version: "5.1.1",
    variable: "SPARE_KEY_FRAMEWORK_POWERSHELL",
    path: "lib/net452/System.Management.Automation.dll",
  },
  {
    name: "System.Reflection.MetadataLoadContext",
    version: "10.0.12",
    variable: "SPARE_KEY_FRAMEWORK_READER",
    path: "lib/net8.0/System.Reflection.MetadataLoadContext.dll",
  },
] as const;

const here = import.meta.dirname ?? ".";

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** Fetches the references into the cache. Returns the variables that name them, or `null` without `dotnet`. */
async function fetchReferences(): Promise<Record<string, string> | null> {
  await Deno.mkdir(DOTNET_ENVIRONMENT.DOTNET_CLI_HOME, { recursive: true });
  const variables: Record<string, string> = {};
  for (const { name, version, variable, path } of REFERENCES) {
    const folder = `${CACHE}/references/${name}-${version}`;
    if (!(await exists(folder))) {
      // Under another name first, as above.
      await Deno.remove(`${folder}.part`, { recursive: true }).catch(() => undefined);
      const args = ["package", "download", `${name}@${version}`, "-o", `${folder}.part`];
      if (!(await run("dotnet", args, DOTNET_ENVIRONMENT))) return null;
      await Deno.rename(`${folder}.part`, folder);
    }
    variables[variable] = `${folder}/${name.toLowerCase()}/${version}/${path}`;
  }
  return variables;
}

/** Counts the blocks that are tests. */
async function countTests(): Promise<number> {
  let count = 0;
  for await (const entry of Deno.readDir(here)) {
    if (!entry.name.endsWith(".Tests.ps1")) continue;
    count += (await Deno.readTextFile(`${here}/${entry.name}`)).match(/^\s*It '/gm)?.length ?? 0;
  }
  return count;
}

const found = await findPowerShell();
if (found === null) {
  say(
    `${await countTests()} PowerShell tests skipped: neither PowerShell 7 with Pester nor dotnet to fetch them is there`,
  );
  Deno.exit(Deno.env.get("CI") === undefined ? 0 : 1);
}
const references = await fetchReferences();
if (references === null) {
  say("Framework.Tests.ps1 skipped: dotnet is not there to fetch what it compares with");
  if (Deno.env.get("CI") !== undefined) Deno.exit(1);
}
const command = new Deno.Command(found.shell, {
  args: ["-NoProfile", "-NonInteractive", "-File", `${here}/Invoke-Tests.ps1`, ...Deno.args],
  env: {
    ...found.env,
    ...references,
    SPARE_KEY_DENO: Deno.execPath(),
    SPARE_KEY_PWSH: found.shell,
    POWERSHELL_TELEMETRY_OPTOUT: "1",
    POWERSHELL_UPDATECHECK: "Off",
    NO_COLOR: "1",
  },
  stdin: "null",
});
Deno.exit((await command.spawn().status).code);
