import assert from "node:assert/strict";
import { EMPTY_LINE, typed } from "../lib/core/secret_line.ts";
import { askSecret, type Keyboard } from "../lib/effects/ask_secret.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";
import { inFolder } from "./helpers/program.ts";

const KEYS: readonly (readonly [name: string, sent: string, text: string, state: string])[] = [
  ["letters and Enter", "correct horse\r", "correct horse", "done"],
  ["a line feed for Enter", "horse\n", "horse", "done"],
  ["no Enter yet", "horse", "horse", "typing"],
  ["backspace of Linux and of Windows", "hox\x7fxy\b\brse\r", "horse", "done"],
  ["backspace in an empty line", "\x7f\x7fa\r", "a", "done"],
  ["letters beyond ASCII, one erased", "Größe🔑x\x7f\x7f\r", "Größe", "done"],
  ["arrows, Home and Delete", "ho\x1b[D\x1b[3~\x1bOHrse\r", "horse", "done"],
  ["a paste that a terminal brackets", "\x1b[200~correct horse\x1b[201~\r", "correct horse", "done"],
  ["a paste of several lines: the first", "horse\r\nbattery\r\n", "horse", "done"],
  ["Ctrl+U clears", "wrong\x15right\r", "right", "done"],
  ["Ctrl+D ends", "horse\x04", "horse", "done"],
  ["Ctrl+C stops", "hor\x03se\r", "hor", "stopped"],
  ["other control characters are none of it", "a\x01\x02\tb\0\r", "ab", "done"],
];

Deno.test("each key does to a hidden line what a person expects, whole or piece by piece", () => {
  for (const [name, sent, text, state] of KEYS) {
    const whole = typed(EMPTY_LINE, sent);
    const pieces = Array.from(sent).reduce(typed, EMPTY_LINE);
    for (const line of [whole, pieces]) assert.deepEqual([line.text, line.state], [text, state], name);
  }
});

/** A keyboard that sends these bytes. */
function keyboardOf(parts: readonly Uint8Array[], isTerminal = true): Keyboard & { readonly raw: boolean[] } {
  const left = [...parts];
  const raw: boolean[] = [];
  return {
    raw,
    isTerminal: () => isTerminal,
    setRaw: (isRaw) => void raw.push(isRaw),
    read(buffer): Promise<number | null> {
      const part = left.shift();
      if (part === undefined) return Promise.resolve(null);
      buffer.set(part);
      return Promise.resolve(part.length);
    },
  };
}

Deno.test("a question is asked at a terminal alone, which gets its echo back in any case", async () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const key = bytes("🔑");
  const asked = async (keyboard: Keyboard): Promise<readonly [string | null, string]> => {
    let shown = "";
    return [await askSecret("Word: ", keyboard, (text) => void (shown += text)), shown];
  };
  const typing = keyboardOf([bytes("a"), key.subarray(0, 2), key.subarray(2), bytes("b\r")]);
  assert.deepEqual(await asked(typing), ["a🔑b", "Word: \n"]);
  assert.deepEqual(typing.raw, [true, false]);
  assert.deepEqual(await asked(keyboardOf([bytes("\r")])), [null, "Word: \n"]);
  assert.deepEqual(await asked(keyboardOf([])), [null, "Word: \n"]);
  const pipe = keyboardOf([bytes("secret\r")], false);
  assert.deepEqual([await asked(pipe), pipe.raw], [[null, ""], []]);
  const stopped = keyboardOf([bytes("sec\x03")]);
  await assert.rejects(() => asked(stopped), /^UserError: Cannot go on: it was stopped at the question$/);
  assert.deepEqual(stopped.raw, [true, false]);
});

const SCRIPT = "/usr/bin/script";

/** Runs the program at a terminal of its own, and types once it asks. @returns All that the terminal showed. */
async function atTerminal(argv: readonly string[], type: string): Promise<readonly [number, string]> {
  const main = new URL("../main.ts", import.meta.url).pathname;
  const config = new URL("../deno.json", import.meta.url).pathname;
  const words = [Deno.execPath(), "run", "--no-prompt", "--config", config, "--allow-read", main, ...argv];
  const child = new Deno.Command(SCRIPT, {
    args: ["--quiet", "--return", "--command", words.map((word) => `'${word}'`).join(" "), "/dev/null"],
    stdin: "piped",
    stdout: "piped",
    env: { NO_COLOR: "1", SHELL: "/bin/sh" },
  }).spawn();
  const keys = child.stdin.getWriter();
  const decoder = new TextDecoder();
  let shown = "";
  for await (const bytes of child.stdout) {
    const before = shown.includes("Passphrase");
    shown += decoder.decode(bytes, { stream: true });
    if (!before && shown.includes("Passphrase")) await keys.write(new TextEncoder().encode(type));
  }
  await keys.close().catch(() => undefined);
  return [(await child.status).code, shown.replaceAll("\r\n", "\n")];
}

Deno.test(
  "import asks once for the passphrase of sealed files, and does not show it",
  () =>
    inFolder(async (folder) => {
      const { armor, Encrypter } = await import("age-encryption");
      for (const [number, name] of ["a.txt.age", "b.txt.age"].entries()) {
        const encrypter = new Encrypter();
        // the real work factor takes seconds
        encrypter.setScryptWorkFactor(10);
        encrypter.setPassphrase("correct horse");
        const text = number === 0 ? FORMS["Windows' file"]?.(1) : `${idOf(2)}: ${keyOf(2)}`;
        const sealed = await encrypter.encrypt(text ?? "");
        await Deno.writeFile(
          `${folder}/${name}`,
          number === 0 ? sealed : new TextEncoder().encode(armor.encode(sealed)),
        );
      }
      const [code, shown] = await atTerminal(["import", folder], "correct house\x7f\x7f\x7frse\r");
      assert.equal(code, 0, shown);
      assert.equal(shown.match(/Passphrase of the sealed files: \n/g)?.length, 1, shown);
      assert.ok(shown.includes(keyOf(1)) && shown.includes(keyOf(2)), shown);
      assert.doesNotMatch(shown, /horse|house/);

      const [stopped, told] = await atTerminal(["import", folder], "corr\x03");
      assert.equal(stopped, 3, told);
      assert.equal(told.match(/Cannot go on: it was stopped at the question/g)?.length, 1, told);
      assert.doesNotMatch(told, /\d{6}-\d{6}|corr/);
    }),
);
