/**
 * The whole of it under Wine: installed from the unpacked zip, then nights by the entry script in PowerShell 7 for
 * Windows. Replayed is what Wine lacks (CIM, event log); `schtasks.exe` is the rig's stand-in. Registry, DPAPI, child
 * processes, shares, Deno and mail are what they are.
 */

import assert from "node:assert/strict";
import { decodeText } from "../../lib/core/decode_text.ts";
import { LOGIN, startMailServer, type TestMailServer } from "../helpers/mail_server.ts";
import { filesBelow } from "../helpers/program.ts";
import { INSTALLED } from "./packaged.ts";
import { type Ended, namesIn, openRig } from "./rig.ts";

const rig = openRig();
const ANNA = "S-1-5-21-1000-2000-3000-1001";
const DATA = "C:\\ProgramData\\Spare Key";
const data = `${rig.driveC}/ProgramData/Spare Key`;
const onedrive = `${rig.driveC}/Users/Änna/OneDrive`;
const share = `${rig.share}/keys`;

/** Runs PowerShell and expects success. */
async function must(script: string): Promise<string> {
  const ended = await rig.powershell(["-Command", script]);
  assert.equal(ended.code, 0, `${script}\n${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}

/** Runs an installed script. */
function script(name: string, ...args: readonly string[]): Promise<Ended> {
  return rig.powershell(["-File", `${INSTALLED}\\${name}`, ...args]);
}

interface NightOptions {
  readonly recording?: string;
  /** Whether Anna is. */
  readonly signedIn?: boolean;
  /** Further parameters. */
  readonly more?: string;
}

/** Gives a hive what OneDrive writes there. Wine forgets all hives but those of its one user when nothing runs. */
function signIn(hive: string): string {
  const key = `${hive}\\Software\\Microsoft\\OneDrive\\Accounts\\Personal`;
  return `$null = New-Item -Force '${key}'; Set-ItemProperty '${key}' UserFolder 'C:\\Users\\Änna\\OneDrive'`;
}

/** One night by the entry script, with recorded answers of CIM and of the event log. */
async function night(
  { recording = "good", signedIn = true, more = "" }: NightOptions = {},
): Promise<Ended & { readonly starts: number }> {
  const command = [
    ...(signedIn ? [signIn(`Registry::HKEY_USERS\\${ANNA}`)] : []),
    "Import-Module 'Z:\\tests\\powershell\\CimReplay.psm1', 'Z:\\tests\\powershell\\EventReplay.psm1' -Global",
    `Import-CimRecording -Path 'Z:\\tests\\testdata\\cim\\${recording}.json'`,
    `& '${INSTALLED}\\Invoke-SpareKey.ps1' ${more}`,
    "exit $LASTEXITCODE",
  ].join("; ");
  const before = await startsIn();
  const ended = await rig.powershell(["-Command", command]);
  return { ...ended, starts: await startsIn() - before };
}

/** How often the program ran a night so far, by its log. */
async function startsIn(): Promise<number> {
  const log = await Deno.readTextFile(`${data}/state/spare-key.log`).catch(() => "");
  return log.split("\n").filter((line) => line.includes('"RUN001"')).length;
}

/** The digits in a recording, by Key ID. */
async function digitsOf(recording: string): Promise<ReadonlyMap<string, string>> {
  const text = await Deno.readTextFile(new URL(`../testdata/cim/${recording}.json`, import.meta.url));
  const { methods } = JSON.parse(text) as {
    methods: Record<string, Record<string, Record<string, { NumericalPassword?: string | null }>>>;
  };
  return new Map(
    Object.values(methods).flatMap((calls) =>
      Object.entries(calls["GetKeyProtectorNumericalPassword"] ?? {}).flatMap(([id, answer]) =>
        answer.NumericalPassword
          ? [[id.replace(/[{}]/g, "").toUpperCase(), answer.NumericalPassword] as const]
          : []
      )
    ),
  );
}

async function reportsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await filesBelow(folder).catch(() => new Map<string, Uint8Array>());
  return new Map(
    [...files].filter(([name]) => name.endsWith(".TXT")).map(([name, bytes]) => [name, decodeText(bytes)]),
  );
}

/** Every key of the recording has one report there, with its digits. */
async function assertHolds(folder: string, recording: string): Promise<void> {
  const reports = await reportsBelow(folder);
  const digits = await digitsOf(recording);
  assert.ok(digits.size > 1);
  for (const [id, password] of digits) {
    const found = [...reports].filter(([name]) => name.includes(id));
    assert.equal(found.length, 1, `${id} below ${folder}: ${[...reports.keys()].join(", ")}`);
    assert.ok(found[0]?.[1].includes(password), id);
  }
}

async function removeAll(): Promise<void> {
  for (const path of [data, `${rig.driveC}/Users/Änna`, share, `${rig.driveC}/windows/tasks/stand-in`]) {
    await Deno.remove(path, { recursive: true }).catch(() => undefined);
  }
  await must(
    [
      "$ErrorActionPreference = 'SilentlyContinue'",
      "Remove-Item -Recurse -Force 'HKLM:\\SOFTWARE\\Policies\\Spare Key', 'HKLM:\\SOFTWARE\\Spare Key', " +
      `'Registry::HKEY_USERS\\${ANNA}', 'HKCU:\\Software\\Microsoft\\OneDrive'`,
      "exit 0",
    ].join("; "),
  );
}

/** Anna has a OneDrive, policy names mail server and reader, settings share and OneDrive; all is installed. */
async function setUp(server: TestMailServer): Promise<void> {
  await removeAll();
  await Deno.mkdir(onedrive, { recursive: true });
  await Deno.mkdir(share, { recursive: true });
  const profiles = `HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${ANNA}`;
  await must([
    "$ErrorActionPreference = 'Stop'",
    // Wine has one user; the stand-in for Task Scheduler runs Anna's task as him.
    signIn("HKCU:"),
    `$null = New-Item -Force '${profiles}'; Set-ItemProperty '${profiles}' ProfileImagePath 'C:\\Users\\Änna'`,
    "$policy = 'HKLM:\\SOFTWARE\\Policies\\Spare Key'",
    '$null = New-Item -Force "$policy\\Mail"; $null = New-Item -Force "$policy\\Smtp"',
    "Set-ItemProperty \"$policy\\Mail\" To ([string[]]'tom@example.org') -Type MultiString",
    "Set-ItemProperty \"$policy\\Smtp\" Host 'localhost'; Set-ItemProperty \"$policy\\Smtp\" Security 'none'",
    `Set-ItemProperty "$policy\\Smtp" Port ${server.port} -Type DWord`,
    `Set-ItemProperty "$policy\\Smtp" User '${LOGIN.user}'; Set-ItemProperty "$policy\\Smtp" From 'keys@example.org'`,
  ].join("; "));
  await Deno.writeTextFile(`${rig.driveC}/settings.json`, JSON.stringify(SETTINGS));
  const installed = await script("Install-SpareKey.ps1", "-InPlace", "-SettingsFile", "C:\\settings.json");
  assert.equal(installed.code, 0, installed.stdout + installed.stderr);
  const secret = await rig.powershell([
    "-InputFormat",
    "None",
    "-Command",
    `Import-Module '${INSTALLED}\\SpareKey\\SpareKey.psd1'; Set-SpareKeySecret -Name smtpPassword -StandardInput`,
  ], { stdin: new TextEncoder().encode(LOGIN.password) });
  assert.equal(secret.code, 0, secret.stdout + secret.stderr);
}

/** Lets policy name another port of the mail server. */
async function useMailPort(port: number): Promise<void> {
  await must(`Set-ItemProperty 'HKLM:\\SOFTWARE\\Policies\\Spare Key\\Smtp' Port ${port} -Type DWord`);
}

const SETTINGS = {
  destinations: [
    { name: "office", kind: "share", path: "\\\\nas\\share\\keys", sealed: false },
    { name: "anna", kind: "onedrive", user: ANNA, sealed: false },
  ],
};

async function withMail(act: (server: TestMailServer) => Promise<void>): Promise<void> {
  const server = await startMailServer({ allowInsecureAuth: true });
  try {
    await act(server);
  } finally {
    await server.stop();
    await removeAll();
  }
}

Deno.test("installed, the first night brings every key to share and OneDrive and mails; the second is quiet", async () => {
  await withMail(async (server) => {
    await setUp(server);
    assert.deepEqual(
      await namesIn(`${data}/secrets`),
      ["archiveKey.bin", "smtpPassword.bin"],
    );

    const first = await night();
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.equal(first.starts, 2, "a night with news for a share has two starts");
    await assertHolds(share, "good");
    await assertHolds(`${onedrive}/Spare Key`, "good");
    assert.deepEqual(
      [...(await filesBelow(`${data}/pickup`)).keys()].filter((name) =>
        !/(?:target\.txt|status\.json)$/.test(name)
      ),
      [],
    );
    assert.equal(server.mails.length, 1);
    assert.deepEqual(server.logins.map(([, user, password]) => [user, password]), [[
      LOGIN.user,
      LOGIN.password,
    ]]);
    for (const password of (await digitsOf("good")).values()) {
      assert.ok(!first.stdout.includes(password) && !first.stderr.includes(password));
    }

    const before = [...(await filesBelow(share)).keys()].sort();
    const second = await night();
    assert.equal(second.code, 0, second.stdout + second.stderr);
    assert.equal(second.starts, 1, "a quiet night has one start");
    assert.equal(server.mails.length, 1);
    assert.deepEqual([...(await filesBelow(share)).keys()].sort(), before);

    // Somebody removes a report from the share: it is brought again.
    const lost = before.find((name) => name.endsWith(".TXT")) ?? "";
    await Deno.remove(`${share}/${lost}`);
    const third = await night();
    assert.equal(third.code, 0, third.stdout + third.stderr);
    await assertHolds(share, "good");
  });
});

Deno.test("while Anna is signed out her reports wait, and go into her OneDrive when she is back", async () => {
  await withMail(async (server) => {
    await setUp(server);
    // Seen once while signed in, without anything to bring: no volume could be read.
    await night({ recording: "access-denied" });
    const away = await night({ signedIn: false });
    assert.equal(away.code, 3, away.stdout + away.stderr);
    assert.match(away.stdout, /signs in/);
    await assertHolds(share, "good");
    await assertHolds(`${data}/pickup/${ANNA}`, "good");
    assert.equal((await reportsBelow(onedrive)).size, 0);

    // Her task at logon.
    const copied = await script("Copy-SpareKeyPickup.ps1", "-Pickup", `${DATA}\\pickup\\${ANNA}`);
    assert.equal(copied.code, 0, copied.stdout + copied.stderr);
    await assertHolds(`${onedrive}/Spare Key`, "good");
    const back = await night();
    assert.equal(back.code, 0, back.stdout + back.stderr);
    assert.equal(
      (await reportsBelow(`${data}/pickup`)).size,
      0,
      "what has arrived is taken out of the pick-up",
    );
  });
});

Deno.test("a share that is gone is told and does not keep the OneDrive waiting; a run over its time ends with 3", async () => {
  await withMail(async (server) => {
    await setUp(server);
    await Deno.remove(share, { recursive: true });
    const gone = await night();
    assert.equal(gone.code, 3, gone.stdout + gone.stderr);
    assert.match(gone.stdout, /office/);
    await assertHolds(`${onedrive}/Spare Key`, "good");

    // A mail server that never answers, and an address that waits for its first mail: such a run takes its time.
    const deaf = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const late = { name: "late", kind: "mail", to: ["late@example.org"] };
    const settings = { destinations: [...SETTINGS.destinations, late], limits: { mailSeconds: 5 } };
    try {
      await Deno.writeTextFile(`${data}/settings.json`, JSON.stringify(settings));
      await useMailPort(deaf.addr.port);
      const slow = await night({ more: "-TimeLimitSeconds 1" });
      assert.equal(slow.code, 3, slow.stdout + slow.stderr);
      assert.match(slow.stdout + slow.stderr, /within its time limit/);
    } finally {
      deaf.close();
    }

    await useMailPort(server.port);
    await Deno.mkdir(share);
    const again = await night();
    assert.equal(again.code, 0, again.stdout + again.stderr);
    await assertHolds(share, "good");
  });
});

Deno.test("wrong policy is set aside and told, a task edited by hand is repaired, removal keeps the ledger", async () => {
  await withMail(async (server) => {
    await setUp(server);
    await must(
      "Set-ItemProperty 'HKLM:\\SOFTWARE\\Policies\\Spare Key' CopyMaxAgeDays 'soon'; " +
        "Set-ItemProperty 'HKLM:\\SOFTWARE\\Policies\\Spare Key' Future 'x'",
    );
    const odd = await night();
    assert.equal(odd.code, 3, odd.stdout + odd.stderr);
    await assertHolds(share, "good");

    const same = await script("Install-SpareKey.ps1", "-InPlace", "-Test");
    assert.equal(same.code, 0, same.stdout + same.stderr);
    await must("schtasks.exe /Change /TN '\\Spare Key\\Nightly' /DISABLE; exit 0");
    const differs = await script("Install-SpareKey.ps1", "-InPlace", "-Test");
    assert.equal(differs.code, 3, differs.stdout + differs.stderr);
    assert.match(differs.stdout, /disabled/);
    assert.equal((await script("Install-SpareKey.ps1", "-InPlace")).code, 0);
    assert.equal((await script("Install-SpareKey.ps1", "-InPlace", "-Test")).code, 0);

    const removed = await script("Uninstall-SpareKey.ps1", "-InPlace", "-KeepData");
    assert.equal(removed.code, 0, removed.stdout + removed.stderr);
    await Deno.stat(`${data}/state/ledger.db`);
    assert.deepEqual(
      (await namesIn(`${rig.driveC}/windows/tasks/stand-in`)).filter((name) => name.endsWith(".xml")),
      [],
    );
  });
});
