import {closeSync, fstatSync, mkdirSync, openSync, statSync, unlinkSync} from 'node:fs';
import {decodeText, encodeText} from '../addr/text.js';
import {NetlinkError} from '../errors.js';
import {native} from '../native.js';

/** Where names of namespaces are kept. Source: ip-netns(8). */
export const NETNS_FOLDER = '/run/netns';

/** Source: uapi linux/sched.h. */
export const CLONE_NEWNET = 0x40000000;
/** Source: uapi linux/mount.h, and umount(2). */
export const MS_BIND = 0x1000;
export const MS_REC = 0x4000;
export const MNT_DETACH = 2;
const MS_SHARED = 0x100000;

const EEXIST = 17;
const EINVAL = 22;
const O_RDONLY = 0;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_DIRECTORY = 0o200000;
const LOCK_EX = 2;
const LOCK_UN = 8;
const NAME_MAX = 255;
/** Namespace of the calling thread. */
const OWN = '/proc/thread-self/ns/net';

/** Told of what went wrong without stopping anything; a line without its newline. */
export type Warn = (line: string) => void;

/** Whether a text can be the name of a namespace: a file name, and nothing that leaves the folder. */
export function isNetnsName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || name.includes('/')) return false;
  return name.length <= NAME_MAX && encodeText(name).length <= NAME_MAX;
}

/** Path of a namespace's name. */
export function netnsPath(name: string): string {
  return `${NETNS_FOLDER}/${name}`;
}

/** Names in a folder, in its own order. @returns a negative errno when it cannot be read */
export function namesIn(folder: string): string[] | number {
  const names = native().readdir(encodeText(folder));
  if (typeof names === 'number') return names;
  return names.filter(name => name !== '.' && name !== '..').map(fromBytes);
}

/** Text of a name that has a character for each byte. */
function fromBytes(name: string): string {
  if (/^[\0-\x7f]*$/.test(name)) return name;
  const bytes = Uint8Array.from(name, byte => byte.charCodeAt(0));
  return decodeText(bytes, 0, bytes.length);
}

/**
 * All names, newest first on a tmpfs; none without the folder.
 * @throws {NetlinkError} when the folder cannot be read
 */
export function netnsNames(): string[] {
  const names = namesIn(NETNS_FOLDER);
  if (typeof names !== 'number') return names;
  if (names === -2) return [];
  throw new NetlinkError(-names, `Failed to open directory ${NETNS_FOLDER}`);
}

/**
 * Makes a namespace and names it; the calling thread is back in its own when this returns.
 * @throws {NetlinkError} naming the step that failed; nothing is left of the others
 */
export function createNetns(name: string, warn: Warn = () => {}): void {
  named(name, warn, path => {
    const sys = native();
    const home = check(sys.open(OWN, O_RDONLY), 'Cannot open init namespace');
    try {
      check(sys.unshare(CLONE_NEWNET), `Failed to create a new network namespace "${name}"`);
      const bound = sys.mount(OWN, path, 'none', MS_BIND, null);
      check(sys.setns(home, CLONE_NEWNET), 'setns');
      check(bound, `Bind /proc/self/ns/net -> ${netnsPath(name)} failed`);
    } finally {
      sys.close(home);
    }
  });
}

/**
 * Names the namespace of a process.
 * @throws {NetlinkError} naming the step that failed; nothing is left of the others
 */
export function attachNetns(name: string, pid: number, warn: Warn = () => {}): void {
  const source = `/proc/${pid}/ns/net`;
  named(name, warn, path => {
    check(native().mount(source, path, 'none', MS_BIND, null), `Bind ${source} -> ${netnsPath(name)} failed`);
  });
}

/** Removes a name; the namespace lives on while somebody uses it. @throws {NetlinkError} */
export function removeNetns(name: string): void {
  const path = bytesOf(netnsPath(name));
  native().umount(path, MNT_DETACH);
  attempt(() => unlinkSync(path), `Cannot remove namespace file "${netnsPath(name)}"`);
}

/** Makes the file that a namespace is bound to, and removes it when that fails. */
function named(name: string, warn: Warn, bind: (path: Buffer) => void): void {
  prepareFolder(warn);
  const path = bytesOf(netnsPath(name));
  attempt(
    () => closeSync(openSync(path, O_RDONLY | O_CREAT | O_EXCL, 0)),
    `Cannot create namespace file "${netnsPath(name)}"`,
  );
  try {
    bind(path);
  } catch (error) {
    native().umount(path, MNT_DETACH);
    attempt(() => unlinkSync(path), 'unlink');
    throw error;
  }
}

