import assert from "node:assert/strict";
import type { WindowsBackup } from "../lib/core/ledger_model.ts";
import { parseSnapshot } from "../lib/core/parse_snapshot.ts";
import { advise } from "../lib/core/reconcile/advise.ts";
import type { ListKind } from "../lib/core/reconcile/list_kind.ts";
import { listKind } from "../lib/core/reconcile/list_kind.ts";
import { knownPcs } from "../lib/core/reconcile/own_pc.ts";
import { reconcile } from "../lib/core/reconcile/reconcile.ts";
import { guidOf } from "./helpers/made_up_values.ts";
import { type Json, keyDocument, plainVolumeDocument, volumeDocument } from "./helpers/snapshots.ts";
import { errorDocument, snapshotDocument } from "./helpers/snapshots.ts";

/** Advice on a list that shows nothing. */
function advice(
  volumes: readonly Json[],
  { kind = "other", backups = [] }: {
    readonly kind?: ListKind;
    readonly backups?: readonly WindowsBackup[];
  } = {},
): readonly string[] {
  const { own, foreign } = knownPcs({
    ledger: { machineId: null, hostName: null, volumes: [], destinations: [], reports: [], lastRun: null },
    snapshot: parseSnapshot(snapshotDocument(volumes), "snapshot"),
    fingerprints: new Map(),
    documents: [],
  });
  const facts = {
    keys: reconcile([], { own, foreign }),
    own,
    kinds: new Set([kind]),
    isPartial: false,
    backups,
  };
  return advise(facts).flatMap(({ text, commands }) => [text, ...commands]);
}

const two = volumeDocument({ protectors: [keyDocument(1), keyDocument(2)] });

Deno.test("advice on a missing key names the way into the kind of list that lacks it", () => {
  for (
    const [kind, words] of [
      ["microsoft-account", "Manage BitLocker"],
      ["entra", `BackupToAAD-BitLockerKeyProtector -MountPoint "C:" -KeyProtectorId "{${guidOf(1)}}"`],
      ["active-directory", `manage-bde -protectors -adbackup C: -id "{${guidOf(2)}}"`],
      ["other", "spare-key print"],
    ] as const
  ) {
    const lines = advice([two], { kind });
    assert.ok(lines.some((line) => line.includes(words)), kind);
    assert.ok(lines.some((line) => line.startsWith("To add them to")), kind);
    assert.equal(lines.filter((line) => line.startsWith("Missing: 0000000")).length, 2, kind);
  }
});

Deno.test("advice gives no command that Windows would not understand", () => {
  for (const changes of [{ drive: null }, { protectors: [keyDocument(1, { id: "BitLocker" })] }]) {
    for (const kind of ["entra", "active-directory"] as const) {
      const lines = advice([volumeDocument({ protectors: [keyDocument(1)], ...changes })], { kind });
      assert.ok(!lines.some((line) => /-adbackup|-MountPoint/.test(line)), JSON.stringify(changes));
      assert.ok(lines.some((line) => line.includes("without a letter")), JSON.stringify(changes));
    }
  }
});

Deno.test("advice says when Windows itself saved a missing key there: perhaps in another account", () => {
  const backup: WindowsBackup = {
    about: guidOf(1),
    place: "microsoft-account",
    outcome: "saved",
    at: "2026-11-20T18:03:11Z",
    code: null,
  };
  const saved = /on 20 November 2026 to a Microsoft account: look into every account/;
  const lines = (kind: ListKind, one = backup): string => advice([two], { kind, backups: [one] }).join("\n");
  assert.match(lines("microsoft-account"), saved);
  assert.doesNotMatch(lines("entra"), saved);
  assert.doesNotMatch(lines("microsoft-account", { ...backup, outcome: "failed" }), saved);
});

Deno.test("advice says that nothing is encrypted only where that was read", () => {
  const nothing = /This PC has no recovery key now/;
  assert.match(advice([plainVolumeDocument()]).join(), nothing);
  const unread = volumeDocument({ protectors: null, errors: [errorDocument("GetKeyProtectors")] });
  assert.doesNotMatch(advice([unread]).join(), nothing);
});

Deno.test("a list is of the Microsoft account where it shows eight characters, or when keys were uploaded", () => {
  const none = { columns: [], keys: [] };
  const shortIds = [{ keyId: "58E9DFAD" }];
  for (
    const [facts, kind] of [
      [{ ...none, kind: "account-page" }, "microsoft-account"],
      [{ ...none, kind: "table", keys: shortIds }, "microsoft-account"],
      [{ ...none, kind: "table", columns: [{ column: "Key upload date" }] }, "microsoft-account"],
      [{ ...none, kind: "table", keys: [...shortIds, { keyId: guidOf(1) }] }, "other"],
      [{ ...none, kind: "entra" }, "entra"],
      [{ ...none, kind: "active-directory", keys: shortIds }, "active-directory"],
      [{ ...none, kind: "backup-txt" }, "other"],
    ] as const
  ) assert.equal(listKind(facts), kind, JSON.stringify(facts));
});
