/** The version that a Windows program states of itself. */

/** VS_FIXEDFILEINFO: its signature and structure version, then the file version. Microsoft, verrsrc.h */
const MARK: readonly number[] = [0xbd, 0x04, 0xef, 0xfe, 0x00, 0x00, 0x01, 0x00];

/**
 * Reads the version of a program. Windows Installer must know it: it compares it with that of a file in place.
 *
 * @param program An `.exe`.
 * @returns Such as `2.9.6.0`, `null` when the program states none.
 */
export function fileVersion(program: Uint8Array): string | null {
  const [first = 0] = MARK;
  for (let at = program.indexOf(first); at >= 0; at = program.indexOf(first, at + 1)) {
    if (!MARK.every((byte, index) => program[at + index] === byte)) continue;
    const view = new DataView(program.buffer, program.byteOffset + at + MARK.length, 8);
    const [high, low] = [view.getUint32(0, true), view.getUint32(4, true)];
    return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join(".");
  }
  return null;
}
