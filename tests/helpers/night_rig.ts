/** A PC, its ledger and its destinations in memory: nights are run one after the other. */

import { builtinTemplates } from "../../lib/core/builtin_templates.ts";
import { readSettings } from "../../lib/core/config.ts";
import { parseSnapshot } from "../../lib/core/parse_snapshot.ts";
import { parseReportText } from "../../lib/core/parse_report.ts";
import type { NightInput, NightPorts } from "../../lib/nightly/night.ts";
import { type NightResult, runNight } from "../../lib/nightly/run_night.ts";
import type { Archive, Destination, Ledger, TemplateStore } from "../../lib/ports.ts";
import {
  fakeArchiveKey,
  fakeMailer,
  fakeSealer,
  fixedClock,
  memoryArchive,
  type MemoryDestination,
  memoryDestination,
  memoryLedger,
  memoryLog,
} from "../fakes.ts";

/** Eight groups, each a multiple of 11: nothing but a number to tell keys apart. */
export function password(seed: number): string {
  return Array.from(
    { length: 8 },
    (_, index) => String(((seed * 8 + index) * 7919 % 65536) * 11).padStart(6, "0"),
  ).join("-");
}

/** A Key ID from a number. */
export function keyId(seed: number): string {
  return `${seed.toString(16).toUpperCase().padStart(8, "0")}-1111-4222-8333-444455556666`;
}

/** @returns The kinds of a night's changes. */
export function kindsOf({ changes }: Pick<NightResult, "changes">): readonly string[] {
  return changes.map((one) => one.kind);
}

/** @returns The codes of a night's findings. */
export function codesOf({ findings }: Pick<NightResult, "findings">): readonly string[] {
  return findings.map((one) => one.code);
}

/** A volume document: encrypted, protected, with a TPM and the keys of these numbers. */
export function volume(
  drive: string | null,
  keys: readonly number[],
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    deviceId: `\\\\?\\Volume{${drive ?? "none"}}\\`,
    drive,
    label: drive === "C:" ? "Windows" : "Data",
    volumeType: drive === "C:" ? 0 : 1,
    protectionStatus: 1,
    conversionStatus: 1,
    encryptionMethod: 6,
    lockStatus: 0,
    protectors: [
      { id: `{7070${drive ?? "none"}}`, type: 1 },
      ...keys.map((key) => ({ id: `{${keyId(key)}}`, type: 3, recoveryPassword: password(key) })),
    ],
    ...more,
  };
}

/** One PC with everything in memory. */
export interface Rig {
  readonly ledger: ReturnType<typeof memoryLedger>;
  readonly archive: ReturnType<typeof memoryArchive>;
  readonly mailer: ReturnType<typeof fakeMailer>;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly log: ReturnType<typeof memoryLog>;
  readonly places: Map<string, MemoryDestination>;
  /** The settings of the next night, as in the file. */
  settings: Record<string, unknown>;
  host: Record<string, unknown>;
  templates: TemplateStore;
  /** Put between the night and the world. */
  wrap(ports: NightPorts): NightPorts;
  night(volumes: readonly unknown[], more?: Readonly<Record<string, unknown>>): Promise<NightResult>;
  /** A start on the day of the last night, or the first of a day after {@link nextDay}. */
  start(
    volumes: readonly unknown[],
    more?: Readonly<Record<string, unknown>>,
    input?: Partial<NightInput>,
  ): Promise<NightResult>;
  nextDay(): void;
  /** Key numbers whose digits stand in a readable report at a place. */
  held(place: string, keys: readonly number[]): readonly number[];
}

