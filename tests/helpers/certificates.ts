/** Certificates for tests, made on the spot by the program `openssl`: a private authority and what it signs. */

import { join } from "node:path";

/** A certificate of a server and its key, as PEM texts. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A private authority, and server certificates for `localhost` in all the ways that matter. */
export interface TestCertificates {
  /** The authority, as PEM text. */
  readonly ca: string;
  /** Another authority, which signed nothing here. */
  readonly otherCa: string;
  /** For `localhost` and 127.0.0.1. */
  readonly right: ServerCertificate;
  readonly expired: ServerCertificate;
  /** For `mail.example.org`. */
  readonly wrongHost: ServerCertificate;
}

/**
 * Makes all of them; takes about a second.
 *
 * @returns PEM texts. Nothing stays on the disk.
 * @throws When there is no `openssl`.
 */
export async function makeCertificates(): Promise<TestCertificates> {
  const folder = await Deno.makeTempDir({ prefix: "spare-key-certificates-" });
  try {
    await makeAuthority(folder, "ca");
    await makeAuthority(folder, "other");
    const localhost = "DNS:localhost,IP:127.0.0.1";
    return {
      ca: await Deno.readTextFile(join(folder, "ca.pem")),
      otherCa: await Deno.readTextFile(join(folder, "other.pem")),
      right: await makeServer(folder, "right", { names: localhost, days: 2 }),
      expired: await makeServer(folder, "expired", { names: localhost, days: -1 }),
      wrongHost: await makeServer(folder, "wrong", { names: "DNS:mail.example.org", days: 2 }),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"] as const;

async function makeAuthority(folder: string, name: string): Promise<void> {
  const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
  await openssl(folder, [
    "req",
    "-x509",
    ...NEW_KEY,
    ...files,
    "-subj",
    `/CN=Spare Key test ${name}`,
    "-days",
    "2",
  ]);
}

async function makeServer(
  folder: string,
  name: string,
  { names, days }: { readonly names: string; readonly days: number },
): Promise<ServerCertificate> {
  const request = ["-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", "/CN=server"];
  await openssl(folder, ["req", ...NEW_KEY, ...request, "-addext", `subjectAltName=${names}`]);
  const signer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-copy_extensions", "copy"];
  await openssl(folder, [
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    ...signer,
    "-days",
    `${days}`,
    "-out",
    `${name}.pem`,
  ]);
  return {
    cert: await Deno.readTextFile(join(folder, `${name}.pem`)),
    key: await Deno.readTextFile(join(folder, `${name}.key`)),
  };
}

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  const command = new Deno.Command("openssl", {
    args: [...args],
    cwd: folder,
    stdout: "null",
    stderr: "piped",
  });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(`openssl ${args[0]} failed: ${new TextDecoder().decode(stderr)}`);
}
