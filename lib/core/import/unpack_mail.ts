/** Takes mails apart (RFC 2045, mboxrd): bodies in base64 and quoted-printable become text, headers go. */

import { decodeFile } from "./decode_file.ts";
import { normalizeText } from "./normalize_text.ts";
import { isHtml, textOfHtml } from "./strip_tags.ts";

/** Lines of a header, of which one only mail programs write. */
const HEADERS = /^(?:>?From \S[^\n]*\n)?(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n){0,50}){2,}/;
const OF_MAIL = /^(?:MIME-Version|Content-Type|Content-Transfer-Encoding|Received|DKIM-Signature)\s*:/im;

/** Nothing pairs across it. */
const BORDER = "\n--------------------\n";

/**
 * Unpacks.
 *
 * @param text As `normalizeText` gives it.
 * @returns The bodies' text, parts with rules between; `null` when it is no mail.
 */
export function unpackMail(text: string): string | null {
  const head = HEADERS.exec(text.slice(0, 64 * 1024).trimStart())?.[0];
  if (head === undefined || !OF_MAIL.test(head)) return null;
  return parts(text.trimStart()).map(textOf).join(BORDER);
}

interface Part {
  readonly headers: string;
  readonly body: string;
}

/** A header ends at a blank line; a body at a boundary, or where the next mail of a mailbox begins. */
function parts(text: string): readonly Part[] {
  const found: Part[] = [];
  const boundaries = new Set<string>();
  let headers: string[] | null = [];
  let body: string[] = [];
  let open = "";
  const close = (): void => {
    if (body.some((line) => line.trim() !== "")) found.push({ headers: open, body: body.join("\n") });
    body = [];
    headers = [];
  };
  for (const line of text.split("\n")) {
    if (headers !== null) {
      if (line.trim() !== "") {
        headers.push(line);
        continue;
      }
      open = headers.join("\n").replace(/\n[ \t]+/g, " ");
      headers = null;
      const boundary = /boundary\s*=\s*(?:"([^"\n]{1,200})"|([^\s;"]{1,200}))/i.exec(open);
      if (boundary !== null) boundaries.add(boundary[1] ?? boundary[2] ?? "");
    } else if (/^From \S+@?\S* .*\d{4}/.test(line)) close();
    else if (line.startsWith("--") && isBorder(line.slice(2).trimEnd(), boundaries)) close();
    else body.push(line);
  }
  close();
  return found;
}

/** Two hyphens more behind the last part; those of a saved web page are part of the boundary itself. */
function isBorder(text: string, boundaries: ReadonlySet<string>): boolean {
  return boundaries.has(text) || (text.endsWith("--") && boundaries.has(text.slice(0, -2)));
}

function textOf({ headers, body }: Part): string {
  const encoding = /^Content-Transfer-Encoding\s*:\s*([\w-]+)/im.exec(headers)?.[1]?.toLowerCase();
  const bytes = encoding === "base64"
    ? fromBase64(body)
    : encoding === "quoted-printable"
    ? fromQuoted(body)
    : null;
  const text = bytes === null ? body : decodeFile(bytes)?.text ?? "";
  return isHtml(text) ? normalizeText(textOfHtml(text)) : text;
}

function fromBase64(body: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(body.replace(/[^A-Za-z0-9+/=]/g, ""));
  } catch {
    return null;
  }
}

function fromQuoted(body: string): Uint8Array {
  const whole = body.replace(/=[ \t]*\n/g, "");
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [piece] of whole.matchAll(/=[0-9a-f]{2}|[^=]+|=/gi)) {
    if (/^=[0-9a-f]{2}$/i.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 16));
    else for (const byte of encoder.encode(piece)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
