import type { CarriedListing, CarryItem } from "../core/carry_model.ts";
import {
  type Destination,
  type Listing,
  NameTakenError,
  type PutOutcome,
  type StoredFile,
  UnlinkedError,
} from "../ports.ts";
import { sha256Hex } from "../core/sha256.ts";
import { assertSafeName } from "./safe_name.ts";

const STATUS = "status.json";

/** Which place, what lies there, and where to put what is to be carried. */
export interface CarriedDestinationOptions {
  /** As in the settings. */
  readonly name: string;
  /** What PowerShell found there. */
  readonly listing: CarriedListing;
  /** Grows by what this run hands over. */
  readonly carry: CarryItem[];
}

/**
 * Opens a place that PowerShell looks at and carries to: a share, or a user's OneDrive. What `put` takes is
 * `handed-over`; whether it arrived is told by the listing or receipt of the next start. Handing over works
 * also where the listing was refused: a drop box takes what it does not show.
 *
 * @param options Name, listing and the list that carries.
 * @returns The destination.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const listing = { destination: "office", reachable: true, error: null, blind: false, linked: null, folders: [] };
 * const carry: CarryItem[] = [];
 * const office = carriedDestination({ name: "office", listing, carry });
 * assert.equal(await office.put("ANNA-LAPTOP", "a.TXT", Uint8Array.of(1)), "handed-over");
 * assert.equal(carry[0]?.contentBase64, "AQ==");
 * ```
 */
export function carriedDestination(options: CarriedDestinationOptions): Destination {
  return new CarriedDestination(options);
}

class CarriedDestination implements Destination {
  readonly name: string;
  readonly #listing: CarriedListing;
  readonly #carry: CarryItem[];

  constructor({ name, listing, carry }: CarriedDestinationOptions) {
    this.name = name;
    this.#listing = listing;
    this.#carry = carry;
  }

  // deno-lint-ignore require-await -- a refusal must reject, not throw
  async list(folders: readonly string[]): Promise<Listing> {
    folders.forEach(assertSafeName);
    const { reachable, linked, error } = this.#listing;
    if (linked === false) {
      throw new UnlinkedError(
        `Cannot look at "${this.name}": ${error ?? "the account is not linked any more"}`,
      );
    }
    if (!reachable) throw new Error(`Cannot look at "${this.name}": ${error ?? "it is not reachable"}`);
    const found = folders.flatMap((name) => {
      const folder = this.#folder(name);
      if (folder === undefined) return [];
      const files = folder.files.filter((file) =>
        !same(file.name, STATUS) && !/^\.spare-key-.*\.tmp$/.test(file.name)
      );
      return [{
        name,
        status: folder.status ?? null,
        files,
        ...(folder.error == null ? {} : { closed: folder.error }),
      }];
    });
    return { place: null, folders: found, blind: this.#listing.blind };
  }

  // deno-lint-ignore require-await -- a refusal must reject, not throw
  async sha256(folder: string, name: string): Promise<string> {
    assertSafeName(folder);
    assertSafeName(name);
    const hash = this.#file(folder, name)?.sha256;
    if (hash === undefined) {
      throw new Error(`Cannot read "${folder}/${name}" at "${this.name}": it does not exist`);
    }
    if (hash === null) {
      throw new Error(`Cannot read "${folder}/${name}" at "${this.name}": its content was not looked at`);
    }
    return hash;
  }

  async put(folder: string, name: string, bytes: Uint8Array): Promise<PutOutcome> {
    assertSafeName(folder);
    assertSafeName(name);
    if (same(name, STATUS)) {
      throw new Error(`Cannot use the name "${name}" for a report: it is that of the status`);
    }
    const sha256 = await sha256Hex(bytes);
    const there = this.#file(folder, name);
    if (there !== undefined) {
      const equal = there.size === bytes.length && (there.sha256 === null ? null : there.sha256 === sha256);
      if (equal === false) throw this.#taken(folder, name);
      // Uploaded and freed: name and size are proof enough. Else unknown, and whoever carries compares the bytes.
      if (equal === true || there.cloud) return "delivered";
    }
    const carried = this.#carry.find((item) => this.#isMine(item, folder, name));
    if (carried !== undefined && carried.sha256 !== sha256) throw this.#taken(folder, name);
    if (carried === undefined) this.#carry.push(this.#item({ folder, name, replace: false, sha256 }, bytes));
    return "handed-over";
  }

  async putStatus(folder: string, bytes: Uint8Array): Promise<void> {
    assertSafeName(folder);
    const item = this.#item({ folder, name: STATUS, replace: true, sha256: await sha256Hex(bytes) }, bytes);
    const at = this.#carry.findIndex((other) => this.#isMine(other, folder, STATUS));
    if (at < 0) this.#carry.push(item);
    else this.#carry[at] = item;
  }

  #item(head: Omit<CarryItem, "destination" | "contentBase64">, bytes: Uint8Array): CarryItem {
    return { destination: this.name, ...head, contentBase64: bytes.toBase64() };
  }

  #isMine(item: CarryItem, folder: string, name: string): boolean {
    return item.destination === this.name && same(item.folder, folder) && same(item.name, name);
  }

  #taken(folder: string, name: string): NameTakenError {
    return new NameTakenError(
      `Cannot write "${folder}/${name}" at "${this.name}": other content has the name`,
    );
  }

  #folder(name: string): CarriedListing["folders"][number] | undefined {
    const { folders } = this.#listing;
    return folders.find((folder) => folder.name === name) ??
      folders.find((folder) => same(folder.name, name));
  }

  #file(folder: string, name: string): StoredFile | undefined {
    const files = this.#folder(folder)?.files ?? [];
    return files.find((file) => file.name === name) ?? files.find((file) => same(file.name, name));
  }
}

/** Shares and OneDrive compare names as Windows does. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
