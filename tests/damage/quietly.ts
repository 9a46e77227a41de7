/** Keeps what the program prints out of the output of the tests. */

/** What was printed. */
export interface Printed<T> {
  readonly result: T;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs something that prints, and gives back what it printed.
 *
 * @param act What prints to stdout and stderr of this process.
 * @returns Its result, and both texts.
 */
export async function quietly<T>(act: () => Promise<T>): Promise<Printed<T>> {
  const texts = { stdout: "", stderr: "" };
  const own = { stdout: Deno.stdout.writeSync, stderr: Deno.stderr.writeSync };
  const decoder = new TextDecoder();
  for (const name of ["stdout", "stderr"] as const) {
    Deno[name].writeSync = (bytes) => {
      texts[name] += decoder.decode(bytes);
      return bytes.length;
    };
  }
  try {
    const result = await act();
    return { result, ...texts };
  } finally {
    Deno.stdout.writeSync = own.stdout;
    Deno.stderr.writeSync = own.stderr;
  }
}
