/** PowerShell's part with a share, here a folder: looking, and carrying without replacing. */

import type { CarriedListing, CarryItem, Receipt } from "../../lib/core/carry_model.ts";
import { sha256Hex } from "../../lib/core/sha256.ts";

/** Looks at a share. */
export async function listingOf(destination: string, root: string): Promise<CarriedListing> {
  const folders: CarriedListing["folders"][number][] = [];
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    if (isDirectory) folders.push(await lookInto(root, name));
  }
  return { destination, reachable: true, error: null, blind: false, linked: null, folders };
}

async function lookInto(root: string, folder: string): Promise<CarriedListing["folders"][number]> {
  const files: { name: string; size: number; sha256: string; cloud: boolean }[] = [];
  let status: unknown = null;
  for await (const { name } of Deno.readDir(`${root}/${folder}`)) {
    const bytes = await Deno.readFile(`${root}/${folder}/${name}`);
    if (name === "status.json") status = JSON.parse(new TextDecoder().decode(bytes));
    else files.push({ name, size: bytes.length, sha256: await sha256Hex(bytes), cloud: false });
  }
  return { name: folder, status, files };
}

/** Carries, one receipt a report. */
export async function carryTo(root: string, items: readonly CarryItem[]): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const { destination, folder, name, replace, sha256, contentBase64 } of items) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
    const path = `${root}/${folder}/${name}`;
    const bytes = Uint8Array.fromBase64(contentBase64);
    const there = replace ? null : await Deno.readFile(path).catch(() => null);
    if (there !== null && await sha256Hex(there) !== sha256) {
      receipts.push({
        destination,
        name,
        sha256: null,
        outcome: "pending",
        error: "another file has the name",
      });
      continue;
    }
    await Deno.writeFile(path, bytes);
    if (!replace) receipts.push({ destination, name, sha256, outcome: "delivered", error: null });
  }
  return receipts;
}
