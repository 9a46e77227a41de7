/** The whole program as a process, from source. */

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

/** How a run ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run is given beside its words. */
export interface ProgramOptions {
  readonly stdin?: Uint8Array | string;
  readonly cwd?: string;
  /** In place of all rights on files and network. */
  readonly permissions?: readonly string[];
}

/** Runs `main.ts` with these words. */
export async function program(argv: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  const permissions = options.permissions ?? ["--allow-read", "--allow-write", "--allow-net"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--config", CONFIG, ...permissions, MAIN, ...argv],
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  }).spawn();
  if (options.stdin !== undefined) {
    const bytes = typeof options.stdin === "string" ? new TextEncoder().encode(options.stdin) : options.stdin;
    const writer = child.stdin.getWriter();
    // a program that refuses its input may end before it has read all
    await writer.write(bytes).then(() => writer.close()).catch(() => undefined);
  }
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Makes a folder for one test and removes it afterwards. */
export async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-test-" }));
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** @returns Names in a folder, sorted. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

/** All files below a folder: path to bytes. */
export async function filesBelow(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const walk = async (path: string): Promise<void> => {
    for await (const entry of Deno.readDir(path)) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory) await walk(child);
      else if (entry.isFile) found.set(child.slice(folder.length + 1), await Deno.readFile(child));
    }
  };
  await walk(folder);
  return found;
}

/** Bytes as text without what may stand between digits, UTF-16 folded: what a search for digits looks at. */
export function squeezed(bytes: Uint8Array | string): string {
  const text = typeof bytes === "string"
    ? bytes
    : Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return text.replace(/[\0 \-\n]/g, "");
}
