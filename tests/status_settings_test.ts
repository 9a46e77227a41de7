import assert from "node:assert/strict";
import { EXIT } from "../lib/errors.ts";
import { inFolder, program } from "./helpers/program.ts";

const file = {
  destinations: [{ name: "stick", kind: "folder", path: "E:\\Keys", volume: "KEYS" }],
  smtp: { host: "smtp.example.org", from: "keys@example.org" },
};

Deno.test("status --settings shows every value, where it comes from and what was set aside", async () => {
  await inFolder(async (data) => {
    await Deno.writeTextFile(`${data}/settings.json`, JSON.stringify(file));
    const policy = JSON.stringify({ "Smtp.Port": 465, "Log.Level": "chatty" });
    const words = ["status", "--settings", "--data", data, "--policy", "-"];
    const permissions = [`--allow-read=${data}`];
    const told = await program(words, { stdin: policy, permissions });
    assert.equal(told.code, EXIT.ok, told.stderr);
    const lines = told.stdout.split("\n");
    assert.equal(lines[0], `Settings: file "${data}/settings.json", policy over it`);
    for (
      const line of [
        'Destination "stick"',
        "  volume               file     KEYS",
        "smtp",
        "  port                 policy   465",
        "  security             default  tls",
        "  user                 default  none",
        "schedule",
        "  at                   default  02:00",
        "All else",
        "  recipients           default  none",
        "  copyMaxAgeDays       default  30",
        "Set aside from policy",
        '  Log.Level: "log.level" is "chatty", must be "debug" or "info" or "warning" or "error"',
      ]
    ) assert.ok(lines.includes(line), `${line}\n${told.stdout}`);

    const asJson = await program([...words, "--json"], { stdin: policy, permissions });
    const document = JSON.parse(asJson.stdout);
    assert.deepEqual(Object.keys(document), ["schema", "file", "policy", "settings", "setAside"]);
    assert.deepEqual([document.file, document.policy], [`${data}/settings.json`, true]);
    assert.deepEqual(document.setAside.map(({ name }: { readonly name: string }) => name), ["Log.Level"]);
    assert.ok(
      document.settings.some((one: Readonly<Record<string, unknown>>) =>
        one["setting"] === "smtp.port" && one["origin"] === "policy" && one["value"] === 465
      ),
    );
  });
});

Deno.test("status --settings works without a file, and with files that are named", async () => {
  await inFolder(async (data) => {
    const none = await program(["status", "--settings", "--data", data]);
    assert.equal(
      none.stdout.split("\n")[0],
      `Settings: no file "${data}/settings.json", no policy was given`,
    );
    await Deno.writeTextFile(`${data}/other.json`, '{"copyMaxAgeDays": 5}');
    await Deno.writeTextFile(`${data}/policy.json`, '{"Verify": "never"}');
    const named = await program(
      ["status", "--settings", "--data", data]
        .concat("--config", `${data}/other.json`, "--policy", `${data}/policy.json`),
    );
    assert.match(named.stdout, /^ {2}copyMaxAgeDays {7}file {5}5$/m);
    assert.match(named.stdout, /^ {2}verify {15}policy {3}never$/m);
  });
});

Deno.test("status --settings ends with the code for settings when a run could not use them", async () => {
  await inFolder(async (data) => {
    await Deno.writeTextFile(`${data}/settings.json`, '{"copyMaxAgeDay": 5}');
    const words = ["status", "--settings", "--data", data, "--json"];
    const rows: readonly (readonly [readonly string[], string | undefined, RegExp])[] = [
      [[], undefined, /"copyMaxAgeDay" is no setting/],
      [["--policy", "-"], "[]", /Cannot read policy from standard input: it must be an object/],
      [["--policy", "-"], "{", /Cannot read policy from standard input/],
      [["--policy", `${data}/none.json`], undefined, /none\.json": there is no such file/],
    ];
    for (const [more, stdin, message] of rows) {
      const { code, stdout } = await program([...words, ...more], stdin === undefined ? {} : { stdin });
      assert.equal(code, EXIT.settings);
      assert.match(JSON.parse(stdout).error.message, message);
    }
  });
});
