import {existsSync, readdirSync, statSync} from 'node:fs';
import {readLines} from './file.js';

/** Where the unified hierarchy is mounted; undefined where it is not. */
export function cgroupMount(): string | undefined {
  for (const line of readLines('/proc/mounts')) {
    const [, where, type] = line.split(' ');
    if (type === 'cgroup2') return where;
  }
  return undefined;
}

/** Path of a process in the unified hierarchy; undefined where there is no such process. */
export function cgroupPath(pid: number | string): string | undefined {
  const lines = readLines(`/proc/${pid}/cgroup`);
  if (lines.length === 0) return undefined;
  return lines.find(line => line.startsWith('0::'))?.slice(3) ?? '';
}

/**
 * Paths of the unified hierarchy by their number, which is the inode of the folder. The tree is read when a number is not
 * known yet.
 */
export class CgroupPaths {
  readonly #mount: string | undefined = cgroupMount();
  readonly #paths = new Map<bigint, string>();
  #sought = false;

  /** Why a number has no path, in lines of the reference: it looks for the mount twice the first time. */
  obstacles(): string[] {
    if (this.#mount !== undefined) return [`Failed to open cgroup2 ${existsSync(this.#mount) ? 'by ID' : 'mount'}`];
    const lines = Array<string>(this.#sought ? 1 : 2).fill('Failed to find cgroup2 mount');
    this.#sought = true;
    return lines;
  }

  /** Path below the mount, `/` for the top; undefined for a group that is gone or out of sight. */
  path(id: bigint): string | undefined {
    const known = this.#paths.get(id);
    if (known !== undefined || this.#mount === undefined) return known;
    this.#paths.clear();
    this.#walk(this.#mount, '/');
    return this.#paths.get(id);
  }

  #walk(folder: string, path: string): void {
    try {
      this.#paths.set(statSync(folder, {bigint: true}).ino, path);
      for (const entry of readdirSync(folder, {withFileTypes: true})) {
        if (entry.isDirectory())
          this.#walk(`${folder}/${entry.name}`, path === '/' ? `/${entry.name}` : `${path}/${entry.name}`);
      }
    } catch {
      // Groups come and go meanwhile.
    }
  }
}
