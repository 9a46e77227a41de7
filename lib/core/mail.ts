/** A mail as it goes to a server, and what the server says to it. */

/** A file attached to a mail. */
export interface Attachment {
  /** File name, with its ending. */
  readonly name: string;
  /** MIME type, with the character set of a text. */
  readonly type: string;
  /** As they are; the mailer encodes them. */
  readonly bytes: Uint8Array;
}

/** A mail, ready to send. */
export interface Mail {
  /** Without angle brackets; the same again for a retry that adds nothing. */
  readonly messageId: string;
  /** Without angle brackets: ties all mails of one PC into one thread. */
  readonly threadId: string;
  /** Addresses, at least one. */
  readonly to: readonly string[];
  /** One line. */
  readonly subject: string;
  /** The mail for readers without HTML. */
  readonly text: string;
  /** A whole HTML page that says the same. */
  readonly html: string;
  /** When it was written; goes into the header. */
  readonly date: Date;
  /** Reports, sealed or plain; empty without keys. */
  readonly attachments: readonly Attachment[];
}

/** What the server said to a mail. */
export interface MailReceipt {
  /** Addresses that the server took. */
  readonly accepted: readonly string[];
  /** Addresses that it refused, each with its answer. */
  readonly rejected: readonly { readonly address: string; readonly answer: string }[];
  /** The last line of the server. */
  readonly answer: string;
}
