/** What everybody may see of the program and of whatever starts it, and what is left when it is killed. */

import assert from "node:assert/strict";
import { startMailServer, type TestMailServer } from "../helpers/mail_server.ts";
import { findPowerShell } from "../powershell/find_powershell.ts";
import { ROOT } from "../tools/repository.ts";
import { type CanaryLab, type CanaryPc, envelopeOf } from "./pc.ts";
import { ARCHIVE_KEY, DIGITS, SMTP_PASSWORD } from "./secrets.ts";
import type { Watch } from "./watch.ts";

/** A mail server that takes a mail and lets the program wait for the answer. */
interface SlowServer extends TestMailServer {
  /** Becomes true when a mail has come in. */
  arrived(): Promise<void>;
  /** Answers those that wait, and all that come later. */
  release(): void;
}

async function slowServer(): Promise<SlowServer> {
  const waiting: (() => void)[] = [];
  const begun = Promise.withResolvers<void>();
  let released = false;
  const server = await startMailServer({
    onAuth: (auth, _session, done) =>
      done(auth.password === SMTP_PASSWORD ? null : new Error("wrong login"), { user: "tom" }),
    onData(stream, _session, done): void {
      stream.resume();
      stream.on("end", () => {
        if (released) return done(null);
        waiting.push(() => done(null));
        begun.resolve();
      });
    },
  });
  return {
    ...server,
    arrived: () => begun.promise,
    release(): void {
      released = true;
      for (const answer of waiting) answer();
    },
  };
}

function settingsOf(folder: string, port: number): Readonly<Record<string, unknown>> {
  return {
    destinations: [
      { name: "keys", kind: "folder", path: `${folder}/keys`, synced: true },
      { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" },
    ],
    smtp: { host: "localhost", port, security: "none", from: "keys@example.org", user: "tom" },
    limits: { mailSeconds: 60 },
  };
}

/** A process and all that it has started. */
async function familyOf(pid: number): Promise<readonly number[]> {
  const children = new Map<number, number[]>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = await Deno.readTextFile(`/proc/${name}/status`).catch(() => "");
    const parent = Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? 0);
    children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  const below = (one: number): readonly number[] => [one, ...(children.get(one) ?? []).flatMap(below)];
  return below(pid);
}

/** Searches them. @returns How many they were. */
async function lookAtFamily(pid: number, where: string, watch: Watch): Promise<number> {
  const family = await familyOf(pid);
  let seen = 0;
  for (const one of family) if (await watch.process(one, `process ${one} of ${where}`)) seen++;
  return seen;
}

const isPlainReport = (path: string): readonly "digits"[] =>
  path.startsWith("keys/") && !path.endsWith("status.json") ? ["digits"] : [];

/** The program alone: looked at while it waits with all its secrets, then killed, and run again. */
export async function processes(lab: CanaryLab): Promise<void> {
  await lab.withPc(async (pc) => {
    await Deno.mkdir(`${pc.folder}/keys`);
    for (const signal of ["SIGKILL", "SIGABRT", "SIGTERM"] as const) {
      const server = await slowServer();
      try {
        const stdin = envelopeOf(settingsOf(pc.folder, server.port));
        const { code } = await pc.run(["check", "--data", pc.data, "--json"], {
          stdin,
          codes: [134, 137, 143],
          // A core dump is the whole memory: it is the system's to allow, and no task asks for one.
          through: (command) => ["sh", "-c", 'ulimit -c 0; exec "$@"', "sh", ...command],
          running: async (child) => {
            await server.arrived();
            assert.ok(await lookAtFamily(child.pid, "check", lab.watch) >= 1);
            const limits = await Deno.readTextFile(`/proc/${child.pid}/limits`);
            assert.match(limits, /^Max core file size\s+0\s+0\s/m);
            child.kill(signal);
          },
        });
        assert.ok(code > 128, signal);
      } finally {
        server.release();
        await server.stop();
      }
      const found = await pc.searchFiles(isPlainReport);
      assert.deepEqual([...found.keys()].filter((path) => /(?:^|\/)core[^/]*$/.test(path)), []);
    }
    const server = await slowServer();
    try {
      server.release();
      const stdin = envelopeOf(settingsOf(pc.folder, server.port));
      await pc.run(["check", "--data", pc.data], { stdin, codes: [0, 3] });
      await pc.searchFiles(isPlainReport);
    } finally {
      await server.stop();
    }
  });
}

/** A recording of a PC with one key. */
const RECORDING = `${ROOT}tests/testdata/cim/single-volume.json`;
const RECORDED = "249425-539187-330363-273262-016346-600963-497299-188144";

