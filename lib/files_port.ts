/** The files that a person names on the command line, as an interface: a part of `ports.ts`. */

/** A file that is read part by part. */
export interface OpenedFile {
  /** In bytes; 0 for what has no size, such as a pipe. */
  readonly size: number;
  /** A folder: it has no parts. */
  readonly isFolder: boolean;
  /**
   * The parts in order; the file is closed at their end. The first stays as it is; others are overwritten when the
   * part after the next is asked for.
   * @throws {UserError}
   */
  chunks(): AsyncIterable<Uint8Array>;
}

/** The files of one folder. */
export interface FolderNames {
  /** The folder, relative to where the walk began, with `/`; empty for that one itself. */
  readonly path: string;
  /** Of its files, in no order. */
  readonly names: readonly string[];
}

/** Files that a person names on the command line. */
export interface Files {
  /** Reads a file. @throws {UserError} With the path and the reason when it cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** Opens a file that may be larger than memory. @throws {UserError} With the path and the reason. */
  open(path: string): Promise<OpenedFile>;
  /** Names below a folder and its folders, relative, with `/`; `onTrouble` is told of each part that cannot be listed. */
  walk(folder: string, onTrouble: (path: string, reason: string) => void): AsyncIterable<string>;
  /** The same folder by folder, sorted; for trees of many thousand files. */
  walkFolders(folder: string, onTrouble: (path: string, reason: string) => void): AsyncIterable<FolderNames>;
  /** Makes the folder where needed and writes a file that did not exist before, else under a name with ` (2)`. @returns The path. */
  write(folder: string, name: string, bytes: Uint8Array): Promise<string>;
}
