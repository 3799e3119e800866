import {native, readWholeFile} from '../native.js';

const EMPTY = 0;
const EACCES = 13;
/** More sockets than a process usually has: one that has more is looked at twice. */
const ROOM = 1 << 16;
const PAIR_BYTES = 8;
/** Longest name of a kernel thread. */
const NAME = 63;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;

/**
 * Who holds which socket: one entry for each descriptor that is a socket, found in the folders of /proc as the kernel
 * lists them. What may not be read is left out, as in the reference: other users' processes for an ordinary user.
 *
 *     for (let at = owners.newest(inode); at >= 0; at = owners.older(at)) owners.pid(at);
 *
 * Entries are numbers into typed arrays, and a search takes the same time for any number of sockets.
 */
export class SocketOwners {
  /** Number of entries; those of lower number were found earlier. */
  readonly length: number;
  /** Whether there are processes that we may not look into. */
  readonly areSomeClosed: boolean;
  private readonly inodes: Uint32Array;
  private readonly fds: Uint32Array;
  private readonly holders: Uint32Array;
  private readonly pids: readonly number[];
  private readonly tids: readonly number[];
  /** By the low bits of the inode: one more than the newest entry, 0 for none. */
  private readonly heads: Uint32Array;
  /** One more than the entry before it with the same low bits. */
  private readonly links: Uint32Array;

  /**
   * Looks at all processes.
   * @param root where /proc is
   * @param threads each thread has entries of its own
   * @param room descriptors of one process that the first look takes in
   */
  constructor(root = '/proc', threads = false, room = ROOM) {
    const scan = new Scan(root, room);
    for (const pid of numbers(root)) {
      scan.add(Number(pid), Number(pid));
      if (!threads) continue;
      for (const tid of numbers(`${root}/${pid}/task`)) if (tid !== pid) scan.add(Number(pid), Number(tid));
    }
    const {length} = scan;
    this.length = length;
    this.areSomeClosed = scan.closed;
    this.inodes = scan.inodes;
    this.fds = scan.fds;
    this.holders = scan.holders;
    this.pids = scan.pids;
    this.tids = scan.tids;
    let size = 16;
    while (size < length) size *= 2;
    this.heads = new Uint32Array(size);
    this.links = new Uint32Array(length);
    for (let entry = 0; entry < length; entry++) {
      const slot = (this.inodes[entry] as number) & (size - 1);
      this.links[entry] = this.heads[slot] as number;
      this.heads[slot] = entry + 1;
    }
  }

  /** The entry of a socket that was found last, -1 without any. `inode` 0 is no socket's. @hot */
  newest(inode: number): number {
    return this.among(this.heads[inode & (this.heads.length - 1)] as number, inode);
  }

  /** The entry of the same socket that was found before this one, -1 after the oldest. @hot */
  older(entry: number): number {
    return this.among(this.links[entry] as number, this.inodes[entry] as number);
  }

  /** The entry of a socket that was found first, -1 without any. @hot */
  oldest(inode: number): number {
    let entry = this.newest(inode);
    for (let next = entry; next >= 0; next = this.older(next)) entry = next;
    return entry;
  }

  /** @hot */
  private among(link: number, inode: number): number {
    if (inode === 0) return -1;
    let at = link;
    while (at !== EMPTY && this.inodes[at - 1] !== inode) at = this.links[at - 1] as number;
    return at - 1;
  }

  fd(entry: number): number {
    return this.fds[entry] as number;
  }

  /** A number from 0 for each process or thread, to keep what is known of it. */
  holder(entry: number): number {
    return this.holders[entry] as number;
  }

  pid(entry: number): number {
    return this.pids[this.holder(entry)] as number;
  }

  /** Of a thread; of a process its own number. */
  tid(entry: number): number {
    return this.tids[this.holder(entry)] as number;
  }
}

/** What is found, in growing arrays. */
class Scan {
  inodes = new Uint32Array(1024);
  fds = new Uint32Array(1024);
  holders = new Uint32Array(1024);
  readonly pids: number[] = [];
  readonly tids: number[] = [];
  length = 0;
  closed = false;
  private readonly root: string;
  private found: Uint8Array<ArrayBuffer>;

  constructor(root: string, room: number) {
    this.root = root;
    this.found = new Uint8Array(room * PAIR_BYTES);
  }

  add(pid: number, tid: number): void {
    const path = `${this.root}/${tid}/fd`;
    let count = native().socketFds(path, this.found);
    while (count * PAIR_BYTES > this.found.length) {
      // Some more, as the process goes on opening.
      this.found = new Uint8Array((count + (count >> 3)) * PAIR_BYTES);
      count = native().socketFds(path, this.found);
    }
    if (count === -EACCES) this.closed = true;
    if (count <= 0) return;
    this.reserve(count);
    const words = new Uint32Array(this.found.buffer, 0, count * 2);
    const holder = this.pids.push(pid) - 1;
    this.tids.push(tid);
    for (let i = 0; i < count; i++) {
      this.fds[this.length] = words[i * 2] as number;
      this.inodes[this.length] = words[i * 2 + 1] as number;
      this.holders[this.length++] = holder;
    }
  }

  private reserve(more: number): void {
    if (this.length + more <= this.inodes.length) return;
    const room = Math.max(this.inodes.length * 2, this.length + more);
    this.inodes = larger(this.inodes, room);
    this.fds = larger(this.fds, room);
    this.holders = larger(this.holders, room);
  }
}

function larger(from: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(length);
  to.set(from);
  return to;
}

/** Entries of a folder that are numbers, in the kernel's order. */
function numbers(path: string): readonly string[] {
  const names = native().readdir(path);
  return typeof names === 'number' ? [] : names.filter(name => /^\d+$/.test(name));
}

/**
 * Name of a process or thread as /proc/PID/stat has it, up to its first closing parenthesis; any bytes, control characters
 * too, at most 63 of them. Empty where it cannot be read.
 */
export function programName(pid: number, root = '/proc'): Uint8Array {
  const stat = readWholeFile(`${root}/${pid}/stat`) ?? new Uint8Array(0);
  const from = stat.indexOf(OPEN_PARENTHESIS) + 1;
  const to = stat.indexOf(CLOSE_PARENTHESIS, from);
  return from === 0 ? new Uint8Array(0) : stat.slice(from, Math.min(to < 0 ? stat.length : to, from + NAME));
}
