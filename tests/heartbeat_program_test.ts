/** The sign of life of a PC on which nothing happens: the whole program, with a real mail server. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { simpleParser } from "mailparser";
import { sayDay } from "../lib/core/how_to_say.ts";
import { openSqliteLedger } from "../lib/effects/sqlite_ledger.ts";
import { startMailServer } from "./helpers/mail_server.ts";
import { password, volume } from "./helpers/night_rig.ts";
import { inFolder, program, squeezed } from "./helpers/program.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const HOST = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };

/** Makes the ledger believe that this PC's last mail, and the last look at one place, were so many days ago. */
async function setBack(data: string, days: number, place: string): Promise<void> {
  const then = new Date(Date.now() - days * DAY_MS).toISOString();
  const ledger = await openSqliteLedger(`${data}/ledger.db`, { archiveHasFiles: true });
  const view = await ledger.load();
  await ledger.save({
    destinations: view.destinations.map((one) =>
      one.mailTimes.length === 0 ? one : { ...one, mailTimes: [then] }
    ),
    deliveries: view.deliveries.map((row) => row.destination === place ? { ...row, verifiedAt: then } : row),
  });
  ledger.close();
}

Deno.test("after 30 days without a mail one says since when all copies are verified, and which PC it is about", () =>
  inFolder(async (folder) => {
    const server = await startMailServer();
    try {
      await Promise.all(["cloud", "nas"].map((name) => Deno.mkdir(`${folder}/${name}`)));
      const data = `${folder}/data`;
      const file = {
        destinations: [
          ...["cloud", "nas"].map((name) => ({
            name,
            kind: "folder",
            path: `${folder}/${name}`,
            synced: true,
          })),
          { name: "helper", kind: "mail", to: ["tom@example.org"] },
        ],
        smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
        // A place that is away would be news of its own.
        notify: { findings: "danger" },
      };
      const night = async (): Promise<readonly string[]> => {
        const before = server.mails.length;
        const snapshot = {
          schema: 1,
          takenAt: new Date().toISOString(),
          host: HOST,
          volumes: [volume("C:", [1])],
        };
        const ended = await program(["check", "--data", data, "--json"], {
          stdin: JSON.stringify({ schema: 1, snapshot, settings: { policy: null, file } }),
        });
        assert.match(String(ended.code), /^[03]$/, ended.stderr);
        return await Promise.all(
          server.mails.slice(before).map(async (mail) => {
            assert.ok(!squeezed(mail).includes(squeezed(password(1))));
            const { subject, text } = await simpleParser(Buffer.from(mail));
            return `${subject} | ${text?.replace(/\s+/g, " ")}`;
          }),
        );
      };
      assert.equal((await night()).length, 1, "the first night has news");
      assert.deepEqual(await night(), []);

      await setBack(data, 29, "nas");
      assert.deepEqual(await night(), []);
      await setBack(data, 31, "nas");
      const before = sayDay(new Date().toISOString());
      const [life = "", ...more] = await night();
      assert.deepEqual(more, []);
      // It may be midnight.
      const today = life.includes(before) ? before : sayDay(new Date().toISOString());
      for (
        const part of [
          `[ANNA-LAPTOP] Still watching: all copies verified on ${today}`,
          `All copies were verified on ${today}. Nothing needs to be done.`,
          "Key ID 00000001-",
          `nas: ${folder}/nas`,
          "If no further mail has come by",
        ]
      ) assert.ok(life.includes(part), `${part} in: ${life}`);
      assert.deepEqual(await night(), [], "once");

      await Deno.rename(`${folder}/nas`, `${folder}/away`);
      const then = sayDay(new Date(Date.now() - 31 * DAY_MS).toISOString());
      await setBack(data, 31, "nas");
      const [away = ""] = await night();
      assert.match(away, /^\[ANNA-LAPTOP\] Still watching: 1 thing needs attention/);
      assert.ok(away.includes(`"nas" (last seen there on ${then})`), away);
      assert.doesNotMatch(away, /All copies|Nothing needs to be done/);
    } finally {
      await server.stop();
    }
  }));
