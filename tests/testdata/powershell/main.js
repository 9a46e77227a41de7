// Stands in for the bundled program: answers like it, and tells what it was given. The text of the settings file,
// {"fake": {…}}, says how it is to behave.

const [task, ...args] = Deno.args;
const encoder = new TextEncoder();

function print(bytes, to = Deno.stdout) {
  for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
}

function say(text) {
  print(encoder.encode(`${text}\n`), Deno.stderr);
}

function answer(value, code = 0) {
  print(encoder.encode(JSON.stringify(value)));
  Deno.exit(code);
}

/** Reads stdin up to its end, or up to a NUL byte. */
async function readInput() {
  const reader = Deno.stdin.readable.getReader();
  const chunks = [];
  let nul = false;
  while (!nul) {
    const { value, done } = await reader.read();
    if (done) break;
    nul = value.at(-1) === 0;
    chunks.push(nul ? value.subarray(0, -1) : value);
  }
  return { bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()), nul, reader };
}

/** What its settings say of it; where they are broken, those of the last good run do. */
function fakeOf({ file, lastGood }) {
  try {
    return JSON.parse(file ?? "{}").fake ?? {};
  } catch {
    return JSON.parse(lastGood ?? "{}").fake ?? {};
  }
}

async function state(descriptor) {
  return (await Deno.permissions.query(descriptor)).state;
}

async function facts() {
  return {
    task,
    args,
    cwd: await state({ name: "read" }),
    writeAll: await state({ name: "write" }),
    net: await state({ name: "net" }),
    run: await state({ name: "run" }),
    env: await state({ name: "env" }),
    ffi: await state({ name: "ffi" }),
    variables: (await state({ name: "env" })) === "granted" ? Deno.env.toObject() : null,
  };
}

if (task === "permissions") {
  const { bytes, nul } = await readInput();
  const request = JSON.parse(new TextDecoder().decode(bytes));
  const fake = fakeOf(request.settings);
  if (fake.permissionsExit) Deno.exit(fake.permissionsExit);
  const start = await facts();
  const { dataFolder } = request;
  // What it saw travels in names that nobody reads.
  const read = [dataFolder, `/request/${nul}/${JSON.stringify({ ...start, request })}`, `/made/${crypto.randomUUID()}`];
  const plan = { carried: [], folders: [], mail: null, ...fake.plan };
  answer({ permissions: { default: { read, write: [dataFolder], net: ["smtp.example.org:587"], env: true } }, plan });
}

