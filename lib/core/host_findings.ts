/** What a person should know when the reading as a whole failed. */

import { HRESULT } from "./hresult.ts";
import type { KnownVolume } from "./ledger_model.ts";
import type { Finding, Snapshot } from "./model.ts";

/**
 * Finds what the errors of the whole reading mean.
 *
 * @param snapshot What the PC showed.
 * @param volumes What is known of its volumes.
 * @returns At most one finding a code.
 */
export function hostFindings(snapshot: Snapshot, volumes: readonly KnownVolume[]): readonly Finding[] {
  const codes = snapshot.errors.map((error) => error.code);
  const found: Finding[] = [];
  const denied = codes.includes(HRESULT.accessDenied) || snapshot.elevated === false;
  if (denied) {
    found.push(finding("not-elevated", "danger", TEXTS.notElevated));
  }
  const missing = codes.some((code) => code === HRESULT.invalidNamespace || code === HRESULT.invalidClass);
  const absent = missing && isServer(snapshot) && volumes.length === 0;
  if (absent) found.push(finding("no-bitlocker", "info", TEXTS.noBitLocker));
  const others = snapshot.errors.filter((error) =>
    !HOST_FACTS.has(error.call) && error.code !== HRESULT.accessDenied &&
    !(absent && (error.code === HRESULT.invalidNamespace || error.code === HRESULT.invalidClass))
  );
  if (others.length > 0) {
    const known = volumes.some((volume) => volume.protectors.some((one) => one.fingerprint !== null));
    const calls = [
      ...new Set(others.map((one) => one.code === null ? one.call : `${one.call}: ${one.code}`)),
    ];
    const repair = missing ? ` ${TEXTS.brokenWmi}` : "";
    found.push(
      finding(
        "unreadable",
        known ? "danger" : "warning",
        `${TEXTS.unreadable} (${calls.slice(0, 4).join(", ")}).${repair}`,
      ),
    );
  }
  return found;
}

/** Classes that tell of the PC, not of its volumes: without a serial number a night is as good as any. */
const HOST_FACTS: ReadonlySet<string> = new Set([
  "Win32_BIOS",
  "Win32_ComputerSystem",
  "Win32_ComputerSystemProduct",
  "Win32_OperatingSystem",
  "EditionID",
]);

const TEXTS = {
  notElevated:
    "Spare Key ran without administrator rights, so Windows showed it nothing about BitLocker. A new key would go unseen. " +
    "Set up the nightly task so that it runs as SYSTEM.",
  noBitLocker:
    "This Windows has no BitLocker: the server feature is not installed, so there is nothing to keep.",
  unreadable: "Windows did not answer when asked about BitLocker, so nothing could be looked at tonight",
  // Microsoft KB 2756402
  brokenWmi: "A part of Windows (WMI) is damaged or missing. As administrator: " +
    "mofcomp %windir%\\System32\\wbem\\win32_encryptablevolume.mof",
};

function finding(code: Finding["code"], severity: Finding["severity"], text: string): Finding {
  return { code, severity, volume: null, about: null, text };
}

function isServer(snapshot: Snapshot): boolean {
  const { edition, caption } = snapshot.host.os;
  return /^Server/i.test(edition ?? "") || /\bServer\b/i.test(caption ?? "");
}
