import assert from "node:assert/strict";
import fc from "fast-check";
import { accessOf, readersOf, writersOf } from "../lib/core/readable_by.ts";

const SEED = 20261124;
const ANNA = "S-1-5-21-1111-2222-3333-1001";
const TOM = "S-1-5-21-1111-2222-3333-1002";
const CLOSED = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
const TI = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

interface Row {
  readonly of: string;
  readonly sddl: string;
  readonly readers: readonly string[];
  readonly writers: readonly string[];
}

const REAL: readonly Row[] = [
  {
    of: "a folder below a drive that Windows formatted, as its first user made it",
    sddl:
      `O:${ANNA}G:S-1-5-21-1111-2222-3333-513D:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)` +
      "(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)",
    readers: [ANNA, "Users", "Authenticated Users"],
    writers: [ANNA, "Authenticated Users"],
  },
  {
    of: "the root of the system drive",
    sddl:
      `O:${TI}G:${TI}D:PAI(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;;FA;;;SY)(A;OICIIO;GA;;;SY)(A;OICIIO;GA;;;BA)` +
      "(A;;FA;;;BA)(A;OICI;0x1200a9;;;BU)",
    readers: ["Authenticated Users", "Users"],
    writers: ["Authenticated Users"],
  },
  {
    of: "ProgramData",
    sddl:
      "O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)",
    readers: ["Users"],
    writers: ["Users"],
  },
  {
    of: "Program Files",
    sddl:
      `O:${TI}G:${TI}D:PAI(A;;FA;;;${TI})(A;CIIO;GA;;;${TI})(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;SY)(A;;0x1301bf;;;BA)` +
      "(A;OICIIO;GA;;;BA)(A;;0x1200a9;;;BU)(A;OICIIO;GXGR;;;BU)(A;OICIIO;GA;;;CO)(A;;0x1200a9;;;AC)(A;OICIIO;GXGR;;;AC)" +
      "(A;;0x1200a9;;;S-1-15-2-2)(A;OICIIO;GXGR;;;S-1-15-2-2)",
    readers: ["Users", "ALL APPLICATION PACKAGES", "ALL RESTRICTED APPLICATION PACKAGES"],
    writers: [],
  },
  {
    of: "a user's own folder",
    sddl: `O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;${ANNA})`,
    readers: [ANNA],
    writers: [ANNA],
  },
  { of: "a closed folder", sddl: CLOSED, readers: [], writers: [] },
  {
    of: "a closed folder, with what is watched and a high integrity level",
    sddl: `${CLOSED}S:AI(AU;OICISAFA;WD;;;WD)(ML;OICI;NW;;;HI)`,
    readers: [],
    writers: [],
  },
  {
    of: "a folder on a domain's PC that its staff may read",
    sddl: `${CLOSED}(A;OICI;FR;;;DU)(A;OICI;GR;;;S-1-5-21-9-8-7-512)`,
    readers: ["Domain Users", "Domain Admins"],
    writers: [],
  },
];

Deno.test("accessOf() tells who may read and who may write in folders as Windows makes them", () => {
  for (const { of, sddl, readers, writers } of REAL) {
    assert.deepEqual(accessOf(sddl), { readers, writers }, of);
    assert.deepEqual(readersOf(sddl), readers, of);
    assert.deepEqual(writersOf(sddl), writers, of);
  }
});

Deno.test("readersOf() counts each right that leads to reading, and only those", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["(A;OICI;FR;;;BU)", ["Users"]],
    ["(A;;0x1;;;WD)", ["Everyone"]],
    ["(A;;CC;;;AU)", ["Authenticated Users"]],
    ["(A;OICI;GR;;;IU)", ["INTERACTIVE"]],
    ["(A;OIIO;FR;;;BU)", ["Users"]],
    ["(A;CIIO;FR;;;BU)", ["Users"]],
    ["(A;;WD;;;BU)", ["Users"]],
    ["(A;;WO;;;BU)", ["Users"]],
    ["(A;OICI;FX;;;BU)", []],
    ["(A;OICI;0x20;;;WD)", []],
    ["(A;OICI;FW;;;BU)", []],
    ["(A;OICI;RC;;;WD)", []],
    ["(A;IO;FA;;;WD)", []],
    ["(A;OICIIO;GA;;;CO)", []],
    [`(A;OICI;FA;;;${TI})`, []],
    ["(A;OICI;FR;;;S-1-5-32-0545)", ["Users"]],
    [`(A;OICI;FR;;;${ANNA})`, [ANNA]],
    ['(XA;OICI;FR;;;BU;(@User.Title=="Boss"))', ["Users"]],
    ["(OA;OICI;FR;f30e3bc2-9ff0-11d1-b603-0000f80367c1;;BU)", ["Users"]],
    ["(A;OICI;FR;;;OW)", []],
    ["(A;OICI;FR;;;CG)", ["CREATOR GROUP"]],
  ];
  for (const [entry, readers] of rows) assert.deepEqual(readersOf(CLOSED + entry), readers, entry);
});