/** The folder of names. @throws {NetlinkError} */
export function makeFolder(): void {
  try {
    mkdirSync(NETNS_FOLDER, 0o755);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== EEXIST) throw new NetlinkError(errno, `mkdir ${NETNS_FOLDER} failed`);
  }
}

/**
 * The folder as a mount point whose changes reach the mount namespaces made from ours, so that a name that is removed here
 * is removed there, too. The lock keeps two programs from mounting it one over the other.
 */
function prepareFolder(warn: Warn): void {
  const sys = native();
  makeFolder();
  const fd = check(
    sys.open(NETNS_FOLDER, O_RDONLY | O_DIRECTORY),
    `Cannot open netns runtime directory "${NETNS_FOLDER}"`,
  );
  try {
    const locked = sys.flock(fd, LOCK_EX);
    if (locked < 0) {
      const {message} = new NetlinkError(-locked, `Warning: could not flock netns runtime directory "${NETNS_FOLDER}"`);
      warn(message);
    }
    let shared = sys.mount('', NETNS_FOLDER, 'none', MS_SHARED | MS_REC, null);
    if (shared === -EINVAL) {
      const bind = `mount --bind ${NETNS_FOLDER} ${NETNS_FOLDER} failed`;
      check(sys.mount(NETNS_FOLDER, NETNS_FOLDER, 'none', MS_BIND | MS_REC, null), bind);
      shared = sys.mount('', NETNS_FOLDER, 'none', MS_SHARED | MS_REC, null);
    }
    check(shared, `mount --make-shared ${NETNS_FOLDER} failed`);
    sys.flock(fd, LOCK_UN);
  } finally {
    sys.close(fd);
  }
}

/**
 * Names of the namespace of a process, in the folder's order.
 * @param pid digits, or `self`
 * @throws {NetlinkError}
 */
export function namesOfProcess(pid: string): string[] {
  return withNamespace(`/proc/${pid}/ns/net`, wanted => netnsNames().filter(name => isSame(netnsPath(name), wanted)));
}

/** What `ip` says when it cannot tell the names of a process's namespace: of the folder without a blank. */
export function namesRefusal({message}: NetlinkError): string {
  return message.replace(/^(Failed .*): /, '$1:');
}

/** Processes of a named namespace. @throws {NetlinkError} */
export function processesOf(name: string): number[] {
  return withNamespace(netnsPath(name), wanted => {
    const entries = namesIn('/proc');
    check(typeof entries === 'number' ? entries : 0, 'Failed to open directory /proc');
    return (entries as string[])
      .filter(entry => /^\d/.test(entry) && isSame(`/proc/${entry}/ns/net`, wanted))
      .map(entry => Number.parseInt(entry, 10));
  });
}

/** What tells a namespace from the others. */
interface Identity {
  readonly dev: number;
  readonly ino: number;
}

function withNamespace<T>(path: string, use: (identity: Identity) => T): T {
  const fd = check(native().open(encodeText(path), O_RDONLY), 'Cannot open network namespace');
  try {
    return use(fstatSync(fd));
  } finally {
    native().close(fd);
  }
}

function isSame(path: string, wanted: Identity): boolean {
  try {
    const {dev, ino} = statSync(bytesOf(path));
    return dev === wanted.dev && ino === wanted.ino;
  } catch {
    return false;
  }
}

/** Descriptor of a named namespace. @returns a negative errno when there is none */
export function openNetns(name: string): number {
  return native().open(encodeText(netnsPath(name)), O_RDONLY);
}

/** A path as node's own functions take it, byte for byte. */
function bytesOf(path: string): Buffer {
  return Buffer.from(encodeText(path));
}

function check(result: number, step: string): number {
  if (result < 0) throw new NetlinkError(-result, step);
  return result;
}

function attempt(call: () => void, step: string): void {
  try {
    call();
  } catch (error) {
    throw new NetlinkError(errnoOf(error), step);
  }
}

/** Errno of an error of node:fs. */
export function errnoOf(error: unknown): number {
  return -((error as {readonly errno?: number}).errno ?? 0);
}
