import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSddl } from "../lib/core/parse_sddl.ts";
import { nameOfSid, sidOf } from "../lib/core/well_known_sids.ts";

const SEED = 20261124;

Deno.test("sidOf() brings SIDs into one form and refuses what is none", () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ["SY", "S-1-5-18"],
    ["sy", "S-1-5-18"],
    ["S-1-5-18", "S-1-5-18"],
    ["s-1-05-018", "S-1-5-18"],
    ["S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1001"],
    ["S-1-12-1-4294967295-2-3-4", "S-1-12-1-4294967295-2-3-4"],
    ["S-1-0xFFFFFFFFFFFF-1", "S-1-0xffffffffffff-1"],
    ["DU", "DU"],
    ["S-1-5-21-1-2-3-4294967296", null],
    ["S-1-5", null],
    ["S-2-5-18", null],
    ["S-1-5-18 ", null],
    ["ZZ", null],
    ["", null],
    ["Everyone", null],
  ];
  for (const [text, sid] of rows) assert.equal(sidOf(text), sid, text);
});

Deno.test("nameOfSid() says whom a SID stands for, and leaves that of an account as it is", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["S-1-1-0", "Everyone"],
    ["S-1-5-11", "Authenticated Users"],
    ["S-1-5-32-545", "Users"],
    ["S-1-5-4", "INTERACTIVE"],
    ["S-1-5-21-7-8-9-513", "Domain Users"],
    ["DU", "Domain Users"],
    ["S-1-5-21-7-8-9-1001", "S-1-5-21-7-8-9-1001"],
    ["S-1-5-32-513", "S-1-5-32-513"],
    ["S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", "TrustedInstaller"],
  ];
  for (const [sid, name] of rows) assert.equal(nameOfSid(sid), name, sid);
});

Deno.test("parseSddl() reads rights as letters, hexadecimal, octal and decimal numbers", () => {
  const rows: readonly (readonly [string, number])[] = [
    ["FA", 0x1f01ff],
    ["fa", 0x1f01ff],
    ["FR", 0x120089],
    ["FRFX", 0x1200a9],
    ["0x1200A9", 0x1200a9],
    ["1179817", 0x1200a9],
    ["04400251", 0x1200a9],
    ["GRGX", 0xa01200a9],
    ["GA", 0x101f01ff],
    ["0x80000000", 0x80120089],
    ["CCDCLCSWRPWPDTLOCRSDRCWDWO", 0xf01ff],
    ["0", 0],
    ["", 0],
  ];
  for (const [rights, mask] of rows) {
    assert.equal(parseSddl(`D:(A;;${rights};;;BU)`)?.entries?.[0]?.mask, mask, rights);
  }
});

Deno.test("parseSddl() reads flags, kinds, conditions and the parts round the list", () => {
  const text = "O:S-1-5-21-1-2-3-1001G:S-1-5-21-1-2-3-513D:PARAI(D;OICINP;FW;;;AN)" +
    '(XA;;FR;;;AU;(@User.Title=="a ) b" && (Member_of {SID(BA)})))(OA;CIIO;CC;f30e3bc2-9ff0-11d1-b603-0000f80367c1;;S-1-1-0)' +
    "S:AI(AU;SAFA;WD;;;WD)(ML;;NW;;;HI)";
  const read = parseSddl(text);
  assert.deepEqual(read, {
    owner: "S-1-5-21-1-2-3-1001",
    protected: true,
    entries: [
      { effect: "deny", flags: new Set(["OI", "CI", "NP"]), mask: 0x120116, sid: "S-1-5-7" },
      { effect: "allow", flags: new Set(), mask: 0x120089, sid: "S-1-5-11" },
      { effect: "allow", flags: new Set(["CI", "IO"]), mask: 1, sid: "S-1-1-0" },
    ],
  });
  const rows: readonly (readonly [string, ReturnType<typeof parseSddl>])[] = [
    ["O:SYG:SYD:", { owner: "S-1-5-18", protected: false, entries: [] }],
    ["O:SYD:P", { owner: "S-1-5-18", protected: true, entries: [] }],
    ["O:SYD:AI", { owner: "S-1-5-18", protected: false, entries: [] }],
    ["O:SYD:NO_ACCESS_CONTROL", { owner: "S-1-5-18", protected: false, entries: null }],
    ["O:SYD:PNO_ACCESS_CONTROL", { owner: "S-1-5-18", protected: true, entries: null }],
    ["O:SY", { owner: "S-1-5-18", protected: false, entries: null }],
    ["O:SYS:(AU;SAFA;WD;;;WD)", { owner: "S-1-5-18", protected: false, entries: null }],
    [" D:\r\n", { owner: null, protected: false, entries: [] }],
  ];
  for (const [sddl, expected] of rows) assert.deepEqual(parseSddl(sddl), expected, sddl);
});