Deno.test("readersOf() lets a denial take away only from the same name, there, and only from what comes after", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["(D;OICI;FR;;;BU)(A;OICI;FR;;;BU)", []],
    ["(D;OICI;FA;;;WD)(A;OICI;FR;;;BU)", []],
    ["(D;OICI;FR;;;BU)(A;OICI;FA;;;BU)", ["Users"]],
    ["(A;OICI;FR;;;BU)(D;OICI;FR;;;BU)", ["Users"]],
    [`(D;OICI;FR;;;${ANNA})(A;OICI;FR;;;BU)`, ["Users"]],
    ["(D;;FR;;;BU)(A;OICI;FR;;;BU)", ["Users"]],
    ["(D;OICINP;FR;;;BU)(A;OICI;FR;;;BU)", ["Users"]],
    ["(D;;FR;;;BU)(A;;FR;;;BU)", []],
    ['(XD;OICI;FR;;;BU;(@User.Title=="Boss"))(A;OICI;FR;;;BU)', ["Users"]],
    ["(OD;OICI;FR;f30e3bc2-9ff0-11d1-b603-0000f80367c1;;BU)(A;OICI;FR;;;BU)", ["Users"]],
  ];
  for (const [entries, readers] of rows) assert.deepEqual(readersOf(CLOSED + entries), readers, entries);
});

Deno.test("accessOf() counts an owner that is no administrator, who can change the rights at any time", () => {
  const list = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [`O:SY${list}`, []],
    [`O:BA${list}`, []],
    [`O:${TI}${list}`, []],
    [`O:${ANNA}${list}`, [ANNA]],
    [`O:BU${list}`, ["Users"]],
    [`O:${ANNA}${list}(A;OICI;RC;;;OW)`, []],
    [`O:${ANNA}${list}(A;OICI;FR;;;OW)`, [ANNA]],
    [`O:${ANNA}${list}(A;OICIIO;RC;;;OW)`, [ANNA]],
  ];
  for (const [sddl, readers] of rows) assert.deepEqual(readersOf(sddl), readers, sddl);
});

Deno.test("accessOf() takes a missing list for everyone, an empty one for nobody, an unknown text for neither", () => {
  for (const sddl of ["O:SY", "O:SYD:NO_ACCESS_CONTROL", "O:SYG:SYS:AI"]) {
    assert.deepEqual(accessOf(sddl), { readers: ["Everyone"], writers: ["Everyone"] }, sddl);
  }
  assert.deepEqual(accessOf("O:SYD:P"), { readers: [], writers: [] });
  for (
    const sddl of [
      "",
      "nothing",
      "D:PAI(A;OICI;FA;;;SY)",
      `${CLOSED}(Z;;FA;;;WD)`,
      `${CLOSED}(A;;FA;;;Users)`,
    ]
  ) {
    assert.equal(accessOf(sddl), null, sddl);
    assert.equal(readersOf(sddl), null, sddl);
    assert.equal(writersOf(sddl), null, sddl);
  }
});

Deno.test("accessOf() never loses somebody by more entries that allow, nor by their order", () => {
  const entry = fc.tuple(
    fc.subarray(["OI", "CI", "NP", "IO", "ID"]).map((flags) => flags.join("")),
    fc.constantFrom("FA", "FR", "FW", "FX", "GR", "GA", "0x1", "0x2", "0x40000", "RC"),
    fc.constantFrom("SY", "BA", "BU", "WD", "AU", ANNA, TOM),
  ).map(([flags, rights, trustee]) => `(A;${flags};${rights};;;${trustee})`);
  const sorted = (names: readonly string[] | undefined): readonly string[] => [...names ?? ["?"]].sort();
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), entry, (entries, more) => {
      const before = accessOf(CLOSED + entries.join(""));
      const after = accessOf(CLOSED + entries.join("") + more);
      const turned = accessOf(CLOSED + entries.toReversed().join(""));
      for (const what of ["readers", "writers"] as const) {
        assert.ok(before?.[what].every((name) => after?.[what].includes(name)));
        assert.deepEqual(sorted(turned?.[what]), sorted(before?.[what]));
        for (const name of ["SYSTEM", "Administrators"]) assert.ok(!after?.[what].includes(name));
      }
    }),
    { seed: SEED },
  );
});
