/**
 * The words by which states and protectors are told apart where structure alone does not tell, in the languages
 * that Windows speaks: parts of words, so that endings do not matter. Each list is looked for in lower case.
 */

function anyOf(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join("|"), "iu");
}

/** "Unknown", which Windows says of what it cannot read in a locked volume. */
export const UNKNOWN: RegExp = anyOf(
  "unknown|unbekannt|inconnu|desconoc|desconhec|sconosciut|onbekend|okänd|ukjent|ukendt|tuntemat|nieznan",
  "neznám|nepoznat|neznan|ismeretlen|necunoscut|bilinm|άγνωστ|неизвест|невідом|непозн|nežinom|nezinām|teadmata",
  "tundmatu|غير معروف|مجهول|לא ידוע|ไม่ทราบ|ไม่รู้จัก|không xác định|không rõ|未知|不明|알 수 없|tak diketahui|अज्ञात",
);

/** "Off", "disabled": looked for before {@link ON}, which is part of many of these. */
export const OFF: RegExp = anyOf(
  "\\boff\\b|disabled|deaktiv|desactiv|désactiv|disattiv|disabilit|dezactiv|desativ|desatv|desligad|deshabilit",
  "inaktiv|inattiv|non attiv|uitgeschakeld|\\buit\\b|\\bav\\b|slått av|slået fra|\\bfra\\b|ei ole|pois|käytöstä|wyłącz|vypnut",
  "kikapcs|isključ|izključ|onemoguć|onemogoč|kapalı|devre dışı|απενεργ|отключ|выключ|вимк|вимкн|изключ|išjung|izslēg",
  "väljas|إيقاف|معطل|כבוי|כבוי|מושבת|ปิด|tắt|关闭|已关|停用|禁用|關閉|オフ|無効|해제|꺼짐|꺼져|사용 안",
);

/** "On", "enabled". */
export const ON: RegExp = anyOf(
  "\\bon\\b|enabled|aktiv|eingeschaltet|activ|attiv|ativad|ligad|abilit|habilit|ingeschakeld|\\baan\\b|\\bpå\\b|slått på",
  "slået til|\\btil\\b|päällä|käytössä|włącz|zapnut|bekapcs|uključ|vključ|omoguć|omogoč|açık|etkin|ενεργ|включ|увімк",
  "ввімк|įjung|ieslēg|\\bsees\\b|تشغيل|ممكّن|مفعل|פעיל|פועל|מופעל|เปิด|bật|启用|打开|开启|已开|開啟|啟用|オン|有効|설정|켜짐|켜져|사용",
);

/** "Decrypt" in any form; "decrypted" and "decryption" are not told apart. */
export const DECRYPT: RegExp = anyOf(
  "decrypt|entschl|déchiffr|descifr|desencript|descriptogr|descripto|decrittogr|decritta|ontsleutel|gedecodeer",
  "decoder|avkrypt|dekrypt|odszyfr|deszyfr|dešifr|rozšifr|visszafejt|расшифр|дешифр|розшифр|şifre(?:si|sini|sinin)? çöz",
  "çözül|çözme|αποκρυπτ|فك |فكّ|פענוח|מפוענח|ถอดรหัส|purka|purku|giải mã|解密|復号|解除されて|暗号化解除|暗号化の解除|해독|iššifr|atšifr|dekodir",
);

/** "Paused". */
export const PAUSED: RegExp = anyOf(
  "paus|angehalten|unterbrochen|suspend|detenid|gepauz|onderbroken|wstrzym|pozastav|felfügg|szünetel|приостан|призуп",
  "duraklat|παύση|متوقف|مؤقت|מושהה|מושהית|หยุดชั่ว|keskeyt|zaustav|tạm dừng|暂停|暫停|一時停止|일시",
);

/** "Used", of "used space only". */
export const USED: RegExp = anyOf(
  "used|verwendet|belegt|genutzt|utilis|usado|utilizad|usato|utilizzat|in uso|gebruikt|użyt|zajęt|wykorzyst|použit",
  "obsazen|využit|használt|foglalt|использ|занят|использ|використ|зайнят|kullanılan|χρησιμοπ|المستخدم|בשימוש|ที่ใช้",
  "käytet|käytöss|brukt|brugt|använ|utilizat|folosit|iskorišt|korišt|uporab|naudoj|izmanto|kasutat|đã dùng|已用|使用|사용",
);

/** "Locked" and "unlocked" need no words: Windows gives a locked volume no percentage. */

/** "Hardware encryption", which names no AES. */
export const HARDWARE: RegExp = anyOf(
  "hardware|matériel|apparat|аппарат|硬件|硬體|ハードウェア|하드웨어|donanım|sprzęt",
);

/** "Protection", of the line that says whether it is on. */
export const PROTECTION: RegExp = anyOf(
  "protec|protez|proteç|protej|schutz|beveilig|bescherm|skydd|beskyt|suojau|ochron|ochran|védel|защит|захист|zaštit",
  "zaščit|koruma|προστασ|حماية|הגנה|ป้องกัน|bảo vệ|保护|保護|보호",
);

/** "Numerical", of the numerical password that is the recovery key. */
export const NUMERICAL: RegExp = anyOf(
  "numer|numér|númer|nummer|numẽr|numeeri|numri|számjegy|számból|száml|számj|cyfrow|číseln|číslic|brojčan|številč|číselné|sayısal|рақам",
  "числов|цифров|числен|цифро|αριθμητ|رقمي|מספרי|ספרתי|ตัวเลข|bằng số|dạng số|skaitmen|skaitlisk|talad|tallad|siffer",
  "数字|数值|數字|數值|数値|숫자|recovery ?password|wiederherstellungskennwort",
);

