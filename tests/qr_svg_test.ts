import assert from "node:assert/strict";
import jsqr from "jsqr";
import { qrSvg } from "../lib/core/qr_svg.ts";
import { family, three } from "./testdata/rendered/samples.ts";

const PIXELS = 4;

/** Draws the SVG's one path (straight lines, even-odd) into black and white pixels. */
function pixelsOf(svg: string): { readonly pixels: Uint8ClampedArray; readonly side: number } {
  const [, pad = "", side = ""] = /viewBox="-(\d+) -\d+ (\d+) \d+"/.exec(svg) ?? [];
  const path = /<path d="([^"]+)"/.exec(svg)?.[1] ?? "";
  const edges = path.split("Z").flatMap((shape) => {
    const points = [...shape.matchAll(/[ML](\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    return points.map((point, index) => [point, points[(index + 1) % points.length] ?? point] as const);
  });
  const isDark = (x: number, y: number): boolean =>
    edges.filter(([[ax, ay], [bx, by]]) =>
          ax === bx && ax > x && Math.min(ay, by) < y && y < Math.max(ay, by)
        )
          .length % 2 === 1;
  const modules = Number(side);
  const dark = Array.from(
    { length: modules * modules },
    (_, index) =>
      isDark(index % modules + 0.5 - Number(pad), Math.floor(index / modules) + 0.5 - Number(pad)),
  );
  const width = modules * PIXELS;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let index = 0; index < width * width; index++) {
    const module = Math.floor(index / width / PIXELS) * modules + Math.floor(index % width / PIXELS);
    if (dark[module]) pixels.fill(0, index * 4, index * 4 + 3);
  }
  return { pixels, side: width };
}

Deno.test("qrSvg() can be read back by a decoder", () => {
  for (const { recoveryPassword } of [...family.keys, ...three.keys]) {
    const { pixels, side } = pixelsOf(String(qrSvg(recoveryPassword)));
    assert.equal(jsqr.default(pixels, side, side)?.data, recoveryPassword);
  }
});

Deno.test("qrSvg() still reads with a stain on it", () => {
  const text = family.keys[0]?.recoveryPassword ?? "";
  const { pixels, side } = pixelsOf(String(qrSvg(text)));
  for (let row = 80; row < 104; row++) pixels.fill(0, (row * side + 80) * 4, (row * side + 104) * 4);
  assert.equal(jsqr.default(pixels, side, side)?.data, text);
});

Deno.test("qrSvg() is black on white, loads nothing, and is small", () => {
  const svg = String(qrSvg(family.keys[0]?.recoveryPassword ?? ""));
  assert.match(svg, /^<svg class="qr" aria-hidden="true" /);
  assert.deepEqual(svg.match(/fill="[^"]*"/g), ['fill="#fff"', 'fill="#000"'].toSorted().toReversed());
  assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ""), /http|href|script/);
  assert.ok(svg.length < 10_000);
});
