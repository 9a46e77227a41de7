/** QR codes as inline SVG. */

import { correction, generate } from "lean-qr";
import { toSvgSource } from "lean-qr/extras/svg";
import { SafeHtml } from "./html.ts";

/** Light modules around the code: ISO/IEC 18004 asks for four. */
const QUIET_ZONE = 4;

/**
 * Draws a QR code, true black on white, that a quarter of damage (stains, folds) leaves readable.
 *
 * @param text What it holds, as plain text. Recovery passwords fit the small alphanumeric form.
 * @returns An `<svg>` element, sized by its surroundings; hidden from screen readers, since the text stands beside it.
 */
export function qrSvg(text: string): SafeHtml {
  const code = generate(text, { minCorrectionLevel: correction.Q });
  const side = code.size + 2 * QUIET_ZONE;
  const drawn = toSvgSource(code, { on: "#000", off: "#fff", pad: QUIET_ZONE, width: side, height: side });
  return new SafeHtml(drawn.replace("<svg ", '<svg class="qr" aria-hidden="true" '));
}