/** Makes one with these settings; its first night is 20 November, each next one a day later. */
export function nightRig(settings: Record<string, unknown>): Rig {
  let day = 19;
  const rig: Rig = {
    ledger: memoryLedger(),
    archive: memoryArchive(),
    mailer: fakeMailer(),
    clock: fixedClock(),
    log: memoryLog(),
    places: new Map(),
    settings,
    host: { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" },
    templates: {
      load: () => Promise.resolve(builtinTemplates),
      builtIn: () => Promise.resolve(builtinTemplates),
    },
    wrap: (ports) => ports,
    nextDay(): void {
      day++;
    },
    async night(volumes, more = {}): Promise<NightResult> {
      rig.nextDay();
      return await rig.start(volumes, more);
    },
    async start(volumes, more = {}, changes = {}): Promise<NightResult> {
      const date = new Date(Date.UTC(2026, 10, day, 3)).toISOString().slice(0, 10);
      const takenAt = `${date}T03:00:00.000+01:00`;
      rig.clock.set(`${date}T02:00:01Z`);
      const snapshot = parseSnapshot({ schema: 1, takenAt, host: rig.host, volumes, ...more }, "snapshot");
      const { settings: complete, setAside } = readSettings({
        policy: null,
        file: rig.settings,
        fileName: "settings.json",
      });
      const ports: NightPorts = {
        ledger: rig.ledger,
        archive: rig.archive,
        archiveKey: fakeArchiveKey(),
        sealer: fakeSealer(),
        templates: rig.templates,
        mailer: complete.smtp === null ? null : rig.mailer,
        log: rig.log,
        clock: rig.clock,
        openDestination: (one) => placeOf(rig, one.name),
        carry: () => [],
      };
      const input = {
        snapshot,
        settings: complete,
        setAside,
        runId: `run-${day}`,
        carries: false,
        receipts: null,
        access: [],
        ...changes,
      };
      return await runNight(input, rig.wrap(ports));
    },
    held(place, keys): readonly number[] {
      const reports = [...placeOf(rig, place).files].filter(([path]) => path.endsWith(".TXT")).map((
        [, bytes],
      ) => parseReportText(bytes));
      return keys.filter((key) =>
        reports.some((one) => one?.keyId === keyId(key) && one.recoveryPassword === password(key))
      );
    },
  };
  return rig;
}

/** The place of a name, made when first asked for. */
export function placeOf(rig: Rig, name: string): MemoryDestination {
  const place = rig.places.get(name) ?? memoryDestination(name);
  rig.places.set(name, place);
  return place;
}

/** Thrown where a test ends a night. */
export class Killed extends Error {}

/** Ends the night at the n-th write, before or after it happened. Counts from 1. */
export function killAt(
  count: number,
  when: "before" | "after",
): { wrap(ports: NightPorts): NightPorts; writes(): number } {
  let writes = 0;
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    writes++;
    if (writes > count || (writes === count && when === "before")) throw new Killed();
    const result = await act();
    if (writes === count) throw new Killed();
    return result;
  };
  return {
    writes: () => writes,
    wrap: (ports) => ({
      ...ports,
      ledger: { ...bind(ports.ledger), save: (changes) => step(() => ports.ledger.save(changes)) },
      archive: {
        ...bindArchive(ports.archive),
        put: (file, bytes) => step(() => ports.archive.put(file, bytes)),
        remove: (file) => step(() => ports.archive.remove(file)),
      },
      mailer: ports.mailer === null
        ? null
        : { send: (mail) => step(() => ports.mailer?.send(mail) ?? Promise.reject(new Killed())) },
      openDestination(settings, state): Destination | null {
        const real = ports.openDestination(settings, state);
        return real === null ? null : {
          name: real.name,
          list: (folders) => real.list(folders),
          sha256: (folder, name) => real.sha256(folder, name),
          put: (folder, name, bytes) => step(() => real.put(folder, name, bytes)),
          putStatus: (folder, bytes) => step(() => real.putStatus(folder, bytes)),
        };
      },
    }),
  };
}

function bind(ledger: Ledger): Ledger {
  return {
    load: () => ledger.load(),
    save: (changes) => ledger.save(changes),
    history: () => ledger.history(),
    runsSinceGood: () => ledger.runsSinceGood(),
    setAside: (reason) => ledger.setAside(reason),
    close: () => ledger.close(),
  };
}

function bindArchive(archive: Archive): Archive {
  return {
    list: () => archive.list(),
    put: (file, bytes) => archive.put(file, bytes),
    get: (file) => archive.get(file),
    remove: (file) => archive.remove(file),
  };
}
