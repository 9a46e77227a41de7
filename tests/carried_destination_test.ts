import assert from "node:assert/strict";
import type { CarriedListing, CarryItem } from "../lib/core/carry_model.ts";
import { carriedDestination } from "../lib/effects/carried_destination.ts";
import { type Destination, NameTakenError, UnlinkedError } from "../lib/ports.ts";
import { destinationContract } from "./contracts/destination_contract.ts";

const HOST = "ANNA-LAPTOP";
const BYTES = Uint8Array.of(1, 2, 3);
const HASH = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
const EMPTY: CarriedListing = {
  destination: "office",
  reachable: true,
  error: null,
  blind: false,
  linked: null,
  folders: [],
};

function open(listing: CarriedListing, carry: CarryItem[] = []): Destination {
  return carriedDestination({ name: "office", listing, carry });
}

function withFile(file: Partial<CarriedListing["folders"][number]["files"][number]>): CarriedListing {
  const files = [{ name: "a.TXT", size: 3, sha256: HASH, cloud: false, ...file }];
  return { ...EMPTY, folders: [{ name: HOST, status: null, files }] };
}

destinationContract(
  "carried",
  () => Promise.resolve({ destination: open(EMPTY), [Symbol.asyncDispose]: () => Promise.resolve() }),
  { outcome: "handed-over", readsBack: false },
);

Deno.test("list() gives the named folders of the listing, without status and temporary files among the reports", async () => {
  const files = ["a.TXT", "status.json", ".spare-key-1.tmp"].map((name) => ({
    name,
    size: 1,
    sha256: null,
    cloud: false,
  }));
  const listing = {
    ...EMPTY,
    folders: [{ name: HOST, status: { run: 1 }, files }, { name: "TOM-PC", status: undefined, files: [] }],
  };
  assert.deepEqual(await open(listing).list(["TOM-PC", HOST, "OTHER"]), {
    place: null,
    blind: false,
    folders: [{ name: "TOM-PC", status: null, files: [] }, {
      name: HOST,
      status: { run: 1 },
      files: [{ name: "a.TXT", size: 1, sha256: null, cloud: false }],
    }],
  });
});

Deno.test("names are compared as Windows does, and the exact one is preferred", async () => {
  const files = [{ name: "A.txt", size: 3, sha256: HASH, cloud: false }];
  const small = { name: "anna-laptop", status: { which: "small" }, files };
  assert.deepEqual((await open({ ...EMPTY, folders: [small] }).list([HOST])).folders, [{
    ...small,
    name: HOST,
  }]);
  const exact = { name: HOST, status: { which: "exact" }, files: [] };
  assert.deepEqual((await open({ ...EMPTY, folders: [small, exact] }).list([HOST])).folders, [exact]);
  const destination = open({ ...EMPTY, folders: [small] });
  assert.equal(await destination.put(HOST, "a.TXT", BYTES), "delivered");
  await assert.rejects(() => destination.put(HOST, "a.TXT", Uint8Array.of(1, 2, 4)), NameTakenError);
});

Deno.test("a place that could not be looked at throws with the reason, and still takes what is to be carried", async () => {
  const carry: CarryItem[] = [];
  const dropBox = open({ ...EMPTY, reachable: false, error: "access is denied" }, carry);
  await assert.rejects(() => dropBox.list([HOST]), { message: 'Cannot look at "office": access is denied' });
  await assert.rejects(() => open({ ...EMPTY, reachable: false }).list([]), /it is not reachable$/);
  assert.equal(await dropBox.put(HOST, "a.TXT", BYTES), "handed-over");
  assert.equal(carry.length, 1);
});

Deno.test("put() and putStatus() hand over name, hash and bytes, once each", async () => {
  const carry: CarryItem[] = [];
  const destination = open(EMPTY, carry);
  await destination.put(HOST, "a.TXT", BYTES);
  await destination.put(HOST, "a.TXT", BYTES);
  await destination.putStatus(HOST, new TextEncoder().encode("{}"));
  await destination.putStatus(HOST, BYTES);
  const rest = { destination: "office", folder: HOST, sha256: HASH, contentBase64: "AQID" };
  assert.deepEqual(carry, [
    { ...rest, name: "a.TXT", replace: false },
    { ...rest, name: "status.json", replace: true },
  ]);
});

Deno.test("two places that share a carry list do not see each other's files", async () => {
  const carry: CarryItem[] = [];
  await open(EMPTY, carry).put(HOST, "a.TXT", BYTES);
  const other = carriedDestination({ name: "anna", listing: EMPTY, carry });
  assert.equal(await other.put(HOST, "a.TXT", Uint8Array.of(9)), "handed-over");
  assert.deepEqual(carry.map(({ destination }) => destination), ["office", "anna"]);
});

const THERE:
  readonly (readonly [string, Parameters<typeof withFile>[0], "delivered" | "handed-over" | "taken"])[] = [
    ["with the same hash", {}, "delivered"],
    ["with another hash", { sha256: "0".repeat(64) }, "taken"],
    ["of another size", { size: 4 }, "taken"],
    ["of another size, not hashed", { size: 4, sha256: null }, "taken"],
    ["of the same size, not hashed", { sha256: null }, "handed-over"],
    ["of the same size, uploaded and freed", { sha256: null, cloud: true }, "delivered"],
    ["of another size, uploaded and freed", { sha256: null, cloud: true, size: 4 }, "taken"],
  ];
for (const [what, file, outcome] of THERE) {
  Deno.test(`put() of a name that is there ${what}: ${outcome}`, async () => {
    const carry: CarryItem[] = [];
    const put = open(withFile(file), carry).put(HOST, "a.TXT", BYTES);
    if (outcome === "taken") await assert.rejects(() => put, NameTakenError);
    else assert.equal(await put, outcome);
    assert.equal(carry.length, outcome === "handed-over" ? 1 : 0);
  });
}

Deno.test("sha256() gives what PowerShell computed, and throws where it did not", async () => {
  assert.equal(await open(withFile({})).sha256(HOST, "a.TXT"), HASH);
  await assert.rejects(
    () => open(withFile({ sha256: null })).sha256(HOST, "a.TXT"),
    /its content was not looked at$/,
  );
});

Deno.test("a drop box takes what it does not show", async () => {
  const carry: CarryItem[] = [];
  const destination = open({ ...EMPTY, blind: true }, carry);
  assert.deepEqual(await destination.list([HOST]), { place: null, blind: true, folders: [] });
  assert.equal(await destination.put(HOST, "a.TXT", BYTES), "handed-over");
  assert.equal(carry.length, 1);
});

Deno.test("an account that is no longer linked is told apart from a place that is away", async () => {
  const unlinked = { ...EMPTY, reachable: false, linked: false, error: "OneDrive was unlinked" };
  await assert.rejects(() => open(unlinked).list([HOST]), (error) => {
    return error instanceof UnlinkedError && /"office": OneDrive was unlinked$/.test(error.message);
  });
  const away = { ...EMPTY, reachable: false, linked: true, error: "the folder is missing" };
  await assert.rejects(() => open(away).list([HOST]), (error) => !(error instanceof UnlinkedError));
});

Deno.test("list() tells of a folder that PowerShell could not look into", async () => {
  const closed = { name: HOST, status: { machineId: "" }, error: "access is denied", files: [] };
  assert.deepEqual((await open({ ...EMPTY, folders: [closed] }).list([HOST])).folders, [
    { name: HOST, status: { machineId: "" }, files: [], closed: "access is denied" },
  ]);
});
