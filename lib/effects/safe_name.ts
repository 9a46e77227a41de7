/** What Windows takes for a device, with any ending: Microsoft, "Naming Files, Paths, and Namespaces". */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:[ .]|$)/i;

/** Separators, streams, wildcards and control characters: none may stand in a name on Windows. */
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\u0000-\u001f<>:"/\\|?*]/;

/**
 * Checks that a name is one plain name on every system: it leads nowhere, names no device and survives
 * Windows unchanged. A second fence: the names come from the core, which makes them safe.
 *
 * @param name A file's or folder's name, without a path.
 * @throws {Error} When it is not.
 */
export function assertSafeName(name: string): void {
  const reason = unsafe(name);
  if (reason !== null) throw new Error(`Cannot use the name ${JSON.stringify(name)}: ${reason}`);
}

function unsafe(name: string): string | null {
  if (name === "") return "it is empty";
  if (name === "." || name === "..") return "it leads to another folder";
  if (FORBIDDEN.test(name)) return "it holds a character that a name on Windows may not hold";
  if (/[ .]$/.test(name)) return "it ends with a dot or a blank, which Windows drops";
  if (DEVICE.test(name)) return "Windows takes it for a device";
  if (name.toLowerCase().startsWith(".spare-key-")) return "it is reserved for temporary files";
  return null;
}
