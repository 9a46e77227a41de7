/** What PowerShell does in a night, in memory: looks at shares and OneDrive folders, carries, starts once more. */

import type { CarriedListing, CarryItem, Receipt } from "../../lib/core/carry_model.ts";
import { sha256Hex } from "../../lib/core/sha256.ts";
import { carriedDestination } from "../../lib/effects/carried_destination.ts";
import type { NightResult } from "../../lib/nightly/run_night.ts";
import type { NightPorts } from "../../lib/nightly/night.ts";
import { parseReportText } from "../../lib/core/parse_report.ts";
import { keyId, nightRig, password, type Rig } from "./night_rig.ts";

/** A share or a user's OneDrive folder. */
export interface CarriedPlace {
  readonly kind: "share" | "onedrive";
  /** `FOLDER/name` to bytes. */
  readonly files: Map<string, Uint8Array>;
  /** Those of `files` that OneDrive has uploaded and freed. */
  readonly cloud: Set<string>;
  /** What waits on the PC for the user of a OneDrive folder. */
  readonly pickup: Map<string, Uint8Array>;
  /** Takes files and shows none. */
  blind: boolean;
  /** Folders that cannot be looked into, with the reason. */
  readonly closed: Map<string, string>;
  /** Set: it cannot be looked at. */
  trouble: string | null;
  /** Set: nothing can be written. */
  putTrouble: string | null;
  /** Whether the user's own task runs. */
  signedIn: boolean;
  linked: boolean;
  /** Whether there is time to hash what lies there. */
  hashes: boolean;
}

/** A rig whose places of the settings of kind share and onedrive are carried to. */
export interface CarriedRig extends Rig {
  /** By name, made when first asked for. */
  place(name: string): CarriedPlace;
  /** A whole run, one start or two, on the next day. */
  run(volumes: readonly unknown[], more?: Readonly<Record<string, unknown>>): Promise<CarriedRun>;
  /** Called between the two starts, after the first was carried. */
  between: () => void;
}

/** What the starts of a run gave. */
export interface CarriedRun {
  readonly starts: readonly NightResult[];
  /** Of the last start. */
  readonly result: NightResult;
  /** What the first start wanted carried, beside `status.json`. */
  readonly carried: readonly CarryItem[];
}

/** Makes one with these settings. */
export function carriedRig(settings: Record<string, unknown>): CarriedRig {
  const places = new Map<string, CarriedPlace>();
  const kinds = new Map(
    (settings["destinations"] as readonly Readonly<Record<string, unknown>>[]).map((one) =>
      [String(one["name"]), one["kind"]] as const
    ),
  );
  const base = nightRig(settings);
  const rig: CarriedRig = Object.assign(base, {
    between: (): void => {},
    place: (name: string): CarriedPlace => {
      const known = places.get(name) ?? newPlace(kinds.get(name) === "onedrive" ? "onedrive" : "share");
      places.set(name, known);
      return known;
    },
    async run(
      volumes: readonly unknown[],
      more: Readonly<Record<string, unknown>> = {},
    ): Promise<CarriedRun> {
      const names = [...kinds].filter(([, kind]) => kind === "share" || kind === "onedrive").map(([name]) =>
        name
      );
      const start = async (receipts: readonly Receipt[] | null): Promise<NightResult> => {
        const listings = await Promise.all(names.map((name) => listingOf(name, rig.place(name))));
        const carry: CarryItem[] = [];
        const outer = rig.wrap;
        rig.wrap = (ports) =>
          outer(
            {
              ...ports,
              openDestination: (one, state) => {
                const listing = listings.find((listed) => listed.destination === one.name);
                return listing === undefined
                  ? ports.openDestination(one, state)
                  : carriedDestination({ name: one.name, listing, carry });
              },
              carry: () => carry,
            } satisfies NightPorts,
          );
        try {
          return await rig.start(volumes, more, { carries: true, receipts });
        } finally {
          rig.wrap = outer;
        }
      };
      rig.nextDay();
      const first = await start(null);
      const carried = first.carry?.filter((item) => !item.replace) ?? [];
      if (carried.length === 0) {
        await carryAll(first.carry ?? [], rig);
        return { starts: [first], result: first, carried };
      }
      const receipts = await carryAll(carried, rig);
      rig.between();
      const second = await start(receipts);
      await carryAll(second.carry ?? [], rig);
      return { starts: [first, second], result: second, carried };
    },
  });
  return rig;
}

