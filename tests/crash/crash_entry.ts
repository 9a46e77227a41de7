/**
 * The program, with an end that is planned: `crash_entry.ts PLAN WORDS…`. It is `main.ts` with a wrapped night; the
 * product itself has no such switch.
 */

import { main } from "../../main.ts";
import type { Destination } from "../../lib/ports.ts";
import type { OpenNight } from "../../tasks/task.ts";
import { countSteps, type Step, type StepPlan } from "./steps.ts";

const [planText = "", ...argv] = Deno.args;
const plan: StepPlan = JSON.parse(planText);
const step = countSteps(plan);

/** Counts before and after a call. */
function counted<A extends readonly unknown[], R>(
  name: string,
  act: (...args: A) => Promise<R>,
  step: Step,
): (...args: A) => Promise<R> {
  return async (...args) => {
    step(`before ${name}`);
    const result = await act(...args);
    step(`after ${name}`);
    return result;
  };
}

function wrap(night: OpenNight): OpenNight {
  const { ledger, archive, archiveKey, sealer, mailer, log } = night;
  const now = plan.now;
  return {
    ...night,
    clock: now === null ? night.clock : { now: () => new Date(now) },
    ledger: {
      load: counted("ledger.load", () => ledger.load(), step),
      history: counted("ledger.history", () => ledger.history(), step),
      runsSinceGood: () => ledger.runsSinceGood(),
      setAside: (reason) => ledger.setAside(reason),
      save(changes): Promise<void> {
        // The record of a mail that a server has taken is known by what it holds.
        const { deliveries = [], destinations = [] } = changes;
        const isMail = Object.keys(changes).length === 2 && destinations.length === 1;
        const name = isMail && deliveries.every((one) => one.state === "accepted")
          ? `mail recorded ${destinations[0]?.name}`
          : `ledger.save ${Object.keys(changes).sort().join(" ")}`;
        return counted(name, () => ledger.save(changes), step)();
      },
      close: () => ledger.close(),
    },
    archive: {
      list: counted("archive.list", () => archive.list(), step),
      get: counted("archive.get", (file) => archive.get(file), step),
      put: (file, bytes) => counted(`archive.put ${file.id}`, () => archive.put(file, bytes), step)(),
      remove: (file) => counted(`archive.remove ${file.id}`, () => archive.remove(file), step)(),
    },
    archiveKey: {
      identity: counted("archiveKey.identity", () => archiveKey.identity(), step),
      others: counted("archiveKey.others", () => archiveKey.others(), step),
    },
    sealer: {
      seal: counted("sealer.seal", (bytes, recipients) => sealer.seal(bytes, recipients), step),
      open: counted("sealer.open", (bytes, identity) => sealer.open(bytes, identity), step),
      recipientOf: (identity) => sealer.recipientOf(identity),
    },
    mailer: mailer === null
      ? null
      : { send: (mail) => counted(`mailer.send ${mail.to}`, () => mailer.send(mail), step)() },
    log: {
      write: (...line) => log.write(...line),
      flush: () => log.flush(),
    },
    openDestination(settings, state): Destination | null {
      const real = night.openDestination(settings, state);
      if (real === null) return null;
      const { name } = real;
      return {
        name,
        list: counted(`list ${name}`, (folders) => real.list(folders), step),
        sha256: counted(`sha256 ${name}`, (folder, file) => real.sha256(folder, file), step),
        put: (folder, file, bytes) =>
          counted(`put ${name} ${file}`, () => real.put(folder, file, bytes), step)(),
        putStatus: counted(`putStatus ${name}`, (folder, bytes) => real.putStatus(folder, bytes), step),
      };
    },
    close: counted("close", () => night.close(), step),
  };
}

const code = await main(argv, wrap);
step("the end");
Deno.exit(code);