/** "Password". */
export const PASSWORD: RegExp = anyOf(
  "password|passwor|kennwort|passwort|mot de passe|contraseñ|senha|palavra-passe|palavra passe|wachtwoord|lösenord",
  "passord|adgangskode|salasana|hasł|hesl|jelsz|parol|пароль|парол|şifre|κωδικ|كلمة|סיסמה|סיסמ|รหัสผ่าน|mật khẩu",
  "slaptaž|lozink|geslo|密码|密碼|パスワード|암호|passphrase",
);

/** "External", of the external key. */
export const EXTERNAL: RegExp = anyOf(
  "extern|externe|estern|zewnętrzn|külső|внешн|зовніш|външ|harici|dış|εξωτερ|خارجي|חיצוני|ภายนอก|ulko|ekstern",
  "vanjsk|zunanj|išorin|ārēj|väli|bên ngoài|外部|외부",
);

/** "Startup", of the startup key. */
export const STARTUP: RegExp = anyOf(
  "start-?up|systemstart|startschl|\\bstart|démarrage|inicio|inicializa|arranque|avvio|opstart|oppstart|käynnist",
  "rozruch|uruchom|spuštění|spúšť|spouště|indítás|indító|запуск|başlat|başlangıç|εκκίνησ|بدء|הפעלה|אתחול|เริ่มต้น|khởi động",
  "pokretan|zagon|pornire|启动|啟動|スタートアップ|시작|시동",
);

/** "PIN". */
export const PIN: RegExp = anyOf("\\bpin\\b|pin-|pin码|pin 码|\\bnip\\b|пин|pin kodu|pin コード|رمز pin|pin");

/** "Agent", of the data recovery agent. */
export const AGENT: RegExp = anyOf(
  "agent|agenti|aracı|ajan|агент|وكيل|סוכן|πράκτορ|ügynök|ตัวแทน|tác nhân|代理|エージェント|에이전트|\\bdra\\b",
);

/** "Smart card", and "certificate" without an agent. */
export const SMART_CARD: RegExp = anyOf(
  "smart ?card|smartcard|smartkort|smartkarte|carte à puce|tarjeta inteligente|cartão inteligente|intelligens kártya",
  "akıllı kart|смарт-карт|смарт-картк|karta inteligentn|čipov|智能卡|智慧卡|スマート カード|スマートカード|스마트 카드",
);

/** "Network", of TPM and network key. */
export const NETWORK: RegExp = anyOf(
  "network|netzwerk|réseau|red\\b|rede\\b|netwerk|nätverk|сетев|网络|網路|ネットワーク|네트워크|\\bağ\\b",
);

/** "Account", "identity", "SID", "group" of Active Directory. */
export const ACCOUNT: RegExp = anyOf(
  "\\bsid\\b|identity|identität|identité|identidad|ad ?account|ad-konto|标识|ID 保護機能",
);

/** What stands before a GUID that is a Key ID. */
export const KEY_ID_LABEL: RegExp = anyOf(
  "key ?-?(?:protector)? ?-?id|keyid|identifier|recovery|protector|kennung|bezeichner|schlüssel-?id|kennwort-?id|password ?id",
  "wiederherstell|schutzvorrichtung|identifi|récupér|clé|clave|chiave|chave|recupera|ripristin|recuper|sleutel|herstel",
  "nyckel|nøgle|nøkkel|avain|tunniste|klucz|identyfik|klíč|kulcs|azonosító|ключ|идентиф|ідентиф|anahtar|tanımlayıcı|kimli",
  "κλειδι|αναγνωριστ|مفتاح|معرّف|معرف|מפתח|מזהה|คีย์|ตัวระบุ|khóa|mã định danh|cheie|密钥|标识符|金鑰|識別碼|識別子|キー|키|식별자",
  "^\\W*(?:bitlocker )?(?:id|kid)\\W*$",
);

/** What stands before a GUID that is none. */
export const OTHER_ID_LABEL: RegExp = anyOf(
  "device|volume|volumen|trace|tenant|mandant|\\buser|benutzer|utilisateur|usuario|object|objekt|objet|correlation|request|activity",
  "session|provider|identification|identifizierungs|machine|computer|serial|subscription|client|hardware|smbios|uuid|\\bdisk",
  "partition|thumbprint|certificate|zertifikat|gerät|appareil|périph|dispositiv|устройств|пристр|urządz|zařízen|eszköz",
  "cihaz|\\benhet|laite|συσκευ|جهاز|מכשיר|设备|設備|裝置|デバイス|장치|기기|ablaufverf|trazab|traccia|след|трассир|datenträger",
  "跟踪|追蹤|トレース|추적|том\\b|тома|卷|磁碟區|ボリューム|볼륨|birim|wolumin|svaz|kötet|asset|inventory|\\bsite|customer|agent id|hwid|\\bou\\b|dns|group|policy|class",
);

/** What every text about BitLocker holds. */
export const ABOUT_BITLOCKER: RegExp = anyOf(
  "bitlocker|recovery key|recoverykey|key ?id\\b|protector|operatingSystemVolume|fixedDataVolume|fveapi|manage-bde|encryptable",
);
