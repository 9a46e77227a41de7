import assert from "node:assert/strict";
import { TASKS } from "../tasks/mod.ts";
import { readText, ROOT, writtenFiles } from "./tools/repository.ts";

/** A part of the tree: what it may import of the rest, of packages and of `node:`. The first that fits counts. */
interface Layer {
  /** A file, or a folder with `/` at the end. */
  readonly part: string;
  readonly mayImport: readonly string[];
  /** Names of packages; `node:` stands for all of Node's own. */
  readonly packages?: readonly string[];
}

const CORE_PACKAGES = ["zod", "csv-parse", "csv-stringify", "lean-qr", "fastest-levenshtein"];

/** What several tasks share. */
const SHARED = [
  "tasks/task.ts",
  "tasks/read_settings.ts",
  "tasks/read_request.ts",
  "tasks/say_night.ts",
  "tasks/failed_check.ts",
  "tasks/cut_off_run.ts",
  "tasks/find_keys.ts",
  "tasks/find_reports.ts",
  "tasks/find_known.ts",
  "tasks/find_contents.ts",
  "tasks/find_unnamed.ts",
  "tasks/seal_secrets.ts",
  "tasks/import_file.ts",
  "tasks/read_lists.ts",
  "tasks/import_reports.ts",
  "tasks/import_output.ts",
  "tasks/status_settings.ts",
  "tasks/status_runs.ts",
];

const DECIDING = ["lib/core/", "lib/ports.ts", "lib/errors.ts"];

const LAYERS: readonly Layer[] = [
  { part: "lib/errors.ts", mayImport: [] },
  { part: "lib/files_port.ts", mayImport: [] },
  {
    part: "lib/ports.ts",
    mayImport: [
      "lib/core/model.ts",
      "lib/core/ledger_model.ts",
      "lib/core/mail.ts",
      "lib/core/run_mark.ts",
      "lib/core/settings.ts",
      "lib/files_port.ts",
    ],
  },
  // templates come in as texts
  { part: "lib/core/", mayImport: ["lib/core/", "lib/errors.ts", "templates/"], packages: CORE_PACKAGES },
  // zod: the status.json that lies at a destination comes in here
  { part: "lib/nightly/", mayImport: ["lib/nightly/", ...DECIDING], packages: ["zod"] },
  {
    part: "lib/effects/",
    mayImport: ["lib/effects/", ...DECIDING],
    packages: ["node:", "nodemailer", "smtp-server", "age-encryption"],
  },
  { part: "tasks/task.ts", mayImport: ["lib/nightly/", ...DECIDING], packages: ["node:"] },
  { part: "tasks/mod.ts", mayImport: ["tasks/"] },
  {
    part: "tasks/arguments.ts",
    mayImport: ["tasks/mod.ts", "tasks/task.ts", "lib/errors.ts"],
    packages: ["node:"],
  },
  { part: "tasks/demo/", mayImport: ["tasks/demo/", "lib/nightly/", ...SHARED, ...DECIDING] },
  { part: "tasks/demo.ts", mayImport: ["tasks/demo/", "lib/nightly/", ...SHARED, ...DECIDING] },
  { part: "tasks/", mayImport: ["lib/nightly/", ...SHARED, ...DECIDING], packages: ["zod"] },
  {
    part: "main.ts",
    mayImport: ["deno.json", "lib/", "tasks/task.ts", "tasks/arguments.ts", "tasks/mod.ts"],
  },
];

/** One import. */
interface Edge {
  /** From the root on. */
  readonly from: string;
  /** From the root on, or the specifier of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** What `deno info --json` says, as far as it is needed. */
interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly {
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier?: string; readonly error?: string };
      readonly type?: { readonly specifier?: string; readonly error?: string };
    }[];
  }[];
}

async function readGraph(): Promise<{ readonly files: readonly string[]; readonly edges: readonly Edge[] }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "main.ts"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const graph: Graph = JSON.parse(new TextDecoder().decode(stdout));
  const root = new URL("../", import.meta.url).href;
  const short = (specifier: string): string => specifier.replace(root, "");
  const own = graph.modules.filter(({ specifier }) => specifier.startsWith(root));
  assert.deepEqual(own.filter(({ error }) => error !== undefined), []);
  const edges = own.flatMap((module) =>
    (module.dependencies ?? []).map((found): Edge => ({
      from: short(module.specifier),
      to: short(found.code?.specifier ?? found.type?.specifier ?? "not found"),
      typeOnly: found.code === undefined,
      dynamic: found.isDynamic ?? false,
    }))
  );
  return { files: own.map(({ specifier }) => short(specifier)), edges };
}

const graph = await readGraph();
const isOwn = (to: string): boolean => !/^(?:npm|node|jsr|https?|file):/.test(to);
const covers = (part: string, path: string): boolean =>
  part.endsWith("/") ? path.startsWith(part) : path === part;
/** `npm:/@scope/name@1.0.0/sub` → `@scope/name`. */
const packageOf = (to: string): string => /^npm:\/?((?:@[^/]+\/)?[^@/]+)/.exec(to)?.[1] ?? to;

