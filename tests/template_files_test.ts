import assert from "node:assert/strict";
import { templateFiles } from "../lib/effects/template_files.ts";
import { UserError } from "../lib/errors.ts";
import type { Templates } from "../lib/ports.ts";

const BUILT_IN: Templates = {
  sheetHtml: "<p>sheet</p>",
  sheetCss: "p {}",
  mailHtml: "<p>mail</p>",
  mailText: "mail",
};

/** Makes a data folder with `templates` in it, which no other may write whatever the umask. */
async function withData(run: (data: string, folder: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${data}/templates`);
    await Deno.chmod(`${data}/templates`, 0o755);
    await run(data, `${data}/templates`);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

async function load(data: string, own = true): Promise<Templates> {
  return await templateFiles({ folder: `${data}/templates`, builtIn: () => Promise.resolve(BUILT_IN), own })
    .load();
}

async function writeOwn(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  await Deno.chmod(path, 0o644);
}

function refuses(reason: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.code, "settings");
    assert.match(error.message, /^Cannot (use|read) the template ".*sheet\.html": /);
    assert.match(error.message, reason);
    return true;
  };
}

Deno.test("without own templates the folder is not even looked at", async () => {
  await withData(async (data, folder) => {
    await Deno.mkdir(`${folder}/sheet.html`);
    assert.deepEqual(await load(data, false), BUILT_IN);
  });
});

Deno.test("own templates take the place of the built-in ones, each for itself", async () => {
  await withData(async (data, folder) => {
    assert.deepEqual(await load(data), BUILT_IN);
    await writeOwn(`${folder}/mail.txt`, "ours");
    assert.deepEqual(await load(data), { ...BUILT_IN, mailText: "ours" });
    for (const name of ["sheet.html", "sheet.css", "mail.html"]) await writeOwn(`${folder}/${name}`, name);
    const all = { sheetHtml: "sheet.html", sheetCss: "sheet.css", mailHtml: "mail.html", mailText: "ours" };
    assert.deepEqual(await load(data), all);
  });
});

Deno.test("a data folder without the folder for templates has none", async () => {
  await withData(async (data, folder) => {
    await Deno.remove(folder);
    assert.deepEqual(await load(data), BUILT_IN);
    assert.deepEqual(await load(`${data}/missing`), BUILT_IN);
  });
});

Deno.test("a data folder that is reached through a link is as good", async () => {
  await withData(async (data, folder) => {
    await writeOwn(`${folder}/sheet.html`, "ours");
    await Deno.symlink(data, `${data}/link`);
    assert.equal((await load(`${data}/link`)).sheetHtml, "ours");
  });
});

Deno.test("text is read as Windows editors leave it", async () => {
  const wide = Uint8Array.of(0xff, 0xfe, 0xfc, 0x00, 0x21, 0x00);
  for (const [content, expected] of [["\ufeffü!", "ü!"], [wide, "ü!"], ["", ""]] as const) {
    await withData(async (data, folder) => {
      await writeOwn(`${folder}/sheet.html`, content);
      assert.equal((await load(data)).sheetHtml, expected);
    });
  }
});

const REFUSED: readonly (readonly [string, RegExp, (path: string, data: string) => Promise<void>])[] = [
  ["is a link out of the folder", /it is reached through a link/, async (path, data) => {
    await writeOwn(`${data}/elsewhere.html`, "theirs");
    await Deno.symlink(`${data}/elsewhere.html`, path);
  }],
  ["lies behind a folder that is a link", /it is reached through a link/, async (_path, data) => {
    await Deno.rename(`${data}/templates`, `${data}/elsewhere`);
    await Deno.symlink(`${data}/elsewhere`, `${data}/templates`);
    await writeOwn(`${data}/elsewhere/sheet.html`, "theirs");
  }],
  ["is a folder", /it is not a file$/, async (path) => await Deno.mkdir(path)],
  [
    "is larger than 1 MB",
    /it has 1048577 bytes, and should have at most 1048576$/,
    async (path) => await writeOwn(path, "x".repeat(1024 * 1024 + 1)),
  ],
  [
    "is not text",
    /it is not UTF-8 text$/,
    async (path) => await writeOwn(path, Uint8Array.of(0x41, 0xff, 0x41)),
  ],
  ["may be written by its group", /others than its owner may write/, async (path) => {
    await writeOwn(path, "x");
    await Deno.chmod(path, 0o664);
  }],
  ["may be written by all", /others than its owner may write/, async (path) => {
    await writeOwn(path, "x");
    await Deno.chmod(path, 0o646);
  }],
  ["lies in a folder that others may write", /others than its owner may write/, async (path, data) => {
    await writeOwn(path, "x");
    await Deno.chmod(`${data}/templates`, 0o777);
  }],
  [
    "is a link in a circle",
    /its links lead in a circle$/,
    async (path) => await Deno.symlink("sheet.html", path),
  ],
];
for (const [what, reason, prepare] of REFUSED) {
  Deno.test(`a template that ${what} is refused`, async () => {
    await withData(async (data, folder) => {
      await prepare(`${folder}/sheet.html`, data);
      await assert.rejects(() => load(data), refuses(reason));
    });
  });
}

Deno.test("a template of exactly 1 MB is taken", async () => {
  await withData(async (data, folder) => {
    await writeOwn(`${folder}/sheet.html`, "x".repeat(1024 * 1024));
    assert.equal((await load(data)).sheetHtml.length, 1024 * 1024);
  });
});
