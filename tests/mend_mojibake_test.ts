import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { mendMojibake } from "../lib/core/import/mend_mojibake.ts";

const page = new TextDecoder("windows-1252");
const mistaken = (text: string): string => page.decode(new TextEncoder().encode(text));

for (
  const text of [
    "Volumen C: contraseña numérica, protección y cifrado automático",
    "Числовой пароль и внешний ключ",
    "转换状态: 完全解密 保护关闭",
    "Αριθμητικός κωδικός πρόσβασης",
    "plain",
  ]
) {
  Deno.test(`mendMojibake() gives back ${text}`, () => {
    assert.equal(mendMojibake(mistaken(text)), text);
    assert.equal(mendMojibake(text), text);
  });
}

Deno.test("mendMojibake() leaves alone what is no UTF-8", () => {
  for (const text of ["Ã vom Gerät", "SÃO", "CLÉ-USB", "«CLÉ” É” É”» é", "A–Ö, Å–Ö", "ÄÖÜ"]) {
    assert.equal(mendMojibake(text), text);
  }
});

Deno.test("import reads a Russian screen that was taken for Windows-1252", () => {
  const screen = "Том C: [X]\n    Размер: 1 ГБ\n    Состояние преобразования: Полностью зашифровано\n" +
    "    Зашифровано (процентов): 100,0%\n    Метод шифрования: AES 128\n    Состояние защиты: Защита включена\n";
  const [volume] = importText(mistaken(screen)).volumes;
  assert.deepEqual([volume?.conversion, volume?.protection, volume?.percent], ["encrypted", "on", 100]);
});
