import assert from "node:assert/strict";
import { sayHeadline } from "../lib/core/say_headline.ts";

Deno.test("sayHeadline() names what happened and where", () => {
  const rows: readonly (readonly [string, { readonly drive: string | null } | null, string])[] = [
    ["key-added", { drive: "C:" }, "New recovery key for drive C:"],
    ["no-recovery-key", { drive: null }, "No recovery key for drive without a letter"],
    ["unreadable", null, "Cannot read this PC"],
    ["not-elevated", null, "Spare Key lacks administrator rights"],
    ["windows-backup", { drive: "C:" }, "Windows' own copy of a key: drive C:"],
    ["something-new\r\n", null, "something-new"],
    ["toString", null, "toString"],
    ["key-removed", { drive: "$&%" }, "Recovery key removed from drive $&%"],
  ];
  for (const [kind, volume, expected] of rows) assert.equal(sayHeadline(kind, volume), expected);
});
