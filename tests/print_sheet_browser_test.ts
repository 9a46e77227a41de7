import assert from "node:assert/strict";
import jsqr from "jsqr";
import { type Browser, chromium, type Page } from "playwright-core";
import { builtinTemplates } from "../lib/core/builtin_templates.ts";
import type { Report } from "../lib/core/model.ts";
import { renderSheet } from "../lib/core/render_sheet.ts";
import { family, hostile, three, twelve } from "./testdata/rendered/samples.ts";

const CHROMIUM = "/usr/bin/chromium";

async function withBrowser(use: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a sheet as its owner would, from a file, and hands over all that the browser complains of or asks for. */
async function withSheet(
  browser: Browser,
  report: Report,
  use: (page: Page, troubles: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "spare-key-test-" });
  const page = await browser.newPage({ deviceScaleFactor: 3 });
  try {
    const path = `${folder}/sheet.html`;
    await Deno.writeTextFile(path, renderSheet(report, builtinTemplates));
    const troubles: string[] = [];
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("dialog", (dialog) => troubles.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url() !== `file://${path}`) troubles.push(request.url());
    });
    await page.goto(`file://${path}`);
    await use(page, troubles);
  } finally {
    await page.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function pagesOf(page: Page, format: "A4" | "Letter"): Promise<number> {
  const pdf = new TextDecoder("latin1").decode(await page.pdf({ format }));
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Reads pictures with a QR decoder. */
async function readCodes(browser: Browser, pictures: readonly Uint8Array[]): Promise<readonly unknown[]> {
  const reader = await browser.newPage();
  try {
    const texts: unknown[] = [];
    for (const picture of pictures) {
      const read = await reader.evaluate(async (base64) => {
        // in the browser, whose types are not those of this program
        // deno-lint-ignore no-explicit-any
        const { Image, document } = globalThis as any;
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = Object.assign(document.createElement("canvas"), {
          width: image.width,
          height: image.height,
        });
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
        // one byte of a grey pixel is enough
        const grey = Array.from(data as Uint8ClampedArray).filter((_, index) => index % 4 === 0);
        return { grey, width: Number(width), height: Number(height) };
      }, picture.toBase64());
      const pixels = Uint8ClampedArray.from(read.grey.flatMap((value) => [value, value, value, 255]));
      texts.push(jsqr.default(pixels, read.width, read.height)?.data);
    }
    return texts;
  } finally {
    await reader.close();
  }
}

/** Where the elements of a page stand, in CSS pixels. */
function boxesOf(page: Page, selector: string): Promise<readonly Box[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right, height } = (element as unknown as Measured).getBoundingClientRect();
      return { left, right, height, text: String(element.textContent) };
    })
  );
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly text: string;
}

interface Measured {
  getBoundingClientRect(): Omit<Box, "text">;
}

Deno.test("a printed sheet has a page for each drive, fetches nothing and runs nothing", () =>
  withBrowser(async (browser) => {
    const rows: readonly (readonly [string, Report, number])[] = [
      ["two drives", family, 2],
      ["three keys, two of them invalid", three, 1],
      ["twelve keys flow on", twelve, 3],
      ["hostile names", hostile, 2],
    ];
    for (const [name, report, expected] of rows) {
      await withSheet(browser, report, async (page, troubles) => {
        for (const format of ["A4", "Letter"] as const) {
          assert.equal(await pagesOf(page, format), expected, `${name}, ${format}`);
        }
        assert.deepEqual(troubles, [], name);
        assert.doesNotMatch(await page.title(), /pwned/, name);
        assert.equal(await page.locator("script, img, iframe, object, embed").count(), 0, name);
      });
    }
  }));

Deno.test("nothing on a printed sheet covers or cuts digits, and each QR code reads as its key", () =>
  withBrowser(async (browser) => {
    for (const report of [family, three]) {
      await withSheet(browser, report, async (page) => {
        // as wide as the printable part of A4: 184 mm; so high that the footer at its end covers nothing
        await page.emulateMedia({ media: "print" });
        await page.setViewportSize({ width: Math.floor(184 / 25.4 * 96), height: 3000 });
        const groups = await boxesOf(page, ".group");
        const codes = await boxesOf(page, "svg.qr");
        const digits = report.keys.flatMap(({ recoveryPassword }) => recoveryPassword.split("-"));
        assert.deepEqual(groups.map(({ text }) => text), digits);
        for (const [index, { text, right, height }] of groups.entries()) {
          assert.ok(right <= (codes[Math.floor(index / 8)]?.left ?? 0), `${text} ends at ${right}`);
          assert.ok(height >= 24, "18 points and more");
        }
        const pictures: Uint8Array[] = [];
        for (const code of await page.locator("svg.qr").all()) pictures.push(await code.screenshot());
        assert.deepEqual(
          await readCodes(browser, pictures),
          report.keys.map(({ recoveryPassword }) => recoveryPassword),
        );
      });
    }
  }));
