/** PowerShell 7 with Pester: the machine's own, or fetched by `dotnet` from NuGet into `.cache/powershell/`. */

const POWERSHELL_VERSION = "7.6.9";
const PESTER_VERSION = "6.2.0";

/** Where it is fetched to. */
export const CACHE = `${import.meta.dirname ?? "."}/../../.cache/powershell`;
const isWindows = Deno.build.os === "windows";

/** Variables that keep `dotnet` inside the cache and silent; all others, such as those on certificates, pass. */
export const DOTNET_ENVIRONMENT: Readonly<Record<string, string>> & { readonly DOTNET_CLI_HOME: string } = {
  DOTNET_CLI_HOME: `${CACHE}/home`,
  DOTNET_CLI_TELEMETRY_OPTOUT: "1",
  DOTNET_NOLOGO: "1",
  DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
  NUGET_PACKAGES: `${CACHE}/packages`,
};

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** Tells whether there is anything of that name. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Runs a program. Returns whether it was there and ended well; what it said is shown when it did not. */
export async function run(
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
  const shell = `${CACHE}/shell-${POWERSHELL_VERSION}/${isWindows ? "pwsh.exe" : "pwsh"}`;
  await Deno.mkdir(DOTNET_ENVIRONMENT.DOTNET_CLI_HOME, { recursive: true });
  if (!(await exists(shell))) {
    const args = ["tool", "install", "--tool-path", `${CACHE}/shell-${POWERSHELL_VERSION}`, "PowerShell"];
    if (!(await run("dotnet", [...args, "--version", POWERSHELL_VERSION], DOTNET_ENVIRONMENT))) return null;
  }
  const modules = `${CACHE}/modules/Pester/${PESTER_VERSION}`;
  if (!(await exists(`${modules}/Pester.psd1`))) {
    const args = ["package", "download", `Pester@${PESTER_VERSION}`, "-o", `${CACHE}/nuget`];
    if (!(await run("dotnet", args, DOTNET_ENVIRONMENT))) return null;
    // Under another name first: a copy that was cut short must not pass for the whole.
    await Deno.remove(`${modules}.part`, { recursive: true }).catch(() => undefined);
    await copyFolder(`${CACHE}/nuget/pester/${PESTER_VERSION}/tools`, `${modules}.part`);
    await Deno.rename(`${modules}.part`, modules);
  }
  return shell;
}

/** A PowerShell, and what it wants in its environment. */
export interface FoundPowerShell {
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Finds a PowerShell with Pester: the machine's own, or the one in the cache. */
export async function findPowerShell(): Promise<FoundPowerShell | null> {
  if (await hasPester("pwsh", {})) return { shell: "pwsh", env: {} };
  const shell = await fetchPowerShell();
  return shell === null
    ? null
    : { shell, env: { PSModulePath: `${CACHE}/modules`, DOTNET_CLI_HOME: `${CACHE}/home` } };
}
