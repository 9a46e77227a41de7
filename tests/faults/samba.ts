/** A real Samba in a network of its own: configuration, state and shares in a folder of its own. */

import { until } from "./fault_pc.ts";
import { openOwnMounts, type OwnMounts } from "./own_mounts.ts";
import { assertTools } from "./tools.ts";

/** What `smbclient` wrote, and whether it ended well. */
export interface ClientAnswer {
  readonly text: string;
  readonly success: boolean;
}

/** A running Samba. */
export interface Samba {
  /** The view in which its network and, once mounted, its shares are. */
  readonly mounts: OwnMounts;
  /** Where a share lies on the server's own disk. */
  folderOf(share: string): string;
  /** Runs commands of `smbclient` on a share; gives all that it wrote, and whether it ended well. */
  client(
    share: string,
    commands: readonly string[],
  ): Promise<ClientAnswer>;
  /** Ends the server: it answers no more. */
  kill(): Promise<void>;
}

/** Debian's own account without rights: what the PC signs in as. */
const USER = "nobody";
const PASSWORD = "Samba test 7";

/** Shares: an ordinary one; one that shows and gives back nothing; one where the final names are refused. */
const SHARES = `
[keys]
  read only = no
[drop]
  read only = no
  create mask = 0200
  directory mask = 0300
[vetoed]
  read only = no
  veto files = /*.TXT/*.html/
`;

/** Runs a test with a Samba on port 445 of a network that nobody else is in. */
export async function withSamba(act: (samba: Samba) => Promise<void>): Promise<void> {
  await assertTools(["smbd", "smbpasswd", "smbclient"]);
  if (Deno.uid() !== 0) throw new Error("smbd starts as root alone: run the tests as root");
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "sk-samba-" }));
  const mounts = await openOwnMounts({ network: true });
  const children: Deno.ChildProcess[] = [];
  const spawn = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Deno.ChildProcess => {
    const [command = "", ...rest] = mounts.online(args);
    const child = new Deno.Command(command, {
      args: rest,
      env: { ...env },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    children.push(child);
    return child;
  };
  const online = async (args: readonly string[], stdin = ""): Promise<Deno.CommandOutput> => {
    const [command = "", ...rest] = mounts.online(args);
    const child = new Deno.Command(command, { args: rest, stdin: "piped", stdout: "piped", stderr: "piped" })
      .spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdin)).then(() => writer.close()).catch(() => undefined);
    return await child.output();
  };
  await Deno.chmod(folder, 0o755);
  for (
    const name of ["lock", "state", "cache", "pid", "private", "ncalrpc", "keys", "drop", "vetoed"]
  ) {
    await Deno.mkdir(`${folder}/${name}`);
  }
  for (const share of ["keys", "vetoed"]) await Deno.chmod(`${folder}/${share}`, 0o777);
  await Deno.chmod(`${folder}/drop`, 0o733);
  const conf = `${folder}/smb.conf`;
  await Deno.writeTextFile(conf, smbConf(folder));
  for (const user of [USER]) {
    const added = await online(["smbpasswd", "-c", conf, "-s", "-a", user], `${PASSWORD}\n${PASSWORD}\n`);
    if (!added.success) throw new Error(`smbpasswd failed: ${new TextDecoder().decode(added.stderr)}`);
  }
  // in a process group of its own: at its end smbd signals its whole group
  const server = spawn(["smbd", "-F", "-s", conf]);
  const samba: Samba = {
    mounts,
    folderOf: (share) => `${folder}/${share}`,
    async client(share, commands): Promise<ClientAnswer> {
      const login = ["-U", `${USER}%${PASSWORD}`, "-m", "SMB3", "-s", "/dev/null"];
      const { success, stdout, stderr } = await online([
        "smbclient",
        `//127.0.0.1/${share}`,
        ...login,
        "-c",
        commands.join("; "),
      ]);
      const decoder = new TextDecoder();
      return { text: decoder.decode(stdout) + decoder.decode(stderr), success };
    },
    async kill(): Promise<void> {
      server.kill("SIGTERM");
      await server.status;
    },
  };
  try {
    await until("Samba listens", async () => (await samba.client("keys", ["ls"])).success);
    await act(samba);
  } finally {
    for (const child of children.reverse()) {
      try {
        child.kill("SIGTERM");
      } catch {
        // it has ended
      }
      await child.status;
    }
    await mounts.close();
    await Deno.remove(folder, { recursive: true });
  }
}

function smbConf(folder: string): string {
  const shares = SHARES.replace(/\[(\w+)\]/g, `[$1]\n  path = ${folder}/$1`);
  return `[global]
  workgroup = TEST
  server role = standalone server
  interfaces = lo
  bind interfaces only = yes
  disable netbios = yes
  lock directory = ${folder}/lock
  state directory = ${folder}/state
  cache directory = ${folder}/cache
  pid directory = ${folder}/pid
  private dir = ${folder}/private
  ncalrpc dir = ${folder}/ncalrpc
  log file = ${folder}/log
  load printers = no
  server min protocol = SMB3
${shares}`;
}
