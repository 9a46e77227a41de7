import assert from "node:assert/strict";
import { permissionsOf } from "../lib/core/permissions.ts";
import { type PlanVolume, runPlanOf } from "../lib/core/run_plan.ts";
import { EXIT } from "../lib/errors.ts";
import { inFolder, program } from "./helpers/program.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";
import { deviceOf } from "./helpers/made_up_values.ts";

const stick: PlanVolume = { deviceId: deviceOf(3), drive: "F:", label: "KEYS", persistentVolumeId: null };

const file = {
  destinations: [
    { name: "office", kind: "share", path: "\\\\srv\\keys$\\PCs" },
    { name: "folder", kind: "folder", path: "D:\\Keys" },
    { name: "stick", kind: "folder", path: "E:\\Recovery keys", volume: "keys" },
    { name: "anna", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" },
    { name: "all", kind: "onedrive", user: "any" },
    { name: "helper", kind: "mail", to: ["tom@example.org"] },
  ],
  recipients: [RECIPIENT],
  smtp: { host: "smtp.example.org", from: "keys@example.org" },
  limits: { destinationSeconds: 7 },
};

Deno.test("runPlanOf() names what the scripts carry, with path or user, in the order of the settings", () => {
  const { carried } = runPlanOf(settingsFrom(file), []);
  assert.deepEqual(carried, [
    { name: "office", kind: "share", path: "\\\\srv\\keys$\\PCs", user: null, seconds: 7 },
    { name: "anna", kind: "onedrive", path: null, user: "S-1-5-21-1-2-3-1001", seconds: 7 },
    { name: "all", kind: "onedrive", path: null, user: "any", seconds: 7 },
  ]);
});

Deno.test("runPlanOf() names folders where they are now: a stick by its label, null while it is away", () => {
  const folder = { name: "folder", path: "D:\\Keys" };
  assert.deepEqual(runPlanOf(settingsFrom(file), [stick]).folders, [
    folder,
    { name: "stick", path: "F:\\Recovery keys" },
  ]);
  assert.deepEqual(runPlanOf(settingsFrom(file), []).folders, [folder, { name: "stick", path: null }]);
});

Deno.test("runPlanOf() names the mail server only where a mail is to go out", () => {
  const mail = { host: "smtp.example.org", port: 587 };
  assert.deepEqual(runPlanOf(settingsFrom(file), []).mail, mail);
  assert.equal(runPlanOf(settingsFrom({ smtp: file.smtp }), []).mail, null);
  assert.deepEqual(runPlanOf(settingsFrom({}), []), { carried: [], folders: [], mail: null });
});

/** Asks as the script does. */
async function permissions(request: object): Promise<Readonly<Record<string, unknown>>> {
  const stdin = JSON.stringify({ schema: 1, dataFolder: "C:\\Data", ...request });
  const { code, stdout, stderr } = await program(["permissions"], { stdin, permissions: [] });
  assert.equal(code, EXIT.ok, stderr);
  return JSON.parse(stdout);
}

Deno.test("the task permissions answers permissions and plan, with folders where they are now", async () => {
  const answer = await permissions({
    settings: { policy: { "Share.Path": "\\\\new\\keys", "Share.Sealed": 0 }, file: JSON.stringify(file) },
    volumes: [{ deviceId: stick.deviceId, drive: "F:", label: "KEYS" }],
  });
  const net = ["smtp.example.org:587"];
  const paths = ["C:\\Data", "D:\\Keys", "F:\\Recovery keys"];
  assert.deepEqual(answer["permissions"], { default: { read: paths, write: paths, net } });
  const expected = runPlanOf(settingsFrom(file), [stick]);
  const share = { name: "share", kind: "share", path: "\\\\new\\keys", user: null, seconds: 7 };
  assert.deepEqual(answer["plan"], { ...expected, carried: [...expected.carried, share] });
});

Deno.test("the task permissions gives an empty plan for settings that a run refuses", async () => {
  for (
    const wrong of [
      "{",
      '{"destination": []}',
      '{"destinations": [{"name": "m", "kind": "mail", "to": ["a@b.c"]}]}',
    ]
  ) {
    assert.deepEqual(await permissions({ settings: { file: wrong }, volumes: null }), {
      permissions: { default: { read: ["C:\\Data"], write: ["C:\\Data"], net: [] } },
      plan: { carried: [], folders: [], mail: null },
    });
  }
});

Deno.test("Deno takes the permissions of a config file that holds a plan, too", async () => {
  await inFolder(async (folder) => {
    const settings = settingsFrom({ destinations: [{ name: "folder", kind: "folder", path: folder }] });
    const plan = runPlanOf(settings, []);
    await Deno.writeTextFile(
      `${folder}/permissions.json`,
      JSON.stringify({ ...permissionsOf(plan, folder), plan }),
    );
    await Deno.writeTextFile(
      `${folder}/main.js`,
      `Deno.writeTextFileSync(${JSON.stringify(`${folder}/made`)}, "");`,
    );
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--config",
        `${folder}/permissions.json`,
        "-P",
        `${folder}/main.js`,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.equal(new TextDecoder().decode(stderr), "");
    assert.equal(await Deno.readTextFile(`${folder}/made`), "");
  });
});
