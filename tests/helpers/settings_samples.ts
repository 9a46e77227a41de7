/** Parts of a settings file, each an ordinary one, and what is said of a wrong file. */

import { readSettings } from "../../lib/core/config.ts";
import type { UserError } from "../../lib/errors.ts";
import { RECIPIENT } from "./settings_from.ts";
import { userErrorOf } from "./user_error.ts";

/** A mail server. */
export const smtp = { host: "smtp.example.org", from: "keys@example.org" };

/** One recipient. */
export const recipients = [RECIPIENT];

/** A folder on a stick. */
export const folder = { name: "stick", kind: "folder", path: "E:\\Recovery keys" };

/** A share. */
export const share = { name: "office", kind: "share", path: "\\\\srv\\keys$" };

/** The OneDrive folder of a user. */
export const onedrive = { name: "anna", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" };

/** A mail. */
export const mail = { name: "helper", kind: "mail", to: ["tom@example.org"] };

/** @returns What is said of a settings file. */
export function errorOf(file: unknown): UserError {
  return userErrorOf(() => readSettings({ file, policy: null, fileName: "C:\\x.json" }));
}
