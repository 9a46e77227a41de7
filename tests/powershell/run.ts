/**
 * Runs the Pester tests of `scheduled/` in one PowerShell. `deno run -A tests/powershell/run.ts`
 *
 * PowerShell 7 and Pester are taken from the machine, or fetched by `dotnet` from NuGet into `.cache/powershell/`.
 * Where neither can be had, it says how many tests that leaves out and ends well, except where `CI` is set.
 */

const POWERSHELL_VERSION = "7.6.9";
const PESTER_VERSION = "6.2.0";

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
const cache = `${here}/../../.cache/powershell`;
const isWindows = Deno.build.os === "windows";

/** Variables that keep `dotnet` inside the cache and silent; all others, such as those on certificates, pass. */
const dotnetEnvironment = {
  DOTNET_CLI_HOME: `${cache}/home`,
  DOTNET_CLI_TELEMETRY_OPTOUT: "1",
  DOTNET_NOLOGO: "1",
  DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
  NUGET_PACKAGES: `${cache}/packages`,
};

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Runs a program. Returns whether it was there and ended well; what it said is shown when it did not. */
async function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  try {
    const output = await new Deno.Command(program, { args: [...args], env, stdin: "null" }).output();
    if (!output.success) {
      say(`${program} ${args.join(" ")} ended with code ${output.code}`);
      await Deno.stdout.write(output.stdout);
      await Deno.stderr.write(output.stderr);
    }
    return output.success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Tells whether this PowerShell is version 7 and has the right Pester. */
async function hasPester(shell: string, env: Record<string, string>): Promise<boolean> {
  const script =
    `if (($PSVersionTable.PSVersion.Major -lt 7) -or -not (Get-Module -ListAvailable -FullyQualifiedName ` +
    `@{ ModuleName = 'Pester'; RequiredVersion = '${PESTER_VERSION}' })) { exit 9 }`;
  try {
    const args = ["-NoProfile", "-NonInteractive", "-Command", script];
    return (await new Deno.Command(shell, { args, env, stdin: "null", stdout: "null", stderr: "null" })
      .output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Copies a folder with all its folders. */
async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    if (entry.isDirectory) await copyFolder(`${from}/${entry.name}`, `${to}/${entry.name}`);
    else await Deno.copyFile(`${from}/${entry.name}`, `${to}/${entry.name}`);
  }
}

/** Fetches PowerShell and Pester into the cache. Returns the path of PowerShell, or `null` without `dotnet`. */
async function fetchPowerShell(): Promise<string | null> {
  const shell = `${cache}/shell-${POWERSHELL_VERSION}/${isWindows ? "pwsh.exe" : "pwsh"}`;
  await Deno.mkdir(dotnetEnvironment.DOTNET_CLI_HOME, { recursive: true });
  if (!(await exists(shell))) {
    const args = ["tool", "install", "--tool-path", `${cache}/shell-${POWERSHELL_VERSION}`, "PowerShell"];
    if (!(await run("dotnet", [...args, "--version", POWERSHELL_VERSION], dotnetEnvironment))) return null;
  }
  const modules = `${cache}/modules/Pester/${PESTER_VERSION}`;
  if (!(await exists(`${modules}/Pester.psd1`))) {
    const args = ["package", "download", `Pester@${PESTER_VERSION}`, "-o", `${cache}/nuget`];
    if (!(await run("dotnet", args, dotnetEnvironment))) return null;
    // Under another name first: a copy that was cut short must not pass for the whole.
    await Deno.remove(`${modules}.part`, { recursive: true }).catch(() => undefined);
    await copyFolder(`${cache}/nuget/pester/${PESTER_VERSION}/tools`, `${modules}.part`);
    await Deno.rename(`${modules}.part`, modules);
  }
  return shell;
}

/** Fetches the references into the cache. Returns the variables that name them, or `null` without `dotnet`. */
async function fetchReferences(): Promise<Record<string, string> | null> {
  await Deno.mkdir(dotnetEnvironment.DOTNET_CLI_HOME, { recursive: true });
  const variables: Record<string, string> = {};
  for (const { name, version, variable, path } of REFERENCES) {
    const folder = `${cache}/references/${name}-${version}`;
    if (!(await exists(folder))) {
      // Under another name first, as above.
      await Deno.remove(`${folder}.part`, { recursive: true }).catch(() => undefined);
      const args = ["package", "download", `${name}@${version}`, "-o", `${folder}.part`];
      if (!(await run("dotnet", args, dotnetEnvironment))) return null;
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

/** Finds a PowerShell with Pester: the machine's own, or the one in the cache. */
async function findPowerShell(): Promise<{ shell: string; env: Record<string, string> } | null> {
  if (await hasPester("pwsh", {})) return { shell: "pwsh", env: {} };
  const shell = await fetchPowerShell();
  return shell === null
    ? null
    : { shell, env: { PSModulePath: `${cache}/modules`, DOTNET_CLI_HOME: `${cache}/home` } };
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
