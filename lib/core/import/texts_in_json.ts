/** Takes screens out of JSON: management tools keep what a command printed as one string. */

/** Behind an escaped line end, a protector's ID as manage-bde prints it, or a volume's percentage. */
const SCREEN = /\\n\s{0,40}[^:\\"\n]{1,40}:\s{0,40}(?:\{[0-9a-f]{8}-[0-9a-f]{4}-|[^\\"\n]{0,20}%)/i;
const DEEPEST = 64;

/**
 * Parts JSON from the screens in it.
 *
 * @param text A whole text.
 * @returns The JSON with empty strings in their places, and the screens below it; `null` where there are none.
 */
export function withScreensBelow(text: string): string | null {
  if (!/^\s*[{[]/.test(text) || !SCREEN.test(text)) return null;
  const screens: string[] = [];
  const rest = partsOf(text).map((part) => {
    try {
      return JSON.stringify(emptied(JSON.parse(part), screens, 0));
    } catch {
      // it only began like JSON
      return part;
    }
  });
  return screens.length === 0 ? null : [...rest, ...screens].join("\n\n");
}

/** One value, or one a line. */
function partsOf(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line)) ? lines : [text];
}

function emptied(value: unknown, screens: string[], depth: number): unknown {
  if (typeof value === "string") {
    if (!SCREEN.test(JSON.stringify(value))) return value;
    screens.push(value.replace(/\r\n?/g, "\n"));
    return "";
  }
  if (typeof value !== "object" || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => emptied(one, screens, depth + 1));
  const entries = Object.entries(value);
  // an event's text says less without its number
  const isEvent = entries.some(([name, one]) =>
    /^(?:event[_ ]?)?id$/i.test(name) && /^\d{1,5}$/.test(String(one))
  );
  return Object.fromEntries(
    entries.map(([name, one]) => [name, isEvent ? one : emptied(one, screens, depth + 1)]),
  );
}
