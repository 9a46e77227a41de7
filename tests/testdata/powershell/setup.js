// Stands in for the bundled program while it is installed: versions, settings, tasks. What the settings say, it does.

const [task, ...args] = Deno.args;
const encoder = new TextEncoder();

function answer(value, code = 0) {
  Deno.stdout.writeSync(encoder.encode(JSON.stringify(value)));
  Deno.exit(code);
}

async function request() {
  return JSON.parse(await new Response(Deno.stdin.readable).text());
}

function settingsOf(text) {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return null;
  }
}

if (task === "--version") answer({ schema: 1, program: "1.0.0", deno: "2.9.6", ledger: 1 });
if (task === "permissions") {
  const { settings, dataFolder } = await request();
  const destinations = settingsOf(settings.file)?.destinations ?? [];
  const carried = destinations.filter(({ kind }) => kind === "onedrive").map(({ name, user }) => ({ name, kind: "onedrive", path: null, user, seconds: 60 }));
  answer({ permissions: { default: { read: [dataFolder], write: [dataFolder], net: [] } }, plan: { carried, folders: [], mail: null } });
}
if (task === "schedule") {
  const { settings, installFolder, dataFolder, users } = await request();
  const at = settingsOf(settings.file)?.schedule?.at ?? "02:00";
  const xml = (text) => `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.4">${text}<Settings><Hidden>false</Hidden></Settings></Task>`;
  answer({
    schema: 1,
    tasks: [
      { name: "\\Spare Key\\Nightly", xml: xml(`<At>${at}</At><Start>${installFolder}</Start>`) },
      ...users.map((sid) => ({ name: `\\Spare Key\\OneDrive ${sid}`, xml: xml(`<Pickup>${dataFolder}/${sid}</Pickup>`) })),
    ],
  });
}
if (task === "status" && args.includes("--settings")) {
  const at = args.indexOf("--config");
  const file = at < 0 ? args[args.indexOf("--data") + 1].replace(/state$/, "settings.json") : args[at + 1];
  let settings = at < 0 ? {} : null;
  try {
    settings = settingsOf(Deno.readTextFileSync(file));
  } catch { /* not there */ }
  const policy = args.includes("--policy") ? await request() : null;
  if (settings === null || settings.destination !== undefined) {
    answer({ schema: 1, error: { code: "settings", exit: 10, message: 'Cannot read settings: "destination" is unknown', hint: 'Did you mean "destinations"?' } }, 10);
  }
  answer({ schema: 1, file, policy: policy !== null, settings: [], setAside: [] });
}
if (task === "status") answer(JSON.parse(Deno.readTextFileSync(`${args[args.indexOf("--data") + 1]}/status.json`)));
Deno.exit(2);
