/** What a `status.json` beside reports says of keys. By hand: a search may read thousands of them. */

/** What is known of a key. */
export interface StatusKey {
  /** Whether it opened its drive then. */
  readonly current: boolean;
  /** `C:`, or `null`. */
  readonly drive: string | null;
  /** The drive's name; `null` when it has none. */
  readonly label: string | null;
  /** When its drive was last seen, which a night that could read nothing does not alter; `null` when it does not say. */
  readonly seenAt: string | null;
}

/** What is known of a PC. */
export interface PcStatus {
  /** Which PC, whatever its name: lower case; `null` when it does not say. */
  readonly machineId: string | null;
  /** As the PC calls itself, or `null`. */
  readonly host: string | null;
  /** When it was written: ISO 8601 moment; `null` when it does not say. */
  readonly at: string | null;
  /** By Key ID: upper case, no braces. */
  readonly keys: ReadonlyMap<string, StatusKey>;
}

/**
 * Reads the document. It is for display: anybody who can write beside the reports could have written it.
 *
 * @param text JSON.
 * @returns What it says; `null` when it is no such document.
 */
export function readPcStatus(text: string): PcStatus | null {
  const document = parsed(text);
  const volumes = field(document, "volumes");
  if (!Array.isArray(volumes)) return null;
  const at = textOf(document, "lastRun");
  const keys = new Map<string, StatusKey>();
  for (const volume of volumes) {
    const listed = field(volume, "keys");
    for (const key of Array.isArray(listed) ? listed : []) {
      const keyId = textOf(key, "keyId")?.toUpperCase();
      const current = field(key, "current");
      if (keyId === undefined || typeof current !== "boolean") continue;
      // a drive that was moved stands there twice: where it opens, it is current
      if (keys.get(keyId)?.current === true) continue;
      keys.set(keyId, {
        current,
        drive: textOf(volume, "drive"),
        label: textOf(volume, "label"),
        seenAt: textOf(volume, "lastSeenAt") ?? at,
      });
    }
  }
  return {
    machineId: textOf(document, "machineId")?.toLowerCase() ?? null,
    host: textOf(field(document, "host"), "name"),
    at,
    keys,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function textOf(value: unknown, name: string): string | null {
  const text = field(value, name);
  return typeof text === "string" && text !== "" ? text : null;
}
