import assert from "node:assert/strict";
import { joinHints } from "../lib/core/join_hints.ts";
import type { Join } from "../lib/core/model.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";

const { destinations } = settingsFrom({
  recipients: [RECIPIENT],
  destinations: [
    { name: "office", kind: "share", path: "\\\\srv\\keys$" },
    { name: "nas", kind: "share", path: "\\\\nas\\share" },
    { name: "anna", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" },
    { name: "helper", kind: "mail", to: ["tom@example.org"] },
  ],
  smtp: { host: "smtp.example.org", from: "keys@example.org" },
});

Deno.test("joinHints() names each share that this PC has no account for", () => {
  const rows: readonly (readonly [Join | null, readonly string[] | null, readonly string[]])[] = [
    ["entra", [], ["office", "nas"]],
    ["workgroup", [], ["office", "nas"]],
    ["workgroup", ["NAS"], ["office"]],
    ["entra", ["office", "nas"], []],
    ["entra", null, []],
    ["domain", [], []],
    ["hybrid", [], []],
    [null, [], []],
  ];
  for (const [join, shareCredentials, expected] of rows) {
    const hints = joinHints({ join, destinations, shareCredentials });
    assert.deepEqual(hints.map((one) => one.destination), expected, `${join} ${shareCredentials}`);
  }
});

Deno.test("joinHints() says what is wrong, of which share, and what to do", () => {
  const [entra] = joinHints({ join: "entra", destinations, shareCredentials: [] });
  for (const part of ["Entra ID alone", '"office"', "\\\\srv\\keys$", "Set-SpareKeySecret", "OneDrive"]) {
    assert.ok(entra?.text.includes(part), part);
  }
  const [workgroup] = joinHints({ join: "workgroup", destinations, shareCredentials: [] });
  assert.match(workgroup?.text ?? "", /This PC is in no domain,/);
});
