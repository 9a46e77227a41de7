/** What wixl takes from clock and chance into the installer's summary, set to what the content gives. */

/** A FILETIME in a property set: type 0x40, padding, then 100 nanoseconds since 1601. [MS-OLEPS] 2.15 */
const FILETIME = [0x40, 0, 0, 0] as const;
const SECONDS_FROM_1601_TO_1970 = 11_644_473_600;

/** Property sets of this size lie in one piece. */
const LARGEST = 4096;

/** What to set. */
export interface Summary {
  /** The package code, upper case, without braces. */
  readonly packageCode: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * Sets the package code and the times of creation and saving.
 *
 * @param msi The installer's bytes.
 * @param summary What to set.
 * @returns New bytes.
 * @throws {Error} When the summary does not look as expected.
 */
export function setSummary(
  msi: Uint8Array<ArrayBuffer>,
  { packageCode, time }: Summary,
): Uint8Array<ArrayBuffer> {
  const bytes = msi.slice();
  const start = startOfSummary(bytes);
  const code = findAll(bytes.subarray(start, start + LARGEST), isPackageCode);
  const times = findAll(bytes.subarray(start, start + LARGEST), (at) => isTime(bytes, start + at));
  const [codeAt] = code;
  if (codeAt === undefined || code.length > 1 || times.length !== 2) {
    throw new Error(`Cannot set the summary: found ${code.length} package codes and ${times.length} times`);
  }
  bytes.set(new TextEncoder().encode(`{${packageCode}}`), start + codeAt);
  const view = new DataView(bytes.buffer);
  const ticks = BigInt(time + SECONDS_FROM_1601_TO_1970) * 10_000_000n;
  for (const at of times) view.setBigUint64(start + at + FILETIME.length, ticks, true);
  return bytes;

  function isPackageCode(at: number): boolean {
    const text = String.fromCharCode(...bytes.subarray(start + at, start + at + 38));
    return /^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/.test(text);
  }
}

/** FMTID_SummaryInformation, {F29F85E0-4FF9-1068-AB91-08002B27B3D9}. [MS-OLEPS] 2.25.1 */
const FORMAT = Uint8Array.fromHex("e0859ff2f94f6810ab9108002b27b3d9");

function startOfSummary(bytes: Uint8Array): number {
  const found = findAll(bytes, (at) => FORMAT.every((byte, index) => bytes[at + index] === byte), FORMAT[0]);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`Cannot set the summary: found ${found.length}`);
  }
  return first;
}

function isTime(bytes: Uint8Array, at: number): boolean {
  if (!FILETIME.every((byte, index) => bytes[at + index] === byte)) return false;
  const ticks = new DataView(bytes.buffer, bytes.byteOffset + at + FILETIME.length, 8).getBigUint64(0, true);
  const year = new Date(Number(ticks / 10_000n) - SECONDS_FROM_1601_TO_1970 * 1000).getUTCFullYear();
  return year >= 1980 && year < 2200;
}

function findAll(bytes: Uint8Array, fits: (at: number) => boolean, first?: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (first !== undefined) at = bytes.indexOf(first, at);
    if (at < 0) break;
    if (fits(at)) found.push(at);
  }
  return found;
}
