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
  "tundmatu|غير معروف|مجهول|לא ידוע|ไม่ทราบ|ไม่รู้จัก|không xác định|không rõ|\\bni (?:po)?znan|未知|不明|알 수 없|tak diketahui|अज्ञात",
);

/** "Off", "disabled": looked for before {@link ON}, which is part of many of these. */
export const OFF: RegExp = anyOf(
  "\\boff\\b|disabled|deaktiv|ausgeschaltet|\\baus\\b|desactiv|désactiv|disattiv|disabilit|dezactiv|desativ|desatv|desligad",
  "deshabilit|inhabilit|inaktiv|inativ|inattiv|non attiv|uitgeschakeld|\\buit\\b|\\bav\\b|slått av|slået fra|\\bfra\\b|\\bei\\b",
  "pois|oprit|אינה|käytöstä|wyłącz|vypnut|kikapcs|\\bki\\b|izklop|tidak aktif|dimatikan|बंद|अक्षम|isključ|izključ|onemoguć|onemogoč|kapalı|devre dışı|απενεργ|ανενεργ|отключ|выключ",
  "вимк|вимкн|изключ|искључ|išjung|izslēg|väljas|إيقاف|معطل|متوقف|כבוי|כבוי|מושבת|(?<!เ)ปิด|tắt|nonaktif|关闭|已关|停用|禁用|關閉",
  "オフ|無効|해제|꺼짐|꺼져|사용 안",
);

/** "On", "enabled". */
export const ON: RegExp = anyOf(
  "\\bon\\b|enabled|aktiv|eingeschaltet|\\bein\\b|activ|attiv|ativad|\\bativ|ligad|abilit|habilit|ingeschakeld|\\baan\\b|(?<!\\p{L})på(?!\\p{L})",
  "slått på|slået til|\\btil\\b|päällä|pornit|käytössä|włącz|zapnut|bekapcs|\\bbe\\b|vklop|\\baktif|dihidupkan|चालू|सक्षम|uključ|vključ|omoguć|omogoč|açık|etkin|ενεργ|включ|увімк",
  "ввімк|укључ|įjung|ieslēg|\\bsees\\b|تشغيل|ممكّن|مفعل|مفعّل|פעיל|פועל|מופעל|เปิด|bật|启用|打开|开启|已开|開啟|啟用|オン|有効|설정|켜짐|켜져|사용",
);

/** "Decrypt" in any form; "decrypted" and "decryption" are not told apart. */
export const DECRYPT: RegExp = anyOf(
  "decrypt|entschl|déchiffr|descifr|desxifr|desencript|descriptogr|descripto|decript|decrittogr|decritta|ontsleutel|gedecodeer",
  "decoder|avkrypt|dekrypt|odszyfr|deszyfr|dešifr|rozšifr|visszafejt|расшифр|дешифр|розшифр|şifre(?:si|sini|sinin)? çöz",
  "çözül|çözme|αποκρυπτ|فك |فكّ|פענוח|מפוענח|ถอดรหัส|purka|purku|puret|giải mã|dekrüpt|разшифр|deskripsi|डिक्रिप्|解密|復号|解読|解除されて|暗号化解除|暗号化の解除|해독|iššifr|atšifr|dekodir",
);

/** "Paused". */
export const PAUSED: RegExp = anyOf(
  "paus|angehalten|unterbrochen|suspend|detenid|gepauz|onderbroken|wstrzym|pozastav|felfügg|szünetel|приостан|призуп",
  "duraklat|παύση|παυσ|متوقف|مؤقت|מושהה|מושהית|หยุดชั่ว|keskeyt|zaustav|zaustavl|пауз|tạm dừng|暂停|暫停|一時停止|일시|sospes|întrerupt|中断|zastav|peatat|pristabd|apturēt",
);

/** "Used", of "used space only". */
export const USED: RegExp = anyOf(
  "used|verwendet|belegt|genutzt|utilis|usado|utilizad|usato|utilizzat|in uso|gebruikt|użyt|używan|zajęt|wykorzyst|použit",
  "obsazen|využit|használt|foglalt|использ|занят|использ|використ|зайнят|kullanılan|χρησιμοπ|المستخدم|בשימוש|ที่ใช้",
  "käytet|käytöss|brukt|brugt|anvend|använ|utilizat|utilitz|folosit|iskorišt|korišt|korišć|коришћ|използ|uporab|naudoj|naudot",
  "izmanto|kasutat|उपयोग|đã dùng|sử dụng|erabili|terpakai|digunakan|已用|使用|使われ|사용",
);