function newPlace(kind: CarriedPlace["kind"]): CarriedPlace {
  return {
    kind,
    files: new Map(),
    cloud: new Set(),
    pickup: new Map(),
    blind: false,
    closed: new Map(),
    trouble: null,
    putTrouble: null,
    signedIn: true,
    linked: true,
    hashes: true,
  };
}

async function listingOf(name: string, place: CarriedPlace): Promise<CarriedListing> {
  const unlinked = place.kind === "onedrive" && !place.linked;
  const trouble = unlinked ? "the account is no longer linked" : place.trouble;
  const head = {
    destination: name,
    reachable: trouble === null,
    error: trouble,
    blind: place.blind,
    linked: place.kind === "onedrive" ? place.linked : null,
  };
  if (trouble !== null || place.blind) return { ...head, folders: [] };
  const paths = [...place.files].map(([path, bytes]) =>
    [...path.split("/"), bytes] as [string, string, Uint8Array]
  );
  const folders = await Promise.all(
    [...Map.groupBy(paths, ([folder]) => folder)].map(async ([folder, files]) => {
      const error = place.closed.get(folder);
      if (error !== undefined) return { name: folder, status: { machineId: "" }, error, files: [] };
      return {
        name: folder,
        status: null,
        files: await Promise.all(
          files.filter(([, file]) => file !== "status.json").map(async ([, file, bytes]) => {
            const cloud = place.cloud.has(`${folder}/${file}`);
            const sha256 = cloud || !place.hashes ? null : await sha256Hex(bytes);
            return { name: file, size: bytes.length, sha256, cloud };
          }),
        ),
      };
    }),
  );
  return { ...head, folders };
}

/** Carries, one receipt a file; the user's own task, where he is signed in, ends before the receipt is written. */
async function carryAll(items: readonly CarryItem[], rig: CarriedRig): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const item of items) {
    const place = rig.place(item.destination);
    const path = `${item.folder}/${item.name}`;
    const bytes = Uint8Array.fromBase64(item.contentBase64);
    const told = { destination: item.destination, name: item.name, sha256: item.sha256 };
    if (place.kind === "onedrive") place.pickup.set(path, bytes);
    const target = place.kind === "share" || place.signedIn ? place.files : null;
    const there = target?.get(path);
    if (place.putTrouble !== null) {
      receipts.push({ ...told, sha256: null, outcome: "pending", error: place.putTrouble });
    } else if (target === null) {
      receipts.push({ ...told, outcome: "handed-over", error: null });
    } else if (
      there !== undefined && !item.replace && (place.blind || await sha256Hex(there) !== item.sha256)
    ) {
      receipts.push({ ...told, sha256: null, outcome: "pending", error: "another file has the name" });
    } else {
      target.set(path, bytes);
      place.pickup.delete(path);
      receipts.push({ ...told, outcome: place.blind ? "accepted" : "delivered", error: null });
    }
  }
  return receipts;
}

/** The user signs in: his own task copies what waits for him. */
export function signIn(place: CarriedPlace): void {
  place.signedIn = true;
  for (const [path, bytes] of place.pickup) place.files.set(path, bytes);
  place.pickup.clear();
}

/** Key numbers whose digits stand in a readable report at a carried place. */
export function held(rig: CarriedRig, place: string, keys: readonly number[]): readonly number[] {
  const reports = [...rig.place(place).files].filter(([path]) => path.endsWith(".TXT"))
    .map(([, bytes]) => parseReportText(bytes));
  return keys.filter((key) =>
    reports.some((one) => one?.keyId === keyId(key) && one.recoveryPassword === password(key))
  );
}
