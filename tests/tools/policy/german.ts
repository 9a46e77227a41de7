/** The policies in German. */

import type { Words } from "./policy_words.ts";

const sealed = "mit Empfängern versiegelt, ohne nicht";

/** For `de-DE`. */
export const GERMAN: Words = {
  description:
    "Einstellungen von Spare Key, das BitLocker-Wiederherstellungsschlüssel außerhalb des PCs aufbewahrt.",
  supportedOn: "Spare Key 1.0 oder neuer",
  categories: {
    Destinations: "Orte für Berichte",
    MailServer: "Mailserver",
    Notices: "Was eine Mail wert ist",
    Schedule: "Wann es läuft",
    SpareKey: "Spare Key",
  },
  yes: "ja",
  no: "nein",
  flagStates: (otherwise) =>
    `Aktiviert: ja. Deaktiviert: nein. Nicht konfiguriert: was in der Einstellungsdatei steht, sonst ${otherwise}.`,
  boxStates: (otherwise) =>
    `Deaktiviert oder nicht konfiguriert: was in der Einstellungsdatei steht, sonst ${otherwise}.`,
  wholeNumber: (min, max) => `Eine ganze Zahl von ${min} bis ${max}.`,
  policies: {
    Folder_Path: {
      title: "Ordner: Pfad",
      explain: [
        'Ein Ordner auf einem Laufwerk des PCs, vom Stamm an, etwa D:\\Keys. Berichte liegen dort in einem Ordner mit dem Namen des PCs. Für einen Netzwerkpfad gibt es "Freigabe: Pfad".',
        "Ein Ordner auf einem anderen fest eingebauten Laufwerk desselben PCs zählt nicht als außerhalb.",
      ],
      label: "Pfad:",
      otherwise: "keiner",
    },
    Folder_Volume: {
      title: "Ordner: Wechseldatenträger",
      explain: [
        'Bezeichnung oder Volume-ID des Wechseldatenträgers, auf dem der Ordner liegt, etwa KEYS. Er wird dann gefunden, welchen Buchstaben er auch bekommt; der Buchstabe in "Ordner: Pfad" ist gleichgültig.',
      ],
      label: "Bezeichnung oder Volume-ID:",
      otherwise: "zählt der Buchstabe des Pfads",
    },
    Folder_Synced: {
      title: "Ordner: wird vom PC weggetragen",
      explain: [
        "Etwas, etwa ein Cloud-Programm oder eine Synchronisierung, trägt den Ordner vom PC weg. Seine Kopien zählen dann als außerhalb.",
      ],
    },
    Folder_Sealed: {
      title: "Ordner: Berichte sind versiegelt",
      explain: ['Berichte werden für die Empfänger verschlüsselt. Aktiviert braucht "Empfänger".'],
      otherwise: sealed,
    },
    Folder_ReadableByUsers: {
      title: "Ordner: Benutzer dürfen offene Schlüssel lesen",
      explain: [
        "Ein Ordner mit offenen Schlüsseln, den gewöhnliche Benutzer lesen können, wird abgelehnt, außer dies ist aktiviert. Wer einen Schlüssel liest, ist Administrator des PCs.",
      ],
    },
    Share_Path: {
      title: "Freigabe: Pfad",
      explain: [
        "Ein Ordner eines Servers oder NAS, etwa \\\\server\\keys$. Der PC schreibt dort mit seinem Computerkonto oder mit hinterlegten Anmeldedaten.",
        'Eine Freigabe verlangt Empfänger, oder "Freigabe: Berichte sind versiegelt" auf deaktiviert: Wer einen offenen Schlüssel liest, ist Administrator des PCs.',
      ],
      label: "Netzwerkpfad:",
      otherwise: "keiner",
    },
    Share_Sealed: {
      title: "Freigabe: Berichte sind versiegelt",
      explain: [
        'Berichte werden für die Empfänger verschlüsselt. Aktiviert braucht "Empfänger". Deaktiviert sagt, dass die Freigabe geschützt ist und offene Schlüssel enthält.',
      ],
      otherwise: sealed,
    },
    OneDrive_User: {
      title: "OneDrive: Benutzer",
      explain: [
        "Wessen OneDrive die Berichte aufnimmt: die SID eines Benutzers, oder das Wort any für jeden, der angemeldet ist. Mit any sind Empfänger nötig, denn jeder Benutzer des PCs könnte die Schlüssel lesen.",
      ],
      label: "SID oder any:",
      otherwise: "keiner",
    },
    OneDrive_Sealed: {
      title: "OneDrive: Berichte sind versiegelt",
      explain: ['Berichte werden für die Empfänger verschlüsselt. Aktiviert braucht "Empfänger".'],
      otherwise: sealed,
    },
    Mail_To: {
      title: "Mail: Adressen",
      explain: [
        'Wer eine Mail bekommt, wenn sich ein Schlüssel ändert oder etwas nicht stimmt. Eine Adresse je Zeile. Braucht "Mailserver: Name" und "Mailserver: Absender".',
      ],
      label: "Adressen:",
      otherwise: "keine",
    },
    Mail_Keys: {
      title: "Mail: Schlüssel",
      explain: [
        "Was von den Schlüsseln in einer Mail steht. Keine: Sie sagt, was sich geändert hat und wo der Schlüssel liegt. Versiegelt: Die Berichte hängen an, für die Empfänger verschlüsselt. Offen: Die Ziffern stehen in der Mail, für ein Postfach, dem Sie das Laufwerk anvertrauen.",
      ],
      label: "Eine Mail enthält:",
      otherwise: "mit Empfängern versiegelt, ohne keine",
      choices: { none: "keine Schlüssel", sealed: "versiegelte Berichte", plain: "die Ziffern" },
    },
    Smtp_Host: {
      title: "Mailserver: Name",
      explain: [
        "Der bloße Name oder die Adresse des Mailservers, ohne Port. Das Kennwort ist ein Geheimnis und wird auf dem PC gesetzt, nie durch Richtlinie.",
      ],
      label: "Name oder Adresse:",
      otherwise: "geht keine Mail hinaus",
    },
    Smtp_Port: {
      title: "Mailserver: Port",
      explain: ["Der Port des Mailservers."],
      label: "Port:",
      otherwise: "465 für TLS, 587 für STARTTLS, 25 für keine",
    },
    Smtp_Security: {
      title: "Mailserver: Verschlüsselung",
      explain: [
        "TLS vom ersten Byte an, STARTTLS (ohne geht es nicht weiter) oder keine. Keine ist für einen Server auf dem PC selbst, oder für Mails, die weder Schlüssel noch ein Kennwort enthalten.",
      ],
      label: "Verschlüsselung:",
      otherwise: "STARTTLS, bei Port 465 TLS",
      choices: { tls: "TLS", starttls: "STARTTLS", none: "keine" },
    },
    Smtp_User: {
      title: "Mailserver: Benutzer",
      explain: [
        "Der Name für die Anmeldung. Das Kennwort ist ein Geheimnis und wird auf dem PC gesetzt, nie durch Richtlinie.",
      ],
      label: "Benutzer:",
      otherwise: "keine Anmeldung",
    },
    Smtp_From: {
      title: "Mailserver: Absender",
      explain: ["Die Adresse des Absenders."],
      label: "Adresse:",
      otherwise: "keine, und es geht keine Mail hinaus",
    },
    Smtp_Ca: {
      title: "Mailserver: eigene Zertifizierungsstelle",
      explain: [
        "Die Zertifikate einer eigenen Stelle, die das Zertifikat des Mailservers unterschrieben hat, als PEM-Text.",
        "Setzen Sie diese Richtlinie oder die in einer Zeile, nicht beide.",
      ],
      label: "PEM-Text:",
      otherwise: "die Stellen, denen Windows und Mozilla vertrauen",
    },
    Smtp_Ca_OneLine: {
      title: "Mailserver: eigene Zertifizierungsstelle (in einer Zeile)",
      explain: [
        'Dasselbe wie "Mailserver: eigene Zertifizierungsstelle", für Intune: der ganze PEM-Text in einer Zeile, mit Leerzeichen statt Zeilenumbrüchen.',
        "Setzen Sie diese Richtlinie oder die andere, nicht beide.",
      ],
      label: "PEM-Text in einer Zeile:",
      otherwise: "die Stellen, denen Windows und Mozilla vertrauen",
    },
    Recipients: {
      title: "Empfänger",
      explain: [
        "Öffentliche Schlüssel (age1...) derer, die versiegelte Berichte öffnen dürfen. Einer je Zeile. Mit Empfängern sind Berichte überall versiegelt, wo ein Ort nichts anderes sagt.",
        "Setzen Sie diese Richtlinie oder die in einer Zeile, nicht beide.",
      ],
      label: "Empfänger:",
      otherwise: "keine",
    },
    Recipients_OneLine: {
      title: "Empfänger (in einer Zeile)",
      explain: [
        'Dasselbe wie "Empfänger", für Intune, dessen mehrzeilige Felder keine Zeile über 1.023 Zeichen nehmen: Ein Empfänger, der mit age1pq1 beginnt, ist länger. Trennen Sie mehrere durch Strichpunkte.',
        "Setzen Sie diese Richtlinie oder die andere, nicht beide.",
      ],
      label: "Empfänger, durch Strichpunkte getrennt:",
      otherwise: "keine",
    },
    Notify_Changes: {
      title: "Änderungen",
      explain: ["Änderungen von Schlüsseln, Schutz und verschlüsselten Laufwerken sind eine Mail wert."],
    },
    Notify_Findings: {
      title: "Befunde",
      explain: ["Ab welcher Stufe etwas, das nicht stimmt, eine Mail wert ist."],
      label: "Ab dieser Stufe:",
      choices: { danger: "Gefahr", warning: "Warnung", info: "Hinweis", none: "keine" },
    },
    Notify_HeartbeatDays: {
      title: "Alles in Ordnung",
      explain: ["Tage ohne Mail, nach denen eine sagt, dass alles in Ordnung ist; 0 für nie."],
      label: "Tage:",
    },
    CopyMaxAgeDays: {
      title: "Alter der Kopien",
      explain: [
        "Tage, nach denen Kopien an einem Ort, in den nicht gesehen werden kann, nicht mehr als sicher gelten.",
      ],
      label: "Tage:",
    },
    Verify: {
      title: "Berichte wieder öffnen",
      explain: [
        "Ob Berichte wieder geöffnet werden, um zu beweisen, dass es geht. Bisher gibt es nur eine Wahl.",
      ],
      label: "Wann:",
      choices: { never: "nie" },
    },
    Language: {
      title: "Sprache",
      explain: ["Die Sprache von Mails und Blättern. Automatisch ist bisher Englisch."],
      label: "Sprache:",
      choices: { auto: "automatisch", en: "Englisch" },
    },
    Templates: {
      title: "Eigene Vorlagen",
      explain: [
        "Vorlagen im Datenordner ersetzen die des Programms. Sie müssen SYSTEM oder den Administratoren gehören.",
      ],
    },
    Schedule_At: {
      title: "Uhrzeit",
      explain: [
        "Wann die Aufgabe jeden Tag läuft, als Stunden und Minuten, von 00:00 bis 23:59. Ein PC, der dann aus ist, holt sie nach dem nächsten Start nach.",
        "Die Aufgabe wird daraus gemacht, wenn Spare Key installiert, aktualisiert oder repariert wird.",
      ],
      label: "Uhrzeit (HH:MM):",
    },
    Schedule_RandomMinutes: {
      title: "Streuung",
      explain: [
        "Die Aufgabe beginnt zufällig bis zu so viele Minuten später, damit nicht alle PCs zugleich kommen.",
      ],
      label: "Minuten:",
    },
    Schedule_TimeLimitMinutes: {
      title: "Zeitgrenze",
      explain: ["Ein Lauf, der länger dauert, wird beendet. Was er schuldig bleibt, liefert der nächste."],
      label: "Minuten:",
    },
    Limits_DestinationSeconds: {
      title: "Geduld mit einem Ort",
      explain: ["Sekunden, die ein Ort für Berichte in einem Lauf brauchen darf."],
      label: "Sekunden:",
    },
    Limits_MailSeconds: {
      title: "Geduld mit einer Mail",
      explain: ["Sekunden, die eine Mail brauchen darf."],
      label: "Sekunden:",
    },
    Log_Level: {
      title: "Protokoll",
      explain: [
        "Ab welcher Stufe das Protokoll im Datenordner geschrieben wird. Es enthält nie Schlüssel.",
      ],
      label: "Ab dieser Stufe:",
      choices: { debug: "alles", info: "Hinweis", warning: "Warnung", error: "Fehler" },
    },
  },
};
