/**
 * Writes a line to standard output.
 *
 * @param text The line, without its end.
 */
export function say(text: string): void {
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}
