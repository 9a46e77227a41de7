/** The checks of the crash matrix, held against what they are to find. */

import assert from "node:assert/strict";
import { password, volume } from "../helpers/night_rig.ts";
import { inFolder } from "../helpers/program.ts";
import {
  alteredFiles,
  brokenFiles,
  destinationFiles,
  digitsInData,
  ledgerTroubles,
  litter,
  mailTroubles,
  missingKeys,
} from "./crash_checks.ts";
import { crashPc } from "./crash_pc.ts";
import { stepLaunch } from "./launch.ts";

Deno.test("the checks of the crash matrix find what they look for, and nothing on a PC where all is well", () =>
  inFolder(async (folder) => {
    await using pc = await crashPc(await stepLaunch(folder));
    const { mailed } = await pc.night({ volumes: [volume("C:", [1])], day: "2026-11-20" });
    assert.equal(mailed.length, 2);
    await pc.keep();
    const before = await destinationFiles(pc);
    const report = [...before.keys()].find((path) => path.startsWith("plain/") && path.endsWith(".TXT")) ??
      "";
    const sheet = report.replace(/[^/]*$/, "2026-11-20 Recovery sheet.html");
    const sealed = [...before.keys()].find((path) =>
      path.startsWith("vault/") && path.endsWith(".TXT.age")
    ) ?? "";
    const at = (path: string): string => `${pc.root}/pc/${path}`;
    const once = { helper: 0, boss: 0 };
    const look = async (): Promise<readonly string[]> => {
      const files = await destinationFiles(pc);
      return [
        ...alteredFiles(before, files),
        ...await brokenFiles(files, pc),
        ...await missingKeys([1], pc),
        ...await litter(pc),
        ...await digitsInData([1], pc),
        ...await ledgerTroubles(pc),
        ...await mailTroubles(pc, { mayRepeat: once }),
      ];
    };
    const cut = async (path: string): Promise<void> => {
      await Deno.truncate(at(path), (await Deno.stat(at(path))).size - 7);
    };
    const temporary = `.spare-key-${crypto.randomUUID()}.tmp`;
    const rows: readonly (readonly [string, () => Promise<unknown>, readonly RegExp[]])[] = [
      ["nothing", () => Promise.resolve(), []],
      ["a report cut short", () => cut(report), [
        /was replaced/,
        /half a file/,
        /key 1 is not/,
        /the ledger says/,
      ]],
      ["a sheet cut short", () => cut(sheet), [/was replaced/, /half a file/, /the ledger says/]],
      ["a sealed report cut short", () => cut(sealed), [
        /replaced/,
        /half a file/,
        /key 1 .*"vault"/,
        /ledger says/,
      ]],
      ["a report gone", () => Deno.remove(at(report)), [
        /is gone/,
        /key 1 is not at "plain"/,
        /the ledger says/,
      ]],
      ["a file left behind", () => Deno.writeTextFile(at(`plain/${temporary}`), "x"), [/was left behind/]],
      ["digits", () => Deno.writeTextFile(`${pc.data}/x`, password(1)), [/holds digits/]],
    ];
    for (const [what, act, wanted] of rows) {
      await pc.restore();
      await act();
      const found = await look();
      assert.equal(found.length, wanted.length, `${what}: ${found.join("; ")}`);
      wanted.forEach((pattern, index) => assert.match(found[index] ?? "", pattern, what));
    }

    await pc.restore();
    const taken = pc.mails();
    const renamed = taken.map(({ to, bytes }) => ({
      to,
      bytes: new TextEncoder().encode(
        new TextDecoder().decode(bytes).replace(/^Message-ID: <./m, "Message-ID: <_"),
      ),
    }));
    const troubles = async (
      mails: typeof taken,
      options: Parameters<typeof mailTroubles>[1],
    ): Promise<string> => (await mailTroubles({ ...pc, mails: () => mails }, options)).join("\n");
    assert.match(await troubles(taken.slice(1), { mayRepeat: once }), /told .* 0 times/);
    assert.match(await troubles([...taken, ...taken], { mayRepeat: once }), /told .* 2 times/);
    const again = { helper: 1, boss: 1 };
    assert.equal(await troubles([...taken, ...taken], { mayRepeat: again }), "");
    assert.match(await troubles([...taken, ...renamed], { mayRepeat: again }), /mails of 2 Message-IDs/);
    assert.equal(await troubles([...taken, ...renamed], { mayRepeat: again, mayAdd: true }), "");
  }));