Deno.test("parseSddl() gives null for what it does not wholly understand", () => {
  const rows = [
    "drwxr-xr-x",
    "O:",
    "O:ZZD:",
    "O:SYD:(A;OICI;FA;;;SY",
    "O:SYD:(A;OICI;FA;;;SY))",
    "O:SYD:(A;OICI;FA;;SY)",
    "O:SYD:(A;OICI;FA;;;)",
    "O:SYD:(A;OIC;FA;;;SY)",
    "O:SYD:(A;XX;FA;;;SY)",
    "O:SYD:(A;;FAX;;;SY)",
    "O:SYD:(A;;QQ;;;SY)",
    "O:SYD:(A;;0x100000000;;;SY)",
    "O:SYD:(A;;4294967296;;;SY)",
    "O:SYD:(A;;09;;;SY)",
    "O:SYD:(Q;;FA;;;SY)",
    "O:SYD:(A;;FA;;;Users)",
    "O:SYD:(A;;FA;;;SY)(",
    "O:SYD:(A;;FA;;;SY)x",
    "O:SYD:Q(A;;FA;;;SY)",
    "O:SYD:(A;;FA;;;SY)D:(A;;FA;;;WD)",
    "O:SYS:D:(A;;FA;;;WD)",
    "D:(A;;FA;;;SY)O:SY",
    'O:SYD:(XA;;FA;;;SY;(a=="b)))',
  ];
  for (const sddl of rows) assert.equal(parseSddl(sddl), null, sddl);
  assert.deepEqual(parseSddl(""), { owner: null, protected: false, entries: null });
});

Deno.test("parseSddl() finds each entry written, whatever the conditions hold, and throws for nothing", () => {
  const trustee = fc.constantFrom("SY", "BA", "BU", "WD", "S-1-5-21-1-2-3-1001");
  const condition = fc.string({ maxLength: 20 }).map((text) =>
    `;(a == "${text.replaceAll('"', "%22")}" && (b))`
  );
  const entry = fc.record({
    kind: fc.constantFrom("A", "D", "XA", "OA"),
    flags: fc.subarray(["OI", "CI", "NP", "IO", "ID"]),
    mask: fc.integer({ min: 0, max: 0x1fffff }),
    trustee,
    condition,
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      const text = entries.map((one) =>
        `(${one.kind};${one.flags.join("")};0x${one.mask.toString(16)};;;${one.trustee}${
          one.kind === "XA" ? one.condition : ""
        })`
      ).join("");
      const read = parseSddl(`O:BAG:BAD:PAI${text}S:AI`);
      assert.deepEqual(
        read?.entries?.map(({ mask, sid, flags }) => [mask, sid, [...flags]]),
        entries.map((one) => [one.mask, sidOf(one.trustee), one.flags]),
      );
    }),
    { seed: SEED },
  );
  const piece = fc.constantFrom(
    "O:",
    "G:",
    "D:",
    "S:",
    "P",
    "AI",
    "(",
    ")",
    ";",
    "A",
    "SY",
    "FA",
    '"',
    "0x",
    "-",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))), (parts) => {
      parseSddl(parts.join(""));
    }),
    { seed: SEED },
  );
});
