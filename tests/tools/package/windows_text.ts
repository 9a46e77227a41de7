/** Texts as Windows expects them, whatever line ends the working copy has. */

/** Scripts that Windows PowerShell 5.1 reads: without a byte order mark it takes them for ANSI. */
const POWERSHELL = /\.(?:ps1|psm1|psd1)$/i;

/** What is text in a package. The bundle's own files are left as the bundler wrote them. */
const TEXT = /\.(?:ps1|psm1|psd1|cmd|admx|adml|json|md|txt)$|(?:^|\/)LICENSE$/i;

// deno-lint-ignore no-control-regex -- that is what ASCII is
const ASCII = /^[\x00-\x7f]*$/;

/**
 * Gives a text file the line ends of Windows, and a byte order mark where a script needs one.
 *
 * @param path Tells the kind of file.
 * @param bytes UTF-8, with or without a byte order mark.
 * @returns The bytes to pack; those of other files as they are.
 * @throws {TypeError} When a text is not UTF-8.
 * @throws {Error} When a `.cmd` has characters that depend on the code page.
 */
export function windowsText(path: string, bytes: Uint8Array): Uint8Array {
  if (!TEXT.test(path)) return bytes;
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?|\n/g, "\r\n");
  if (path.toLowerCase().endsWith(".cmd") && !ASCII.test(text)) {
    throw new Error(`Cannot pack "${path}": a batch file is to be pure ASCII`);
  }
  const mark = POWERSHELL.test(path) && !ASCII.test(text) ? "\ufeff" : "";
  return new TextEncoder().encode(mark + text);
}
