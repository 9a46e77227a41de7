/**
 * Each thing that goes wrong with a share: the scheduled script in PowerShell and the whole program behind it, with a
 * share that fails, one that does not, a folder and a mail. All faults run where SPARE_KEY_FAULTS is "all".
 */

import assert from "node:assert/strict";
import { startMailServer } from "../helpers/mail_server.ts";
import {
  type Carrier,
  type CarrierNight,
  carrierNight,
  openCarrier,
  recordedPasswords,
} from "./carrier_pc.ts";
import { oneLine, parseMails, reportsAt } from "./fault_pc.ts";
import { countLines, faultReport, toldText } from "./fault_report.ts";
import { openOwnMounts } from "./own_mounts.ts";
import { SHARE_FAULTS, type ShareFault, type ShareWorld } from "./share_faults.ts";

const report = faultReport("Shares");
const app = await Deno.makeTempDir({ prefix: "spare-key-app-" });
const carrier: Carrier = await openCarrier(app);
const digits = await recordedPasswords();
globalThis.addEventListener("unload", () => Deno.removeSync(app, { recursive: true }));

type World = ShareWorld & {
  readonly folder: string;
  readonly mails: readonly Uint8Array[];
  night(fault?: ShareFault): Promise<CarrierNight>;
};

async function withShares(act: (world: World) => Promise<void>): Promise<void> {
  const server = await startMailServer();
  const mounts = await openOwnMounts();
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-shares-" }));
  try {
    const work = `${folder}/network`;
    const data = `${folder}/data`;
    const faulty = `${work}/\\\\nas\\keys`;
    const cellar = `${work}/\\\\nas\\cellar`;
    for (const path of [work, data, faulty, cellar, `${folder}/healthy`]) await Deno.mkdir(path);
    const settings = {
      destinations: [
        { name: "faulty", kind: "share", path: "\\\\nas\\keys", sealed: false },
        { name: "cellar", kind: "share", path: "\\\\nas\\cellar", sealed: false },
        { name: "healthy", kind: "folder", path: `${folder}/healthy`, synced: true },
        { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" },
      ],
      smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
      limits: { destinationSeconds: 10 },
    };
    await Deno.writeTextFile(`${data}/settings.json`, JSON.stringify(settings));
    await act({
      mounts,
      faulty,
      cellar,
      folder,
      mails: server.mails,
      night: (fault) =>
        carrierNight(carrier, {
          data,
          work,
          through: (command) => mounts.inside([...(fault?.through ?? []), ...command]),
        }),
    });
  } finally {
    await mounts.close();
    await Deno.remove(folder, { recursive: true });
    await server.stop();
  }
}

/** How many of the PC's recovery keys stand in reports at a place. */
async function keysAt(root: string): Promise<number> {
  const texts = [...(await reportsAt(root)).values()].map((bytes) =>
    new TextDecoder("utf-16le").decode(bytes)
  );
  return digits.filter((one) => texts.some((text) => text.includes(one))).length;
}

for (const fault of SHARE_FAULTS) {
  if (!fault.always && Deno.env.get("SPARE_KEY_FAULTS") !== "all") continue;
  Deno.test(`a share: ${fault.name}`, () =>
    withShares(async (world) => {
      const { mounts, faulty, cellar, folder, mails } = world;
      if (fault.known === true) assert.equal((await world.night()).code, 0);
      const told = mails.length;
      await fault.spoil(world);
      const night = await world.night(fault);
      const words = `${night.stdout}\n${night.stderr}`;
      assert.equal(night.code, fault.exit, words);
      assert.deepEqual(night.findings.map((one) => one.code), fault.codes, words);
      for (const root of [cellar, `${folder}/healthy`]) {
        assert.equal(await keysAt(root), digits.length, words);
      }
      const others = night.deliveries.filter((one) => one.destination !== "faulty");
      assert.ok(others.every((one) => one.outcome !== "pending" && one.error === null), words);
      const pending = night.deliveries.filter((one) =>
        one.destination === "faulty" && one.outcome === "pending"
      );
      assert.equal(pending.length, fault.pending, words);
      for (const [index, { text }] of night.findings.entries()) {
        assert.match(text, fault.told[index] ?? /^$/);
        assert.ok(oneLine(night.stdout).includes(oneLine(text)), words);
        assert.equal(mails.length, told + 1);
        const mail = oneLine((await parseMails(mails.slice(-1)))[0]?.text ?? "");
        assert.ok(mail.includes(oneLine(text)), mail);
      }
      for (const one of digits) assert.ok(!words.includes(one));

      await fault.mend(world);
      const count = mails.length;
      const before = await reportsAt(cellar);
      const next = await world.night();
      assert.deepEqual([next.code, next.findings], [0, []], `${next.stdout}\n${next.stderr}`);
      assert.equal(await keysAt(mounts.seen(faulty)), digits.length);
      assert.deepEqual(await reportsAt(cellar), before);
      const there = [...(await reportsAt(mounts.seen(faulty))).keys()]
        .filter((name) => !(fault.left ?? []).some((left) => left.test(name)));
      assert.deepEqual(
        there.map((name) => name.replace(/ \(\d+\)(?=\.[^.]+$)/, "")).sort(),
        [...before.keys()].sort(),
      );
      assert.equal(mails.length, count);
      report.add({
        fault: fault.name,
        delivered: countLines(night.deliveries, ["delivered", "accepted"]),
        pending: countLines(night.deliveries, ["pending", "handed-over"]),
        told: toldText(night.findings, folder),
        lost: "none",
      });
    }));
}

Deno.test("the last line: what each fault of a share came to", () => report.print());