/** "In progress". */
export const UNDER_WAY: RegExp = anyOf(
  "progress|durchgeführt|läuft|wird |en cours|en curso|em andamento|em curso|in corso|bezig|wordt |pågår|pågående|i gang|igang",
  "w toku|trwa|probíh|prebieha|folyamatban|выполня|идет|идёт|виконує|триває|devam|sürüyor|ilerli|εξέλιξη|جار|قيد|מתבצע|בתהליך",
  "กำลัง|đang|正在|进行中|進行中|進行|中です|実行中|진행|käynnissä|u tijeku|у току|u toku|v teku|poteka|în curs|vykdom|notiek|pooleli|प्रगति|изпълнява|в ход",
);

/** "Lock", of the line that says whether the volume is open; a locked volume is told by the percentage that is missing. */
export const LOCK: RegExp = anyOf(
  "lock|sperr|verrou|bloqu|blocc|blocare|blocat|vergrendel|(?<!\\p{L})lås|lukit|blokad|blokov|zablok|zamč|zamk|zamyk|uzam|zárol|zár |блокир|блокув",
  "kilit|κλείδωμα|κλειδώμ|κλειδωμ|قفل|تأمين|נעיל|נעול|ล็อก|khóa ổ|trạng thái khóa|zaključ|zaklep|užrakin|bloķē|lukust|锁|鎖定|鎖|ロック|잠금|заключ",
);

/** "Method", of the encryption. */
export const METHOD: RegExp = anyOf(
  "method|methode|méthode|método|metodo|metod|menetel|metoda|módszer|yöntem|μέθοδ|метод|способ|طريقة|أسلوب|שיטת|วิธี|phương pháp|方法|방법",
);

/** "Key", of the key protectors below a volume's state. */
export const KEY: RegExp = anyOf(
  "key|schlüssel|clés?(?!\\p{L})|clave|clau(?!\\p{L})|chiav|chave|sleutel|nyckel|nøgle|nøkkel|avai[nm]|klucz|klíč|kľúč|kulcs|ключ|anahtar",
  "κλειδι|κλειδί|مفتاح|مفاتيح|מפתח|คีย์|khóa|chei|ključ|кључ|raktų|rakto|atslēg|võtme|कुंजी|キー|密钥|密鑰|金鑰|키(?!\\p{L})",
);

/** "Event", of the line with an event's number. */
export const EVENT: RegExp = anyOf(
  "event|ereignis|événement|evento|gebeurtenis|händelse|hændelse|hendelse|tapahtum|zdarzeni|událost|udalost|esemény|olay|событи|поді[їяю]",
  "събити|συμβάντ|حدث|אירוע|เหตุการณ์|sự kiện|eveniment|događaj|dogodk|догађај|įvyki|notikum|sündmus|イベント|事件|이벤트",
);

/** "Error", at the beginning of what manage-bde says then. */
export const ERROR: RegExp = new RegExp(
  "^[ \\t]{0,80}(?:error|errors?|fehler|erreur|errore|erro|fout|fel|fejl|feil|virhe|błąd|chyba|hiba|hata|eroare|greška|pogreška|kesalahan|त्रुटि|грешка|napaka|klaida|kļūda|viga" +
    "|ошибка|помилка|σφ[άα]λμα|خطأ|שגיאה|ข้อผิดพลาด|lỗi|错误|錯誤|エラー|오류)[ \\t]{0,8}:",
  "imu",
);

/** "Hardware encryption", which names no AES. */
export const HARDWARE: RegExp = anyOf(
  "hardware|hårdvar|maskinvar|matériel|apparat|hardver|laitteisto|аппарат|апарат|υλικό|υλικού|חומרה|ฮาร์ดแวร์|硬件|硬體|ハードウェア|하드웨어|donanım|sprzęt",
);

/** "Protection", of the line that says whether it is on. */
export const PROTECTION: RegExp = anyOf(
  "protec|protez|protecç|proteç|protej|schutz|beveilig|bescherm|skydd|beskyt|suojau|ochron|ochran|védel|защит|захист|zaštit",
  "zaščit|заштит|koruma|προστασ|حماية|הגנה|ป้องกัน|bảo vệ|保护|保護|보호",
);

/** "Numerical", of the numerical password that is the recovery key. */
export const NUMERICAL: RegExp = anyOf(
  "numer|numér|numèr|númer|nummer|numẽr|numeeri|numri|számjegy|számból|száml|számj|cyfrow|číseln|číslic|brojčan|števil|tevilsk|číselné|sayısal|рақам|бројчан",
  "числов|цифров|числен|цифро|αριθμητ|رقمي|מספרי|ספרתי|ตัวเลข|bằng số|dạng số|skaitmen|skaitin|skaitlisk|numbril|arvul|rakam|siffer",
  "数字|数值|數字|數值|数値|숫자|संख्या",
);