/** PowerShell with DPAPI played: a stored secret lies sealed in the data folder, and opens to what lies in `planted`. */
function scriptOf(pc: CanaryPc, settings: string): string {
  const kit = `${ROOT}tests/powershell`;
  return [
    `[System.Environment]::CurrentDirectory = '${pc.folder}/cwd'`,
    `Import-Module '${kit}/CimReplay.psm1', '${kit}/EventReplay.psm1' -Global`,
    `Import-CimRecording -Path '${pc.folder}/planted/recording.json'`,
    `Import-Module '${ROOT}scheduled/SpareKey/SpareKey.psd1'`,
    "& (Get-Module -Name SpareKey) {",
    "    function script:Unlock-Secret { param($Name, $Path)",
    `        $script:Secrets[$Name] = [System.IO.File]::ReadAllText("${pc.folder}/planted/$Name") }`,
    "}",
    `$result = Invoke-SpareKey -DataFolder '${pc.folder}/${settings}' -DenoPath '${Deno.execPath()}' ` +
    `-ProgramPath '${pc.program}'`,
    "$result | Format-List -Property *",
    "exit $result.ExitCode",
  ].join("\n");
}

async function runPowerShell(
  pc: CanaryPc,
  { name, running = () => Promise.resolve() }: {
    readonly name: string;
    readonly running?: (pid: number) => Promise<void>;
  },
): Promise<{ readonly code: number; readonly stdout: string }> {
  const found = await findPowerShell();
  if (found === null) throw new Error("PowerShell 7 with Pester is missing, and dotnet to fetch them");
  await Deno.writeTextFile(`${pc.folder}/${name}.ps1`, scriptOf(pc, name));
  const child = new Deno.Command(found.shell, {
    args: ["-NoProfile", "-NonInteractive", "-File", `${pc.folder}/${name}.ps1`],
    cwd: `${pc.folder}/cwd`,
    env: {
      ...found.env,
      NO_COLOR: "1",
      TMPDIR: `${pc.folder}/temp`,
      POWERSHELL_TELEMETRY_OPTOUT: "1",
      POWERSHELL_UPDATECHECK: "Off",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  await Promise.race([running(child.pid), output]);
  const { code, stdout, stderr } = await output;
  pc.watch.look(`stdout of PowerShell, ${name}`, stdout);
  pc.watch.look(`stderr of PowerShell, ${name}`, stderr);
  return { code, stdout: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/** The scheduled script in PowerShell, with the program behind it. */
export async function orchestrator(lab: CanaryLab): Promise<void> {
  await lab.withPc(async (pc) => {
    const server = await slowServer();
    try {
      for (const name of ["keys", "planted", "good/secrets", "bad/secrets"]) {
        await Deno.mkdir(`${pc.folder}/${name}`, { recursive: true });
      }
      const recording = await Deno.readTextFile(RECORDING);
      await Deno.writeTextFile(`${pc.folder}/planted/recording.json`, recording.replaceAll(RECORDED, DIGITS));
      const stored = [["smtpPassword", SMTP_PASSWORD], ["archiveKey", ARCHIVE_KEY]] as const;
      for (const [name, secret] of stored) {
        await Deno.writeTextFile(`${pc.folder}/planted/${name}`, secret);
        for (const data of ["good", "bad"]) {
          await Deno.writeTextFile(`${pc.folder}/${data}/secrets/${name}.bin`, "sealed");
        }
      }
      const settings = settingsOf(pc.folder, server.port);
      await Deno.writeTextFile(`${pc.folder}/good/settings.json`, JSON.stringify(settings));
      // Wrong in a way that quotes a value, which is the password.
      const wrong = { ...settings, smtp: { host: SMTP_PASSWORD, from: "keys@example.org" } };
      await Deno.writeTextFile(`${pc.folder}/bad/settings.json`, JSON.stringify(wrong));
      let family = 0;
      const good = await runPowerShell(pc, {
        name: "good",
        running: async (pid) => {
          await server.arrived();
          family = await lookAtFamily(pid, "PowerShell", lab.watch);
          server.release();
        },
      });
      assert.equal(good.code, 0, good.stdout);
      assert.ok(family >= 2, `PowerShell and the program: ${family}`);
      const bad = await runPowerShell(pc, { name: "bad" });
      assert.equal(bad.code, 10, bad.stdout);
      const found = await pc.searchFiles((path) => {
        if (path.startsWith("planted/")) return ["digits", "password", "archiveKey"];
        return path === "bad/settings.json" ? ["password"] : isPlainReport(path);
      });
      assert.ok([...found].some(([path, kinds]) => path.startsWith("keys/") && kinds.includes("digits")));
      assert.ok(found.has("bad/logs/last-failure.txt"), [...found.keys()].join("\n"));
    } finally {
      server.release();
      await server.stop();
    }
  });
}
