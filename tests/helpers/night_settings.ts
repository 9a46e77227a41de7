/** Settings that many nights run with, in memory. */

/** The mail server. */
export const SMTP = { host: "smtp.example.org", from: "keys@example.org" } as const;

/** One folder, which something carries off the PC. */
export const FOLDER = {
  destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }],
} as const;

/** The folder, and a mail without keys. */
export const BOTH = {
  destinations: [...FOLDER.destinations, { name: "helper", kind: "mail", to: ["tom@example.org"] }],
  smtp: SMTP,
} as const;
