/**
 * The line to the mail server. nodemailer would look the name up itself, which `--allow-net=host:port` refuses
 * (it permits the name, not the looking up), so the socket is opened here, by name, and handed to it.
 */

import { connect, type Socket } from "node:net";

/** Where to connect to, and until when. */
export interface SmtpSocketOptions {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  /** The TCP port. */
  readonly port: number;
  /** Ends the attempt, and later the line, whatever it is doing then. */
  readonly signal: AbortSignal;
}

/**
 * Opens a TCP line.
 *
 * @param options Where to, and the signal that ends it.
 * @returns The connected socket. Once `signal` fires it is destroyed.
 * @throws What the system says (`ECONNREFUSED`, `ENOTFOUND`, …), or the reason of `signal`.
 */
export function openSmtpSocket({ host, port, signal }: SmtpSocketOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    const abort = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", abort));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.removeListener("error", reject);
      resolve(socket);
    });
  });
}
