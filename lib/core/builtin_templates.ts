/** The program's own templates, taken into the bundle as texts. An organisation may put others in their place. */

import sheetHtml from "../../templates/sheet.html" with { type: "text" };
import sheetCss from "../../templates/sheet.css" with { type: "text" };
import mailHtml from "../../templates/mail.html" with { type: "text" };
import mailText from "../../templates/mail.txt" with { type: "text" };
import type { MailTemplates } from "./render_mail.ts";
import type { SheetTemplates } from "./render_sheet.ts";

/** The built-in pages and mails. */
export const builtinTemplates: SheetTemplates & MailTemplates = { sheetHtml, sheetCss, mailHtml, mailText };
