// What a package that turned hostile would try from inside a run. Each attempt tells what came of it; those that
// must work show that this is no empty list. Runs as a part of the bundled program.

const { home, data, program, elsewhere, port, windows } = JSON.parse(
  Deno.readTextFileSync(`${folderOf("--data")}/attempts.json`),
);

function folderOf(option) {
  return Deno.args[Deno.args.indexOf(option) + 1];
}

const secret = `${elsewhere}/secret.txt`;
const command = windows ? "C:\\windows\\system32\\cmd.exe" : "/bin/true";

// Names in a variable: what reads this file does not look for the packages.
const load = (name) => import(name);
const urlOf = (path) => `file://${windows ? "/" : ""}${path.replaceAll("\\", "/")}`;

function spellings(paths) {
  const entries = Object.entries(windows ? paths : {});
  return Object.fromEntries(
    entries.map((
      [name, path],
    ) => [`alter the settings ${name}`, () => Deno.writeTextFileSync(path, "altered")]),
  );
}

/** Name, and what is tried. What it gives back is kept as a text. */
const ATTEMPTS = {
  // programs
  "run a program": () => new Deno.Command(command).outputSync(),
  "run a program, by Node": async () => (await import("node:child_process")).execFileSync(command),
  "run Deno itself": () => new Deno.Command(Deno.execPath()).outputSync(),
  "start a worker that reads the environment": () =>
    new Promise((done, fail) => {
      const code =
        'try { postMessage(["got", Deno.env.get("DENO_DIR")]) } catch (error) { postMessage([String(error)]) }';
      const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`, { type: "module" });
      worker.onmessage = (
        { data: [first, got] },
      ) => (worker.terminate(), got === undefined ? fail(new Error(first)) : done(got));
      worker.onerror = (event) => (event.preventDefault(), fail(new Error(event.message)));
    }),
  "send a signal to the parent": () => Deno.kill(Deno.ppid, "SIGTERM"),
  "load a library": () => Deno.dlopen(windows ? "kernel32.dll" : "libc.so.6", {}),
  "load an addon, by Node": async () =>
    (await import("node:process")).dlopen({ exports: {} }, `${data}/x.node`),
  // environment
  "read the environment": () => Deno.env.get("DENO_DIR"),
  "read all of the environment": () => JSON.stringify(Deno.env.toObject()),
  "read the environment, by Node": async () => {
    const value = (await import("node:process")).env.DENO_DIR;
    if (value === undefined) throw new Error("nothing");
    return value;
  },
  "set the environment": () => Deno.env.set("NODE_OPTIONS", "x"),
  "ask for the host's name": () => Deno.hostname(),
  "ask for the host's name, by Node": async () => (await import("node:os")).hostname(),
  "ask for addresses": () => JSON.stringify(Deno.networkInterfaces()),
  // network
  "open a socket": async () => (await Deno.connect({ hostname: "127.0.0.1", port })).close(),
  "open a socket by name": async () => (await Deno.connect({ hostname: "localhost", port })).close(),
  "fetch": async () => await (await fetch(`http://127.0.0.1:${port}/`)).text(),
  "open a socket, by Node": async () => {
    const { connect } = await import("node:net");
    await new Promise((done, fail) => connect(port, "127.0.0.1", done).on("error", fail));
  },
  "send a datagram, by Node": async () => {
    const { createSocket } = await import("node:dgram");
    await new Promise((done, fail) =>
      createSocket("udp4").on("error", fail).send(
        "x",
        port,
        "127.0.0.1",
        (error) => error ? fail(error) : done(),
      )
    );
  },
  "open a web socket": () => new WebSocket(`ws://127.0.0.1:${port}/`),
  "ask for a name": async () => await Deno.resolveDns("example.org", "A"),
  "ask for a name, by Node": async () => {
    const { lookup } = await import("node:dns/promises");
    return (await lookup("localhost")).address;
  },
  "listen": () => Deno.listen({ port: 0 }).close(),
  // files outside
  "read a file outside": () => Deno.readTextFileSync(secret),
  "read a file outside, by Node": async () => (await import("node:fs")).readFileSync(secret, "utf8"),
  "read a file outside by a path that climbs": () =>
    Deno.readTextFileSync(`${data}/../${elsewhere.split(/[\\/]/).at(-1)}/secret.txt`),
  "read a file outside by URL": async () => await (await fetch(urlOf(secret))).text(),
  "read a file outside as a module": async () =>
    (await import(`${urlOf(secret)}.json`, { with: { type: "json" } })).default.secret,
  "read a file outside by a link that is made": () => {
    Deno.symlinkSync(elsewhere, `${data}/way`);
    return Deno.readTextFileSync(`${data}/way/secret.txt`);
  },
  "read a file outside by a hard link that is made": () => {
    Deno.linkSync(secret, `${data}/secret.txt`);
    return Deno.readTextFileSync(`${data}/secret.txt`);
  },
  "read a database outside": async () => {
    const { DatabaseSync } = await import("node:sqlite");
    const db = new DatabaseSync(`${data}/own.db`);
    return JSON.stringify(db.prepare(`ATTACH DATABASE '${elsewhere}/other.db' AS other`).run());
  },
  "load an extension of SQLite": async () => {
    const { DatabaseSync } = await import("node:sqlite");
    new DatabaseSync(`${data}/own.db`, { allowExtension: true }).loadExtension(`${data}/x`);
  },
  "list a folder outside": () => JSON.stringify([...Deno.readDirSync(elsewhere)]),
  "look at a file outside": () => Deno.statSync(secret).size,
  "write a file outside": () => Deno.writeTextFileSync(`${elsewhere}/new.txt`, "x"),
  "copy a file out": () => Deno.copyFileSync(`${data}/attempts.json`, `${elsewhere}/new.txt`),
  "move a file out": () => Deno.renameSync(`${data}/attempts.json`, `${elsewhere}/new.txt`),
  // the program itself, and what decides about later runs
  "alter the program": () => Deno.writeTextFileSync(`${program}/main.js`, "x"),
  "put a file beside the program": () => Deno.writeTextFileSync(`${program}/deno.json`, "{}"),
  "alter the permissions": () => Deno.writeTextFileSync(`${home}/permissions/permissions.json`, "{}"),
  "add permissions": () => Deno.writeTextFileSync(`${home}/permissions/new.json`, "{}"),
  "move the permissions away": () => Deno.renameSync(`${home}/permissions`, `${data}/old`),
  "replace the permissions": () => {
    Deno.writeTextFileSync(`${data}/mine.json`, "{}");
    Deno.renameSync(`${data}/mine.json`, `${home}/permissions/permissions.json`);
  },
  "remove the permissions": () => Deno.removeSync(`${home}/permissions`, { recursive: true }),
  // other spellings of a path that is closed: names like any other on Linux, the same file on Windows
  ...spellings({
    "in capitals": `${home}\\SETTINGS.JSON`,
    "by a stream": `${home}\\settings.json::$DATA`,
    "with a dot": `${home}\\settings.json.`,
    "with a blank": `${home}\\settings.json `,
    "by a short name": `${home}\\SETTIN~1.JSO`,
    "by a path that climbs": `${data}\\..\\settings.json`,
    "by a verbatim path": `\\\\?\\${home}\\settings.json`,
    "by a device path": `\\\\.\\${home}\\settings.json`,
    "by an administrative share": `\\\\localhost\\${home.replace(":", "$")}\\settings.json`,
    "by the folder's short name": `${
      data.replace(/[^\\/]+$/, (name) => name.slice(0, 6) + "~1")
    }\\settings.json`,
  }),
  "alter the settings": () => Deno.writeTextFileSync(`${home}/settings.json`, "{}"),
  "alter the settings, by Node": async () =>
    (await import("node:fs")).writeFileSync(`${home}/settings.json`, "{}"),
  "alter the settings by a database": async () => {
    const { DatabaseSync } = await import("node:sqlite");
    new DatabaseSync(`${home}/settings.json`).exec("CREATE TABLE x (y)");
  },
  "read stored secrets": () => Deno.readTextFileSync(`${home}/secrets/smtpPassword.bin`),
  "put a template": () => Deno.writeTextFileSync(`${home}/templates/sheet.html`, "x"),
  "alter Deno's cache": () => Deno.writeTextFileSync(`${home}/deno/v8_code_cache_v2`, "x"),
  // code from elsewhere
  "import from npm": async () => await load("npm:is-odd@3.0.1"),
  "import from JSR": async () => await load("jsr:@std/assert@1.0.0"),
  "import by https": async () => await load("https://example.org/x.js"),
  "import what the network gives": async () => await import(`http://127.0.0.1:${port}/x.js`),
  "import a file outside": async () => await import(`${urlOf(elsewhere)}/code.js`),
  // what stays
  "keep something in localStorage": () => {
    localStorage.setItem("x", "kept by hostile code");
    return localStorage.getItem("x");
  },
  "keep something in the Cache API": async () => {
    const cache = await caches.open("x");
    await cache.put("https://example.org/", new Response("kept by hostile code"));
    return await (await cache.match("https://example.org/")).text();
  },
  "ask for more": async () => (await Deno.permissions.request({ name: "run" })).state,
  // what a run may do
  "ALLOWED: write into the data folder": () => Deno.writeTextFileSync(`${data}/new.txt`, "x"),
  "ALLOWED: read in the data folder": () => Deno.readTextFileSync(`${data}/new.txt`),
};

// What is refused where nobody waits for it would end the run, and hide what comes after.
addEventListener("unhandledrejection", (event) => event.preventDefault());
addEventListener("error", (event) => event.preventDefault());
const silence = () => new Promise((_, fail) => setTimeout(() => fail(new Error("no answer")), 1000));

const outcomes = {};
for (const [name, attempt] of Object.entries(ATTEMPTS)) {
  try {
    outcomes[name] = { done: true, gave: String(await Promise.race([attempt(), silence()])).slice(0, 200) };
  } catch (error) {
    outcomes[name] = { done: false, gave: `${error?.name}: ${error?.message}`.slice(0, 200) };
  }
}
Deno.writeTextFileSync(`${data}/outcomes.json`, JSON.stringify(outcomes));
