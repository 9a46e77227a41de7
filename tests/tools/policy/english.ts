/** The policies in English. */

import type { Words } from "./policy_words.ts";

const sealed = "sealed with recipients, else not";

/** For `en-US`. */
export const ENGLISH: Words = {
  description: "Settings of Spare Key, which keeps BitLocker recovery keys outside the PC.",
  supportedOn: "Spare Key 1.0 or later",
  categories: {
    Destinations: "Places for reports",
    MailServer: "Mail server",
    Notices: "What is worth a mail",
    Schedule: "When it runs",
    SpareKey: "Spare Key",
  },
  yes: "yes",
  no: "no",
  flagStates: (otherwise) =>
    `Enabled: yes. Disabled: no. Not configured: what the settings file says, else ${otherwise}.`,
  boxStates: (otherwise) => `Disabled or not configured: what the settings file says, else ${otherwise}.`,
  wholeNumber: (min, max) => `A whole number from ${min} to ${max}.`,
  policies: {
    Folder_Path: {
      title: "Folder: path",
      explain: [
        'A folder on a drive of the PC, from its root on, such as D:\\Keys. Reports lie there in a folder named after the PC. For a network path use "Share: path".',
        "A folder on another fixed drive of the same PC does not count as outside the PC.",
      ],
      label: "Path:",
      otherwise: "none",
    },
    Folder_Volume: {
      title: "Folder: removable volume",
      explain: [
        'The label or the volume ID of the removable volume that the folder is on, such as KEYS. The volume is then found whatever letter it gets; the letter of "Folder: path" does not matter.',
      ],
      label: "Label or volume ID:",
      otherwise: "the letter of the path counts",
    },
    Folder_Synced: {
      title: "Folder: carried off the PC",
      explain: [
        "Something, such as a cloud client or a synchronisation, carries the folder off the PC. Its copies then count as outside.",
      ],
    },
    Folder_Sealed: {
      title: "Folder: reports are sealed",
      explain: ['Reports are encrypted to the recipients. Enabled needs "Recipients".'],
      otherwise: sealed,
    },
    Folder_ReadableByUsers: {
      title: "Folder: users may read plain keys",
      explain: [
        "A folder with plain keys that ordinary users can read is refused, unless this is enabled. Whoever reads a key is administrator of the PC.",
      ],
    },
    Share_Path: {
      title: "Share: path",
      explain: [
        "A folder of a server or NAS, such as \\\\server\\keys$. The PC writes there with its computer account, or with a stored credential.",
        'A share wants recipients, or "Share: reports are sealed" set to disabled: whoever reads a plain key is administrator of the PC.',
      ],
      label: "Network path:",
      otherwise: "none",
    },
    Share_Sealed: {
      title: "Share: reports are sealed",
      explain: [
        'Reports are encrypted to the recipients. Enabled needs "Recipients". Disabled says that the share is protected and holds plain keys.',
      ],
      otherwise: sealed,
    },
    OneDrive_User: {
      title: "OneDrive: user",
      explain: [
        "Whose OneDrive takes the reports: the SID of a user, or the word any for whoever is signed in. With any, recipients are needed, since every user of the PC could read the keys.",
      ],
      label: "SID, or any:",
      otherwise: "none",
    },
    OneDrive_Sealed: {
      title: "OneDrive: reports are sealed",
      explain: ['Reports are encrypted to the recipients. Enabled needs "Recipients".'],
      otherwise: sealed,
    },
    Mail_To: {
      title: "Mail: addresses",
      explain: [
        'Who gets a mail when a key changes or something is wrong. One address a line. Needs "Mail server: name" and "Mail server: sender".',
      ],
      label: "Addresses:",
      otherwise: "none",
    },
    Mail_Keys: {
      title: "Mail: keys",
      explain: [
        "What of the keys a mail holds. None: it says what changed and where the key lies. Sealed: the reports are attached, encrypted to the recipients. Plain: the digits stand in the mail, for a mailbox that you trust with the drive.",
      ],
      label: "A mail holds:",
      otherwise: "sealed with recipients, none without",
      choices: { none: "no keys", sealed: "sealed reports", plain: "the digits" },
    },
    Smtp_Host: {
      title: "Mail server: name",
      explain: [
        "The bare name or address of the mail server, without port. The password is a secret and set on the PC, never by policy.",
      ],
      label: "Name or address:",
      otherwise: "no mail is sent",
    },
    Smtp_Port: {
      title: "Mail server: port",
      explain: ["The port of the mail server."],
      label: "Port:",
      otherwise: "465 for TLS, 587 for STARTTLS, 25 for none",
    },
    Smtp_Security: {
      title: "Mail server: encryption",
      explain: [
        "TLS from the first byte, STARTTLS (refuses to go on without it), or none. None is for a server on the PC itself, or for mails that hold neither keys nor a password.",
      ],
      label: "Encryption:",
      otherwise: "STARTTLS, TLS with port 465",
      choices: { tls: "TLS", starttls: "STARTTLS", none: "none" },
    },
    Smtp_User: {
      title: "Mail server: user",
      explain: ["The name to log in with. The password is a secret and set on the PC, never by policy."],
      label: "User:",
      otherwise: "no login",
    },
    Smtp_From: {
      title: "Mail server: sender",
      explain: ["The address of the sender."],
      label: "Address:",
      otherwise: "none, and no mail is sent",
    },
    Smtp_Ca: {
      title: "Mail server: private authority",
      explain: [
        "The certificates of a private authority that signed the certificate of the mail server, as PEM text.",
        "Set this one or the one in one line, not both.",
      ],
      label: "PEM text:",
      otherwise: "the authorities that Windows and Mozilla trust",
    },
    Smtp_Ca_OneLine: {
      title: "Mail server: private authority (in one line)",
      explain: [
        'The same as "Mail server: private authority", for Intune: the whole PEM text in one line, with blanks for line breaks.',
        "Set this one or the other, not both.",
      ],
      label: "PEM text, in one line:",
      otherwise: "the authorities that Windows and Mozilla trust",
    },
    Recipients: {
      title: "Recipients",
      explain: [
        "Public keys (age1...) of those who may open sealed reports. One a line. With recipients, reports are sealed everywhere unless a place says otherwise.",
        "Set this one or the one in one line, not both.",
      ],
      label: "Recipients:",
      otherwise: "none",
    },
    Recipients_OneLine: {
      title: "Recipients (in one line)",
      explain: [
        'The same as "Recipients", for Intune, whose boxes of many lines take no line longer than 1,023 characters: a recipient that begins with age1pq1 is longer. Separate several by semicolons.',
        "Set this one or the other, not both.",
      ],
      label: "Recipients, separated by semicolons:",
      otherwise: "none",
    },
    Notify_Changes: {
      title: "Changes",
      explain: ["Changes of keys, of protection and of encrypted drives are worth a mail."],
    },
    Notify_Findings: {
      title: "Findings",
      explain: ["From which level on something that is wrong is worth a mail."],
      label: "From this level on:",
      choices: { danger: "danger", warning: "warning", info: "info", none: "none" },
    },
    Notify_HeartbeatDays: {
      title: "All is well",
      explain: ["Days without a mail after which one says that all is well; 0 for never."],
      label: "Days:",
    },
    CopyMaxAgeDays: {
      title: "Age of copies",
      explain: ["Days after which copies at a place that cannot be looked at are no longer trusted."],
      label: "Days:",
    },
    Verify: {
      title: "Opening reports again",
      explain: ["Whether reports are opened again to prove that they can be. There is one choice so far."],
      label: "When:",
      choices: { never: "never" },
    },
    Language: {
      title: "Language",
      explain: ["The language of mails and sheets. Automatic comes out as English so far."],
      label: "Language:",
      choices: { auto: "automatic", en: "English" },
    },
    Templates: {
      title: "Own templates",
      explain: [
        "Templates in the data folder take the place of the program's. They must belong to SYSTEM or the administrators.",
      ],
    },
    Schedule_At: {
      title: "Time of day",
      explain: [
        "When the task runs every day, as hours and minutes, from 00:00 to 23:59. A PC that is off then runs it after its next start.",
        "The task is made from it when Spare Key is installed, updated or repaired.",
      ],
      label: "Time (HH:MM):",
    },
    Schedule_RandomMinutes: {
      title: "Spread",
      explain: ["The task starts up to so many minutes later, at random, so that not all PCs come at once."],
      label: "Minutes:",
    },
    Schedule_TimeLimitMinutes: {
      title: "Time limit",
      explain: ["A run that takes longer is ended. What it owes is delivered by the next one."],
      label: "Minutes:",
    },
    Limits_DestinationSeconds: {
      title: "Patience with a place",
      explain: ["Seconds that one place for reports may take in a run."],
      label: "Seconds:",
    },
    Limits_MailSeconds: {
      title: "Patience with a mail",
      explain: ["Seconds that one mail may take."],
      label: "Seconds:",
    },
    Log_Level: {
      title: "Log",
      explain: ["From which level on the log in the data folder is written. It never holds keys."],
      label: "From this level on:",
      choices: { debug: "debug", info: "info", warning: "warning", error: "error" },
    },
  },
};