/** "Recovery password", as other tools, and people who retype a screen, call the numerical password. */
export const RECOVERY_PASSWORD: RegExp = anyOf(
  "recovery ?password|wiederherstellungskennwort|mot de passe de récup|contraseña de recup|password di ripristino|senha de recup|palavra-passe de recup",
  "herstelwachtwoord|återställningslösen|gendannelsesadgang|gjenopprettingspass|palautussalasana|hasło odzysk|heslo pro obnov|obnovovac. heslo|helyreállítási jel",
  "kurtarma parola|пароль восстановл|пароль відновл|恢复密码|復原密碼|修復密碼|回復パスワード|복구 암호",
);

/** "Password". */
export const PASSWORD: RegExp = anyOf(
  "password|passwor|kennwort|passwort|mot de passe|contraseñ|senha|palavra-passe|palavra passe|wachtwoord|lösenord",
  "passord|adgangskode|salasana|hasł|hesl|jelsz|parol|parool|пароль|парол|şifre|κωδικ|كلمة|סיסמה|סיסמ|รหัสผ่าน|mật khẩu|contraseny",
  "slaptaž|lozink|geslo|лозинк|kata sandi|पासवर्ड|密码|密碼|パスワード|암호|passphrase",
);

/** "External", of the external key. */
export const EXTERNAL: RegExp = anyOf(
  "extern|externe|estern|zewnętrzn|külső|внешн|зовніш|външ|спољн|harici|dış |εξωτερ|خارجي|חיצוני|ภายนอก|ulko|ekstern",
  "vanjsk|zunanj|spolj|išorin|ārēj|väli|बाहरी|bên ngoài|外部|외부",
);

/** "Startup", of the startup key. */
export const STARTUP: RegExp = anyOf(
  "start-?up|systemstart|startschl|\\bstart|démarrage|inicio|inicializa|arranque|avvio|opstart|oppstart|käynnist",
  "rozruch|uruchom|spuštění|spúšť|spoušt|indítás|indító|запуск|başlat|başlangıç|εκκίνησ|بدء|הפעלה|אתחול|เริ่มต้น|khởi động",
  "pokretan|zagon|pornire|стартир|paleis|startēš|palaiš|käivit|स्टार्टअप|启动|啟動|スタートアップ|시작|시동",
);

/** "PIN". */
export const PIN: RegExp = anyOf("\\bnip\\b|пин|code confidentiel|pin");

/** "Agent", of the data recovery agent. */
export const AGENT: RegExp = anyOf(
  "agent|agenti|aģent|एजेंट|aracı|ajan|агент|وكيل|عامل|סוכן|πράκτορ|παράγοντ|ügynök|ตัวแทน|tác nhân|代理|エージェント|에이전트|\\bdra\\b",
);

/** "Smart card", and "certificate" without an agent. */
export const SMART_CARD: RegExp = anyOf(
  "smart ?card|smartcard|smartkort|smartkarte|carte à puce|tarjeta inteligente|cartão inteligente|intelligens kártya",
  "akıllı kart|смарт-карт|смарт-картк|karta inteligentn|čipov|älykort|chipkort|smart kart|έξυπνη κάρτα|智能卡|智慧卡|スマート カード|スマートカード|스마트 카드",
);

/** "Network", of TPM and network key. */
export const NETWORK: RegExp = anyOf(
  "network|netzwerk|réseau|\\bred\\b|\\brede\\b|\\brete\\b|netwerk|nätverk|netværk|nettverk|verkko|сетев|мереж|siec|síťov|hálózat|网络|網路|ネットワーク|네트워크|ağ anahtar|ağ \\(",
);

/** "Account", "identity", "SID", "group" of Active Directory. */
export const ACCOUNT: RegExp = anyOf(
  "\\bsid\\b|identity|identität|identité|identidad|identità|identiteit|ad ?account|ad-konto|标识|ID 保護機能",
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
  "\\bbcd\\b|resumeobject|recoverysequence|bootsequence|跟踪|追蹤|トレース|추적|том\\b|тома|卷|磁碟區|ボリューム|볼륨|birim|wolumin|svaz|kötet|asset|inventory|\\bsite|customer|agent id|hwid|\\bou\\b|dns|group|policy|class",
);

/** What every text about BitLocker holds. */
export const ABOUT_BITLOCKER: RegExp = anyOf(
  "bitlocker|recovery key|recoverykey|key ?id\\b|protector|operatingSystemVolume|fixedDataVolume|fveapi|manage-bde|encryptable",
);
