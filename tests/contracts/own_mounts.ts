/**
 * Words a command that runs with mounts of its own, which end with it: disks that are full or read-only, for
 * root and (where the system lets users have namespaces) for others alike.
 *
 * @param root The folder to mount upon; `$ROOT` in the shell lines.
 * @param options Shell lines before the command, shell lines after it, and the command itself.
 * @returns Command and arguments.
 */
export function ownMounts(
  root: string,
  options: { readonly before: string; readonly after: string; readonly command: readonly string[] },
): { readonly command: string; readonly args: readonly string[] } {
  const script = `ROOT="$0"; ${options.before}; trap '${options.after}' EXIT; "$@"`;
  const mapping = Deno.uid() === 0 ? [] : ["--map-root-user"];
  return {
    command: "unshare",
    args: ["--mount", ...mapping, "sh", "-euc", script, root, ...options.command],
  };
}