function isWrong({ from, to }: Edge): boolean {
  const layer = LAYERS.find(({ part }) => covers(part, from));
  if (layer === undefined) return true;
  if (isOwn(to)) return !layer.mayImport.some((part) => covers(part, to));
  const allowed = layer.packages ?? [];
  return to.startsWith("node:") ? !allowed.includes("node:") : !allowed.includes(packageOf(to));
}

Deno.test("imports run one way: main.ts, tasks, nightly, core; effects are known to main.ts alone", () => {
  assert.ok(graph.edges.length > 100, "the graph is too small to be true");
  assert.ok(graph.edges.some((edge) => edge.typeOnly), "the graph does not see imports of types");
  assert.ok(graph.edges.some((edge) => edge.dynamic), "the graph does not see imports at run time");
  assert.deepEqual(graph.edges.filter(isWrong).map(({ from, to }) => `${from} -> ${to}`), []);
});

for (
  const [from, to] of [
    ["lib/core/diff.ts", "lib/ports.ts"],
    ["lib/core/diff.ts", "npm:/nodemailer@10.6.1"],
    ["lib/core/sha256.ts", "node:crypto"],
    ["lib/nightly/tell.ts", "lib/effects/json_log.ts"],
    ["lib/effects/json_log.ts", "lib/nightly/tell.ts"],
    ["tasks/check.ts", "lib/effects/json_log.ts"],
    ["tasks/check.ts", "tasks/status.ts"],
    ["lib/ports.ts", "lib/core/diff.ts"],
    ["main.ts", "tasks/check.ts"],
    ["other/new.ts", "lib/errors.ts"],
  ] as const
) {
  Deno.test(`the import order does not allow ${from} -> ${to}`, () => {
    assert.ok(isWrong({ from, to, typeOnly: false, dynamic: false }));
  });
}

Deno.test("no import leads back to where it came from, not even of a type or at run time", () => {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) cycles.push([...way.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const edge of graph.edges) {
      if (edge.from === file && isOwn(edge.to)) visit(edge.to, [...way, file]);
    }
    done.add(file);
  };
  for (const file of graph.files) visit(file, []);
  assert.deepEqual(cycles, []);
});

Deno.test("a task is loaded by the registry alone, and only when it runs", () => {
  const tasks = new Set(TASKS.map(({ name }) => `tasks/${name.replaceAll("-", "_")}.ts`));
  for (const path of tasks) assert.ok(graph.files.includes(path), `${path} is missing`);
  const wrong = graph.edges.filter(({ from, to, dynamic }) =>
    tasks.has(to) && !(from === "tasks/mod.ts" && dynamic)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("a night without news loads neither mail, sealing, pages nor node:crypto", () => {
  const loaded = new Set(["main.ts", "tasks/check.ts"]);
  for (const file of loaded) {
    for (const { from, to, typeOnly, dynamic } of graph.edges) {
      if (from === file && !typeOnly && !dynamic) loaded.add(to);
    }
  }
  const heavy =
    /^npm:\/?(?:nodemailer|smtp-server|age-encryption|lean-qr|csv-stringify)|^node:crypto$|^templates\/|^lib\/core\/(?:failed_runs|salvage_settings|render_mail)/;
  assert.deepEqual([...loaded].filter((one) => heavy.test(one)), []);
});

Deno.test("every file of lib and tasks is reached from main.ts", async () => {
  const written = (await writtenFiles()).filter((path) => /^(?:lib|tasks)\/.*\.ts$/.test(path));
  assert.deepEqual(written.filter((path) => !graph.files.includes(path)), []);
});

/** What makes the same input give other bytes, or touches the world. */
const IMPURE =
  /\bDeno\.\w|["']node:|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bconsole\b|\bperformance\.|\bfetch\(|\bsetTimeout\b|\bgetRandomValues\b|\brandomUUID\b/;

const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

Deno.test("what decides neither touches the world nor asks for time or chance", async () => {
  for (const sample of ["await Deno.stat(x)", "new Date()", 'import "node:fs"', "console.log(1)"]) {
    assert.match(sample, IMPURE);
  }
  const wrong: string[] = [];
  for (const path of (await writtenFiles()).filter((one) => /^lib\/(?:core|nightly)\//.test(one))) {
    const found = IMPURE.exec(withoutComments(await readText(path)))?.[0];
    if (found !== undefined && !MAY_WAIT.has(path)) wrong.push(`${path}: ${found}`);
  }
  assert.deepEqual(wrong, []);
});

/** Limits of time are what this file is for. */
const MAY_WAIT: ReadonlySet<string> = new Set(["lib/nightly/time_limit.ts"]);

const LONGEST_FILE = 300;

Deno.test(`no source file has more than ${LONGEST_FILE} lines`, async () => {
  const long: string[] = [];
  for (const path of (await writtenFiles()).filter((one) => /\.(?:ts|ps1|psm1)$/.test(one))) {
    if ((await readText(path)).trimEnd().split("\n").length > LONGEST_FILE) long.push(path);
  }
  assert.deepEqual(long, []);
});
