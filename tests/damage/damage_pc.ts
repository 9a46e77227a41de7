/** A PC in memory-backed folders, with a real mail server: whole runs of the program, one night after the other. */

import { Buffer } from "node:buffer";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { main, type WrapNight } from "../../main.ts";
import { refusal, startMailServer, type TestMailServer } from "../helpers/mail_server.ts";
import { quietly } from "./quietly.ts";

/** Below the PC's root. */
export const PLACES = { plain: "plain", vault: "vault" } as const;

/** Mail destinations: the first gets sealed keys, the second only news. */
export const MAILS = { helper: "tom@example.org", boss: "boss@example.org" } as const;

/** Whose ledger it is. */
export const MACHINE_ID = "4c4c4544-0042-3510-8052-b4c04f4d3532";

/** A mail that the server took. */
export interface TakenMail {
  readonly to: string;
  readonly bytes: Uint8Array;
}

/** What `check --json` prints, as far as it is looked at. */
export interface Answer {
  readonly changes?: readonly { readonly kind: string; readonly keyId: string | null }[];
  readonly findings?: readonly {
    readonly code: string;
    readonly severity: string;
    readonly text: string;
    readonly about?: string | null;
  }[];
  readonly shortfalls?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** A night that ran. */
export interface NightSeen {
  readonly code: number;
  readonly answer: Answer;
  /** What was said on stderr. */
  readonly said: string;
  /** Taken during the night. */
  readonly mails: readonly TakenMail[];
}

/** What a night is given. */
export interface NightPlan {
  readonly volumes: readonly unknown[];
  readonly wrap?: WrapNight;
  readonly machineId?: string;
  /** @default {"ANNA-LAPTOP"} */
  readonly host?: string;
  /** Where the ledger and the archive lie, below the PC's root. @default {"data"} */
  readonly data?: string;
  /** Settings of this night. @default {the PC's} */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A PC as it was at some moment. */
export interface KeptPc {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly mails: readonly TakenMail[];
  readonly day: number;
}

/** A PC with nights. */
export interface DamagePc extends AsyncDisposable {
  readonly root: string;
  readonly data: string;
  readonly ledger: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opens what is sealed to the recipients. */
  readonly identity: string;
  /** Whether the mail server takes mails. */
  mailWorks: boolean;
  /** All that the server took from the PC as it is now. */
  mails(): readonly TakenMail[];
  /** Runs `check` on the next day. */
  night(plan: NightPlan): Promise<NightSeen>;
  /** All files below the root. */
  files(): ReadonlyMap<string, Uint8Array>;
  keep(): KeptPc;
  restore(kept: KeptPc): void;
}

/** Folders in memory where there are such: a thousand nights wait for the disk otherwise. */
async function makeRoot(): Promise<string> {
  const dir = await Deno.stat("/dev/shm").then(({ isDirectory }) => isDirectory, () => false)
    ? { dir: "/dev/shm" }
    : {};
  return await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-damage-", ...dir }));
}

/**
 * Makes a PC on which nothing was ever run.
 *
 * @param options Whether reports are sealed to recipients; without, all lies plain and the archive has a key of its own.
 * @returns The PC.
 */
export async function damagePc({ sealed = true }: { readonly sealed?: boolean } = {}): Promise<DamagePc> {
  const root = await makeRoot();
  const identity = await generateX25519Identity();
  for (const folder of Object.values(PLACES)) await Deno.mkdir(`${root}/${folder}`);
  let day = 0;
  let taken: readonly TakenMail[] = [];
  const server: TestMailServer = await startMailServer({
    onMailFrom: (_, __, done) => done(pc.mailWorks ? null : refusal(451, "4.3.0 Try again later")),
  });
  const pc: DamagePc = {
    root,
    identity,
    data: `${root}/data`,
    ledger: `${root}/data/ledger.db`,
    mailWorks: true,
    settings: {
      destinations: [
        { name: "plain", kind: "folder", path: `${root}/plain`, synced: true, sealed: false },
        { name: "vault", kind: "folder", path: `${root}/vault`, synced: true, sealed },
        { name: "helper", kind: "mail", to: [MAILS.helper], keys: sealed ? "sealed" : "plain" },
        { name: "boss", kind: "mail", to: [MAILS.boss], keys: "none" },
      ],
      smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
      ...(sealed ? { recipients: [await identityToRecipient(identity)] } : {}),
    },
    mails: () => taken,
    async night(plan): Promise<NightSeen> {
      day++;
      const before = server.mails.length;
      const date = new Date(Date.UTC(2026, 10, 19 + day)).toISOString().slice(0, 10);
      await Deno.writeTextFile(`${root}/envelope.json`, JSON.stringify(envelopeOf(plan, { date, day, pc })));
      const clock = { now: (): Date => new Date(`${date}T02:00:01.000Z`) };
      const words = ["check", "--json", "--snapshot", `${root}/envelope.json`];
      const ended = await quietly(() =>
        main(
          [...words, "--data", `${root}/${plan.data ?? "data"}`],
          (night) => (plan.wrap ?? ((one) => one))({ ...night, clock }),
        )
      );
      await server.idle();
      const mails = server.mails.slice(before).map((bytes, index) => (
        { bytes, to: server.envelopes[before + index]?.to[0] ?? "" }
      ));
      taken = [...taken, ...mails];
      return { code: ended.result, answer: JSON.parse(ended.stdout), said: ended.stderr, mails };
    },
    files: () => readBelow(root),
    keep: () => ({ files: readBelow(root), mails: taken, day }),
    restore(kept): void {
      writeBelow(root, kept.files);
      taken = kept.mails;
      day = kept.day;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await server.stop();
      await Deno.remove(root, { recursive: true });
    },
  };
  return pc;
}

function envelopeOf(
  { volumes, machineId = MACHINE_ID, host = "ANNA-LAPTOP", settings, secrets = {} }: NightPlan,
  { date, day, pc }: { readonly date: string; readonly day: number; readonly pc: DamagePc },
): Readonly<Record<string, unknown>> {
  return {
    schema: 1,
    runId: `run-${day}`,
    snapshot: {
      schema: 1,
      takenAt: `${date}T03:00:00.000+01:00`,
      host: { name: host, machineId },
      volumes,
    },
    settings: { policy: null, file: settings ?? pc.settings },
    secrets,
  };
}

function readBelow(root: string): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const walk = (folder: string): void => {
    for (const { name, isDirectory } of Deno.readDirSync(`${root}${folder}`)) {
      const path = `${folder}/${name}`;
      if (isDirectory) walk(path);
      else found.set(path.slice(1), Deno.readFileSync(`${root}${path}`));
    }
  };
  walk("");
  return found;
}

/** What is right already is left alone. */
function writeBelow(root: string, files: ReadonlyMap<string, Uint8Array>): void {
  const there = readBelow(root);
  for (const path of there.keys()) if (!files.has(path)) Deno.removeSync(`${root}/${path}`);
  for (const [path, bytes] of files) {
    const now = there.get(path);
    if (now !== undefined && Buffer.compare(now, bytes) === 0) continue;
    Deno.mkdirSync(`${root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
    Deno.writeFileSync(`${root}/${path}`, bytes, { mode: 0o600 });
  }
}
