/** The tasks, by name. Help, `main.ts` and the README's test read this. */

import type { OptionSpec, TaskSpec } from "./task.ts";

const data: OptionSpec = { type: "string", value: "DIR", help: "folder of ledger, archive and log" };
const config: OptionSpec = {
  type: "string",
  value: "FILE",
  help: "settings file instead of settings.json in the data folder",
};
const json: OptionSpec = { type: "boolean", help: "one JSON document on stdout, also for errors" };
const help: OptionSpec = { type: "boolean", help: "this text" };
const drive: OptionSpec = { type: "string", value: "C:", help: "only this drive" };

/** Every task. */
export const TASKS: readonly TaskSpec[] = [
  {
    name: "check",
    summary: "the nightly job: compare with the last run, deliver reports, tell what changed",
    usage: "[--snapshot FILE] [--dry-run]",
    example: "check --snapshot snapshot.json --data data --dry-run",
    options: {
      snapshot: { type: "string", value: "FILE", help: "snapshot or envelope to read, instead of stdin" },
      "dry-run": { type: "boolean", help: "say what would be done and write nothing at all" },
      data,
      config,
      json,
      help,
    },
    positionals: false,
    exits: ["partial", "settings", "snapshot", "ledger", "busy"],
    load: () => import("./check.ts"),
  },
  {
    name: "status",
    summary: "what is known now: drives, Key IDs, where copies are and when they were last seen",
    usage: "",
    example: "status --data data",
    options: { data, json, help },
    positionals: false,
    exits: ["ledger"],
    load: () => import("./status.ts"),
  },
  {
    name: "history",
    summary: "every change, dated",
    usage: "[--drive C:]",
    example: "history --data data --drive C:",
    options: { drive, data, json, help },
    positionals: false,
    exits: ["ledger"],
    load: () => import("./history.ts"),
  },
  {
    name: "print",
    summary: "recovery sheets for the keys of a snapshot, or of reports",
    usage: "[FILE...] [--snapshot FILE] [--out DIR] [--drive C:] [--format html]",
    example: "print --snapshot snapshot.json --out sheets",
    options: {
      snapshot: { type: "string", value: "FILE", help: "snapshot to read; without it and FILE, stdin" },
      out: { type: "string", value: "DIR", help: "where the files go; the current folder without it" },
      drive,
      format: { type: "string", value: "FORM", help: "html (a sheet to print), txt, csv or json" },
      data,
      config,
      json,
      help,
    },
    positionals: true,
    exits: ["partial", "none", "settings", "snapshot"],
    load: () => import("./print.ts"),
  },
  {
    name: "find",
    summary: "the right key by the characters that the blue screen shows, by PC or by label",
    usage: "TEXT --in DIR...",
    example: "find 58E9DFAD --in reports",
    options: {
      in: {
        type: "string",
        multiple: true,
        value: "DIR",
        help: "folder of reports; may be given several times",
      },
      data,
      json,
      help,
    },
    positionals: true,
    exits: ["partial", "none"],
    load: () => import("./find.ts"),
  },
  {
    name: "demo",
    summary: "the story of a family's PCs over several nights, with real files and mails",
    usage: "[--out DIR]",
    example: "demo --out demo",
    options: {
      out: {
        type: "string",
        value: "DIR",
        help: "where files and mails go; a new folder below ./demo without it",
      },
      data,
      json,
      help,
    },
    positionals: false,
    exits: [],
    load: () => import("./demo.ts"),
  },
  {
    name: "permissions",
    summary: "what Deno may do with these settings, as a Deno config file",
    usage: "",
    example: "permissions",
    options: { data, config, json, help },
    positionals: false,
    exits: ["settings"],
    hidden: true,
    load: () => import("./permissions.ts"),
  },
];
