/** Reads keys back from the program's own recovery sheet, as its own template makes it. */

import { formatRecoveryPassword } from "../recovery_password.ts";

/** A key on a sheet. */
export interface SheetKey {
  /** Upper case, no braces. */
  readonly keyId: string;
  /** 8 groups of 6 digits with hyphens. */
  readonly recoveryPassword: string;
  /** Name of the PC, or `null`. */
  readonly host: string | null;
  /** `C:`, or `null`. */
  readonly drive: string | null;
}

const PC = /<p>PC <b><bdi>([^<]+)<\/bdi>/;
const DRIVE = /<h1>[^<]*\bdrive ([A-Z]:)/;
const KEY_ID = /<p class="key-id">.*?<b>([^<]+)<\/b><span class="id-rest">([^<]*)</;
const GROUP = /<span class="number">([1-8])<\/span><span class="group">(\d{6})</g;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

/**
 * Reads a sheet.
 *
 * @param html The page.
 * @returns Its keys whose eight groups are there; none for another page, such as one of an own template.
 */
export function readSheet(html: string): readonly SheetKey[] {
  return html.split('<section class="volume').slice(1).flatMap((section) => {
    const host = textOf(PC.exec(section)?.[1] ?? null);
    const drive = DRIVE.exec(section)?.[1] ?? null;
    return section.split('<article class="key">').slice(1).flatMap((article) => {
      const [, start, rest] = KEY_ID.exec(article) ?? [];
      const groups = [...article.matchAll(GROUP)];
      const inOrder = groups.every(([, number], at) => Number(number) === at + 1);
      const recoveryPassword = formatRecoveryPassword(groups.map(([, , digits]) => digits).join("-"));
      if (start === undefined || !inOrder || recoveryPassword === null) return [];
      return [{ keyId: `${start}${rest}`.toUpperCase(), recoveryPassword, host, drive }];
    });
  });
}

function textOf(html: string | null): string | null {
  return html?.replace(/&(lt|gt|quot|#39|amp);/g, (whole, name: string) => ENTITIES[name] ?? whole) ?? null;
}
