/** Makes the lists that PowerShell prints out of the file that its Export-Clixml writes. */

/** A property: a plain value, or an object whose words stand in `ToString`; the beginning of an object without a name; a text alone. */
const PART =
  /<(?:S|B|By|Sg|Db|U?I(?:16|32|64)|DT|G|D)\s+N="([^"<>]{1,100})"\s{0,9}>([^<]{0,4000})<|<Obj\s+N="([^"<>]{1,100})"[^<>]{0,100}>\s{0,99}(?:<TN\b[^<>]{0,99}>\s{0,99}(?:<T>[^<]{0,400}<\/T>\s{0,99}){0,20}<\/TN>\s{0,99}|<TNRef\b[^<>]{0,99}>\s{0,99})?(?:<ToString>([^<]{0,400})<)?|<Obj\s+RefId="\d{1,9}"\s{0,9}>|<S(?:\s+S="\w{1,20}")?\s{0,9}>([^<]{0,8000})</g;
/** A line end, as the file writes it. */
const ESCAPE = /_x([0-9A-F]{4})_/g;

/**
 * Tells whether a text is such a file.
 *
 * @param text Its beginning will do.
 * @returns Whether it is one.
 */
export function isClixml(text: string): boolean {
  return /<Objs\s[^<>]{0,400}schemas\.microsoft\.com\/powershell/i.test(text.slice(0, 4096));
}

/**
 * Reads such a file.
 *
 * @param xml The file.
 * @returns Its objects as lists of `name : value`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const file = '<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><S N="MountPoint">C:</S></Objs>';
 * assert.ok(isClixml(file));
 * assert.equal(textOfClixml(file), "MountPoint : C:\n");
 * ```
 */
export function textOfClixml(xml: string): string {
  const lines: string[] = [];
  let mount: string | null = null;
  let list: { readonly at: number; readonly types: string[] } | null = null;
  const close = (): void => {
    // a volume's protectors by their names, and whose they are: its objects do not say it
    if (list !== null) {
      lines[list.at] = `KeyProtector : {${list.types.join(", ")}}\n\n${mount ?? ""}\n`;
    }
    list = null;
  };
  for (const [, name, value, object, words, text] of xml.matchAll(PART)) {
    if (text !== undefined) {
      lines.push(`${text.replace(ESCAPE, (_, code: string) => String.fromCharCode(parseInt(code, 16)))}\n`);
      continue;
    }
    if (name === "MountPoint") {
      close();
      mount = value ?? null;
    }
    if (name !== undefined) lines.push(`${name} : ${value ?? ""}\n`);
    else if (object === "KeyProtector") {
      close();
      list = { at: lines.length, types: [] };
      lines.push("");
    } else if (object === undefined) lines.push("\n\n");
    else {
      lines.push(`${object} : ${words ?? ""}\n`);
      if (object === "KeyProtectorType") list?.types.push(words ?? "");
    }
  }
  close();
  return lines.join("");
}
