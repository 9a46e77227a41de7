/** A PC whose nights are run by the whole program, and what each night did, said and left behind. */

import { Buffer } from "node:buffer";
import { type ParsedMail, simpleParser } from "mailparser";
import { keyId, password, volume } from "../helpers/night_rig.ts";
import type { Ended } from "../helpers/program.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** The name of the PC, and of its folder at each destination. */
export const HOST = "ANNA-LAPTOP";

/** A line of the output about one report at one destination. */
export interface DeliveryLine {
  readonly destination: string;
  readonly report: string;
  readonly outcome: string;
  readonly error: string | null;
}

/** A night. */
export interface NightSeen extends Ended {
  /** As the output tells them. */
  readonly deliveries: readonly DeliveryLine[];
  /** Findings that are more than a note, as the run's own log has them. */
  readonly findings: readonly { readonly code: string; readonly text: string }[];
}

/** A night that may still be running. */
export interface RunningNight {
  /** Its process. */
  readonly pid: number;
  readonly ended: Promise<NightSeen>;
  /** Ends the process without asking it. */
  kill(): void;
}

/** How a night is started. */
export interface NightOptions {
  /** Numbers of the keys of drive C:. */
  readonly keys: readonly number[];
  /** The program and its words before `check`. @default {["main.ts"]} */
  readonly program?: readonly string[];
  /** Makes of Deno's command what is really started. */
  readonly through?: (command: readonly string[]) => readonly string[];
  readonly secrets?: Readonly<Record<string, string>>;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A PC with settings and a data folder. */
export interface FaultPc {
  /** Of this PC alone; gone afterwards. */
  readonly folder: string;
  /** As in the file. */
  settings: Readonly<Record<string, unknown>>;
  /** Starts the night of the next day, and does not wait for its end. */
  start(options: NightOptions): Promise<RunningNight>;
  /** Runs the night of the next day. */
  night(options: NightOptions): Promise<NightSeen>;
}

/** Runs a test with a PC in a folder of its own. */
export async function withPc(
  settings: (folder: string) => Readonly<Record<string, unknown>>,
  act: (pc: FaultPc) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-faults-" }));
  try {
    await act(newPc(folder, settings(folder)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function newPc(folder: string, settings: Readonly<Record<string, unknown>>): FaultPc {
  let day = 19;
  const data = `${folder}/data`;
  const pc: FaultPc = {
    folder,
    settings,
    async start(options): Promise<RunningNight> {
      const { keys, program = ["main.ts"], through = (command) => command, secrets = {}, env = {} } = options;
      day++;
      const runId = `night-${day}`;
      const snapshot = {
        schema: 1,
        takenAt: `2026-11-${day}T03:00:12.345+01:00`,
        host: { name: HOST, machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" },
        volumes: [volume("C:", keys)],
      };
      const envelope = { schema: 1, runId, snapshot, settings: { policy: null, file: pc.settings }, secrets };
      const [script = "", ...words] = program;
      const [command = "", ...args] = through([
        Deno.execPath(),
        ...["run", "--no-prompt", "--config", `${ROOT}deno.json`],
        ...["--allow-read", "--allow-write", "--allow-net", `${ROOT}${script}`],
        ...[...words, "check", "--data", data],
      ]);
      const child = new Deno.Command(command, {
        args,
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
        env: { NO_COLOR: "1", ...env },
      }).spawn();
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(JSON.stringify(envelope)));
      await writer.close();
      return {
        pid: child.pid,
        kill: () => child.kill("SIGKILL"),
        ended: child.output().then(async ({ code, stdout, stderr }) => {
          const decoder = new TextDecoder();
          const ended = { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
          return {
            ...ended,
            deliveries: deliveryLines(ended.stdout),
            findings: await loggedFindings(`${data}/spare-key.log`, runId),
          };
        }),
      };
    },
    night: async (options) => await (await pc.start(options)).ended,
  };
  return pc;
}

function deliveryLines(output: string): readonly DeliveryLine[] {
  const line = /^(\w+): (.+?) (delivered|accepted|handed-over|pending)(?: \((.*)\))?$/;
  return output.split("\n").flatMap((text) => {
    const [, destination = "", report = "", outcome = "", error] = line.exec(text) ?? [];
    return destination === "" ? [] : [{ destination, report, outcome, error: error ?? null }];
  });
}

type LogLine = Readonly<Record<string, string | null>>;

async function logLines(path: string): Promise<readonly LogLine[]> {
  const lines = (await Deno.readTextFile(path).catch(() => "")).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

function findingsIn(lines: readonly LogLine[]): NightSeen["findings"] {
  return lines.filter((one) => one["id"] === "FND001" && one["level"] !== "debug")
    .map((one) => ({ code: one["code"] ?? "", text: one["text"] ?? "" }));
}

async function loggedFindings(path: string, runId: string): Promise<NightSeen["findings"]> {
  return findingsIn((await logLines(path)).filter((one) => one["runId"] === runId));
}

/** What the last start of the program wrote into its log. */
export async function loggedNight(path: string): Promise<Pick<NightSeen, "deliveries" | "findings">> {
  const lines = await logLines(path);
  const ends = lines.flatMap((one, index) => one["id"] === "RUN001" ? [index] : []);
  const last = lines.slice((ends.at(-2) ?? -1) + 1, ends.at(-1));
  return {
    findings: findingsIn(last),
    deliveries: last.filter((one) => one["id"] === "DST001").map((one) => {
      const [, outcome = "", destination = ""] = /^(\S+) at "(.*)"$/.exec(one["text"] ?? "") ?? [];
      return { destination, report: one["report"] ?? "mail", outcome, error: one["error"] ?? null };
    }),
  };
}

/** Lists this PC's reports at a destination, in its folder or the one with a suffix; what is no report is left out. */
export async function reportsAt(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const folder of Deno.readDir(root)) {
    if (!folder.isDirectory || !folder.name.startsWith(HOST)) continue;
    for await (const { name, isFile } of Deno.readDir(`${root}/${folder.name}`)) {
      const path = `${root}/${folder.name}/${name}`;
      if (isFile && name !== "status.json") found.set(name, await Deno.readFile(path));
    }
  }
  return found;
}

/** The name of the report of a key that was first seen on the n-th night. */
export function reportName(key: number, night: number): string {
  return `2026-11-${19 + night} C BitLocker Recovery Key ${keyId(key)}.TXT`;
}

/** Numbers of the keys whose digits stand in these reports. */
export function keysIn(reports: Iterable<Uint8Array>, keys: readonly number[]): readonly number[] {
  const texts = Array.from(reports, (bytes) => new TextDecoder("utf-16le").decode(bytes));
  return keys.filter((key) => texts.some((text) => text.includes(password(key))));
}

/** Reads mails. */
export function parseMails(mails: readonly Uint8Array[]): Promise<readonly ParsedMail[]> {
  return Promise.all(mails.map((bytes) => simpleParser(Buffer.from(bytes))));
}

/** A text in one line, to find a sentence in it however it was wrapped. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Waits for something that another process does; the bound only keeps a broken test from hanging. */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Waited in vain: ${what}`);
}
