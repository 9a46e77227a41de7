/** Programs of the system that these tests need: without one they fail and say which Debian package has it. */

/** Program to Debian package. */
const PACKAGES: Readonly<Record<string, string>> = {
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  openssl: "openssl",
  postfix: "postfix",
  postconf: "postfix",
  saslpasswd2: "sasl2-bin",
  smbd: "samba",
  smbpasswd: "samba-common-bin",
  ip: "iproute2",
  chattr: "e2fsprogs",
  smbclient: "smbclient",
};

/** Where Debian keeps what only root usually runs. */
const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * Finds a program.
 *
 * @param name Its name.
 * @returns Its path, `null` when it is not installed.
 */
export async function pathOf(name: string): Promise<string | null> {
  for (const folder of FOLDERS) {
    const path = `${folder}/${name}`;
    if (await Deno.stat(path).then((info) => info.isFile, () => false)) return path;
  }
  return null;
}

/**
 * Refuses to go on without programs.
 *
 * @param names Of the programs.
 * @throws With the packages to install.
 */
export async function assertTools(names: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const name of names) if (await pathOf(name) === null) missing.push(name);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => PACKAGES[name] ?? name))].join(" ");
  throw new Error(`${missing.join(", ")} not found. On Debian: apt-get install ${packages}`);
}