if (task === "check") {
  const { bytes, nul, reader } = await readInput();
  const envelope = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  const fake = fakeOf(envelope.settings);
  const data = args[args.indexOf("--data") + 1];
  Deno.mkdirSync(data, { recursive: true });
  // The one file with secrets that this stand-in writes: tests compare it byte for byte and remove it.
  if (fake.keepInput) Deno.writeFileSync(`${data}/input.bin`, bytes);
  if (fake.stderr) say(fake.stderr.repeat(fake.stderrTimes ?? 1));
  if (fake.stderrSecrets) say(`${JSON.stringify(envelope.snapshot.volumes)} ${JSON.stringify(envelope.secrets)}`);
  if (fake.silent) Deno.exit(fake.exit ?? 0);
  if (fake.garbage) {
    print(encoder.encode(`not JSON ${envelope.snapshot.volumes[0].protectors[0].recoveryPassword}`));
    Deno.exit(fake.exit ?? 0);
  }
  if (fake.hang) {
    Deno.writeTextFileSync(`${data}/started.txt`, "started");
    if (fake.watch) {
      // As the real one: stdin that ends early means that the parent is gone.
      await reader.read();
      Deno.writeTextFileSync(`${data}/ended.txt`, "ended");
      Deno.exit(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  }
  if (fake.error) answer({ schema: 1, error: fake.error }, fake.error.exit);
  // What it wants carried, {"destination": …, "folder": …, "name": …, "text": …}, at its first start and at its second.
  const carry = await Promise.all(((envelope.receipts ? fake.carryAgain : fake.carry) ?? []).map(async ({ text, ...item }) => {
    const content = encoder.encode(text);
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", content)).toHex();
    return { replace: item.name === "status.json", sha256, contentBase64: content.toBase64(), ...item };
  }));
  if (fake.note) {
    const { runId, listings, receipts, access, eventTime } = envelope;
    Deno.writeTextFileSync(`${data}/starts.txt`, `${JSON.stringify({ runId, listings, receipts, access, eventTime })}\n`, { append: true });
  }
  if (envelope.receipts && fake.hangAgain) await new Promise((resolve) => setTimeout(resolve, 600_000));
  const volume = { deviceId: "\\\\?\\Volume{1}\\", drive: "C:", label: "Système 資料" };
  answer({
    schema: 1,
    host: envelope.snapshot.host.name,
    takenAt: envelope.snapshot.takenAt,
    changes: envelope.receipts ? [] : [{ kind: "key-added", volume, keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5", text: "Neuer Schlüssel für C:" }],
    findings: [{ code: "suspended", severity: "warning", volume, about: null, text: envelope.receipts ? "After carrying" : "Protection of C: is off" }],
    deliveries: [{ destination: "stick", kind: "folder", report: "a", outcome: "pending", attempts: 2, error: null }],
    facts: { ...(await facts()), nul, keys: Object.keys(envelope), settings: envelope.settings },
    carry: fake.carryBytes ? [{ destination: "share", contentBase64: "QUJD".repeat(fake.carryBytes / 4) }] : carry,
  }, (envelope.receipts ? fake.exitAgain : null) ?? fake.exit ?? 0);
}

if (task === "tell-failure") {
  const { bytes } = await readInput();
  const request = JSON.parse(new TextDecoder().decode(bytes));
  const fake = fakeOf(request.settings);
  const data = args[args.indexOf("--data") + 1];
  const { net } = await facts();
  // All but the secrets themselves, which it says only that it got.
  const told = { ...request, settings: { ...request.settings, file: request.settings.file !== null }, secrets: Object.keys(request.secrets).filter((name) => request.secrets[name] !== null), args, net, host0: await state({ name: "net", host: "smtp.example.org:587" }) };
  Deno.mkdirSync(data, { recursive: true });
  Deno.writeTextFileSync(`${data}/told.json`, `${JSON.stringify(told)}\n`, { append: true });
  if (fake.tellTalk) say(fake.tellTalk);
  if (fake.tellExit) answer({ schema: 1, error: { code: "settings", exit: fake.tellExit, message: "m", hint: null } }, fake.tellExit);
  answer({ schema: 1, told: ["helper"] });
}

if (task === "status" && args.includes("--settings")) {
  const policy = args.includes("--policy") ? JSON.parse(new TextDecoder().decode((await readInput()).bytes)) : null;
  answer({
    schema: 1,
    file: null,
    policy: policy !== null,
    settings: Object.entries(policy ?? {}).map(([setting, value]) => ({ setting, destination: null, value, origin: "policy" })),
    setAside: [{ name: "Smtp.Port", reason: args.join(" ") }],
  });
}

if (task === "archive-key") {
  const seen = await Promise.all(["read", "write", "net", "run", "env", "ffi"].map((name) => state({ name })));
  const states = [...new Set(seen)].join("").toUpperCase();
  answer({ schema: 1, identity: `AGE-SECRET-KEY-1${states}${"0".repeat(58 - states.length)}` });
}

if (task === "status") {
  answer({ schema: 1, host: "ANNA-LAPTOP", volumes: [{ drive: "C:", keys: ["58E9DFAD"] }], destinations: [{ name: await state({ name: "net" }) }] });
}

if (task === "history") {
  answer({ schema: 1, events: [{ at: "2026-11-24T03:00:12.345+01:00", kind: "key-added", text: args.join(" ") }, { kind: "decrypted", text: "é" }] });
}

if (task === "find") {
  const text = args.at(-1);
  if (text === "nothing") answer({ schema: 1, matches: [] }, 4);
  if (text === "partly") answer({ schema: 1, matches: [], troubles: ['Cannot read "a.TXT"'] }, 3);
  if (text === "near") {
    const near = { keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5", host: null, drive: null, takenAt: null, distance: 1 };
    const difference = "one character apart: the 8th is D, not E";
    answer({ schema: 1, matches: [], nearMisses: ["a.TXT", "b.TXT"].map((path) => ({ ...near, difference, path })) }, 4);
  }
  if (text === "broken") answer({ schema: 1, error: { code: "usage", exit: 2, message: 'Cannot find "broken"', hint: "try more characters" } }, 2);
  const folder = args[args.indexOf("--in") + 1];
  answer({
    schema: 1,
    matches: [{
      keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5",
      recoveryPassword: Deno.readTextFileSync(`${folder}/key.txt`).trim(),
      host: "ANNA-LAPTOP",
      drive: "C:",
      takenAt: "2026-11-24",
      path: `${folder}/key.txt ${args.join(" ")}`,
      sealed: false,
      current: true,
    }, { keyId: "58E9DFAD-0000-0000-0000-000000000000", recoveryPassword: null, host: "B", drive: null, takenAt: null, path: await state({ name: "write" }), sealed: true, current: false }],
  });
}
Deno.exit(2);
