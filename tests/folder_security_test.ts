import assert from "node:assert/strict";
import { accountSid, folderSddl } from "../lib/core/folder_security.ts";
import { parseSddl } from "../lib/core/parse_sddl.ts";
import { accessOf } from "../lib/core/readable_by.ts";

const ANNA = "S-1-5-21-1111-2222-3333-1001";
const ENTRA = "S-1-12-1-1111-2222-3333-4444";

Deno.test("folderSddl() lets only SYSTEM and administrators in, and others no further than to read", () => {
  assert.deepEqual(accessOf(folderSddl("data")), { readers: [], writers: [] });
  assert.deepEqual(accessOf(folderSddl("secrets")), { readers: [], writers: [] });
  assert.deepEqual(accessOf(folderSddl("program")), { readers: ["Users"], writers: [] });
  assert.deepEqual(accessOf(folderSddl("pickup", { user: ANNA })), { readers: [ANNA], writers: [] });
  assert.deepEqual(accessOf(folderSddl("pickup", { user: ENTRA })), { readers: [ENTRA], writers: [] });
});

Deno.test("folderSddl() keeps out what the folder above grants", () => {
  for (
    const sddl of [
      folderSddl("data"),
      folderSddl("secrets"),
      folderSddl("program"),
      folderSddl("pickup", { user: ANNA }),
    ]
  ) {
    assert.equal(parseSddl(sddl)?.protected, true, sddl);
    assert.equal(parseSddl(sddl)?.owner, "S-1-5-32-544", sddl);
  }
});

Deno.test("accountSid() takes the SID of an account and nothing that many people are", () => {
  assert.equal(accountSid("s-1-5-21-1111-2222-3333-01001"), ANNA);
  assert.equal(accountSid(ENTRA), ENTRA);
  for (
    const text of [
      "",
      "BU",
      "WD",
      "S-1-1-0",
      "S-1-5-11",
      "S-1-5-21-1-2-3",
      "DU",
      "Anna",
      `${ANNA})(A;;FA;;;WD`,
    ]
  ) {
    assert.throws(() => accountSid(text), TypeError, text);
    assert.throws(() => folderSddl("pickup", { user: text }), TypeError, text);
  }
  assert.throws(() => folderSddl("pickup"), TypeError);
});

const SCRIPTS = new URL("../scheduled/", import.meta.url);

/** Without comments, whose examples set nothing. */
async function readScript(path: string): Promise<string> {
  return (await Deno.readTextFile(new URL(path, SCRIPTS))).replace(/<#[\s\S]*?#>/g, "").replace(
    /^\s*#.*$/gm,
    "",
  );
}

Deno.test("PowerShell sets the same owner and rights", async () => {
  const script = await readScript("SpareKey/Private/Get-FolderSddl.ps1");
  const base = /\$sddl = '([^']+)'/.exec(script)?.[1];
  const added = [...script.matchAll(/\$Name -eq '(\w+)'[\s\S]*?return \$sddl \+ ['"]([^'"]+)['"]/g)];
  const written = Object.fromEntries(added.map(([, name, entry]) => [name, `${base}${entry}`]));
  assert.deepEqual({ Data: base, Secrets: base, ...written }, {
    Data: folderSddl("data"),
    Secrets: folderSddl("secrets"),
    Program: folderSddl("program"),
    Pickup: folderSddl("pickup", { user: ANNA }).replace(ANNA, "$Sid"),
  });
  assert.equal(
    script.match(/\(A;/g)?.length,
    4,
    "one entry each for SYSTEM, Administrators, Users and a person",
  );
});

Deno.test("no other script has rights of its own", async () => {
  const others: string[] = [];
  for (const folder of ["", "SpareKey/", "SpareKey/Private/", "SpareKey/Public/"]) {
    for await (const { name } of Deno.readDir(new URL(folder, SCRIPTS))) {
      if (!/\.psm?1$/.test(name) || name === "Get-FolderSddl.ps1") continue;
      if (/\([AD];[A-Z]*;[^;()]*;;;/.test(await readScript(`${folder}${name}`))) others.push(folder + name);
    }
  }
  assert.deepEqual(others, []);
});
