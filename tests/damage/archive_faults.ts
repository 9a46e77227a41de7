/** What may become of the archive, and what can still be delivered from it. */

import { parseReportName } from "../../lib/core/report_names.ts";
import { newArchiveKey } from "../../lib/effects/archive_key_file.ts";
import { keyId, volume } from "../helpers/night_rig.ts";
import {
  alteredFiles,
  leftovers,
  missingKeys,
  needlessCopies,
  newReports,
  untoldTo,
} from "./damage_checks.ts";
import type { Answer, DamagePc } from "./damage_pc.ts";
import type { Past } from "./try_damage.ts";

/** A fault. */
export interface ArchiveFault {
  readonly name: string;
  /** @returns Numbers of keys whose archived reports are of no use any more; of these some may be had elsewhere. */
  damage(pc: DamagePc): Promise<readonly number[]> | readonly number[];
}

/** All keys that were ever seen. */
type Keys = readonly number[];

/** Paths of the archive's files, from the PC's root on. */
export function archivedPaths(pc: DamagePc): readonly string[] {
  return [...pc.files().keys()].filter((path) => path.startsWith("data/archive/")).sort();
}

function keysOf(path: string, keys: Keys): Keys {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const id = parseReportName(name)?.keyId ?? parseReportName(name.replace(/\.age$/, ""))?.keyId;
  return keys.filter((key) => keyId(key) === id);
}

/** What becomes of one file. */
const WRECKS: Readonly<Record<string, (bytes: Uint8Array, at: number) => Uint8Array | null>> = {
  "a bit flipped": (bytes, at) => {
    const place = at % bytes.length;
    return bytes.with(place, (bytes[place] ?? 0) ^ (1 << at % 8));
  },
  "cut in half": (bytes) => bytes.slice(0, bytes.length >> 1),
  "of no bytes": () => new Uint8Array(),
  "gone": () => null,
};

/**
 * Lists what may become of each file, of all of them, and of the key.
 *
 * @param paths Of the archive's files.
 * @param past Of the PC.
 * @param random Where bits flip.
 * @returns Faults.
 */
export function archiveFaults(
  paths: readonly string[],
  { keys }: Pick<Past, "keys">,
  random: () => number,
): readonly ArchiveFault[] {
  const write = (pc: DamagePc, path: string, bytes: Uint8Array | null): void => {
    if (bytes === null) Deno.removeSync(`${pc.root}/${path}`);
    else Deno.writeFileSync(`${pc.root}/${path}`, bytes);
  };
  const single = paths.flatMap((path) =>
    Object.entries(WRECKS).map(([what, wreck]): ArchiveFault => {
      const at = Math.floor(random() * 2 ** 30);
      return {
        name: `"${path.slice(path.lastIndexOf("/") + 1)}" in the archive ${what}`,
        damage(pc): Keys {
          write(pc, path, wreck(Deno.readFileSync(`${pc.root}/${path}`), at));
          return keysOf(path, keys);
        },
      };
    })
  );
  const ofKey = paths.some((path) => path.startsWith("data/archive/pc/")) ? keys : [];
  return [
    ...single,
    {
      name: "the whole archive gone",
      damage(pc): Keys {
        Deno.removeSync(`${pc.data}/archive`, { recursive: true });
        return keys;
      },
    },
    {
      name: "every file of it with a bit flipped",
      damage(pc): Keys {
        const flip = WRECKS["a bit flipped"] ?? ((bytes) => bytes);
        for (const path of paths) write(pc, path, flip(Deno.readFileSync(`${pc.root}/${path}`), 9999));
        return keys;
      },
    },
    {
      name: "the archive's key gone",
      damage(pc): Keys {
        Deno.removeSync(`${pc.data}/archive.key`);
        return ofKey;
      },
    },
    {
      name: "another key in its place",
      async damage(pc): Promise<Keys> {
        await Deno.writeTextFile(`${pc.data}/archive.key`, `${await newArchiveKey()}\n`);
        return ofKey;
      },
    },
    {
      name: "files in it that are none of ours",
      damage(pc): Keys {
        const folder = (paths[0] ?? "").replace(/\/[^/]*$/, "");
        write(pc, `${folder}/desktop.ini`, new TextEncoder().encode("[.ShellClassInfo]\r\n"));
        write(pc, `${folder}/notes.txt.age`, Uint8Array.of(1, 2, 3));
        write(
          pc,
          `${folder}/2026-01-01 C BitLocker Recovery Key ${keyId(77)}.TXT.age`,
          new TextEncoder().encode("not an age file"),
        );
        return [];
      },
    },
  ];
}

/**
 * Does the damage, and adds a destination that lacks everything: now the archive is needed.
 *
 * @param pc On which the past happened.
 * @param trial Past, fault, and whether reports are sealed to recipients.
 * @returns What is not as it should be.
 */
export async function tryArchiveFault(
  pc: DamagePc,
  { past, fault, sealed }: { readonly past: Past; readonly fault: ArchiveFault; readonly sealed: boolean },
): Promise<readonly string[]> {
  pc.restore(past.kept);
  const useless = await fault.damage(pc);
  await Deno.mkdir(`${pc.root}/late`, { recursive: true });
  const before = pc.files();
  const destinations = [
    ...pc.settings["destinations"] as readonly unknown[],
    { name: "late", kind: "folder", path: `${pc.root}/late`, synced: true, sealed },
  ];
  const current = [...past.current.c, ...past.current.d];
  const gone = useless.filter((key) => !current.includes(key));
  const plan = {
    volumes: [volume("C:", past.current.c), volume("D:", past.current.d)],
    settings: { ...pc.settings, destinations },
  };
  const night = await pc.night(plan);
  const after = pc.files();
  const there = past.keys.filter((key) => !gone.includes(key));
  const troubles = [
    ...await missingKeys(pc, past.keys),
    ...await missingKeys(pc, there, ["late"]),
    ...alteredFiles(before, after),
    ...needlessCopies(before, after),
    ...leftovers(pc, past.keys),
  ];
  const expected = gone.length > 0 ? 3 : 0;
  if (night.code !== expected) {
    troubles.push(`ended with ${night.code}: ${night.answer.error?.message ?? night.answer.shortfalls}`);
  }
  if (gone.length > 0) troubles.push(...await named(night.answer, night.mails));
  const next = await pc.night(plan);
  if (next.code !== expected) troubles.push(`the next night ended with ${next.code}`);
  if (next.mails.length > 0) troubles.push("the next night sent mails");
  return [...troubles, ...newReports(after, pc.files()).map((path) => `the next night made ${path}`)];
}

/** What the new destination lacks is said, by mail too; verified copies are elsewhere. */
async function named(
  { findings = [] }: Answer,
  mails: Parameters<typeof untoldTo>[0],
): Promise<readonly string[]> {
  const said = 'One report could not be delivered to "late": the archive no longer holds this report.';
  return [
    ...findings.some(({ code, text }) => code === "delivery-pending" && text.includes(said))
      ? []
      : ["what cannot be delivered is not named"],
    ...findings.some(({ code }) => code === "copy-lost") ? ["a key that has copies is called lost"] : [],
    ...await untoldTo(mails, said),
  ];
}
