import {programName, type SocketOwners} from '../sockdiag/owners.js';

const COMMA = 44;
const CLOSE = 41;
/** Longest entry: quotes, a name of 15 bytes (64 in a file of /proc that is not the kernel's), three numbers. */
const ENTRY_ROOM = 256;

/** The text of a socket's owners for the column `Process`: `users:(("sshd",pid=1,fd=3),("sh",pid=2,fd=3))`. */
export class Users {
  /** Holds the text of the last `write`, from 0. */
  bytes: Uint8Array = new Uint8Array(4096);
  private readonly owners: SocketOwners;
  private readonly root: string;
  private readonly threads: boolean;
  /** `("sshd",pid=1,fd=` of each process or thread. */
  private readonly prefixes: (Uint8Array | undefined)[] = [];

  /** @param threads tell their numbers */
  constructor(owners: SocketOwners, root = '/proc', threads = false) {
    this.owners = owners;
    this.root = root;
    this.threads = threads;
  }

  /** Writes the owners of a socket into `bytes`, the latest found first. @returns bytes, 0 without owners @hot */
  write(inode: number): number {
    const {owners} = this;
    let entry = owners.newest(inode);
    if (entry < 0) return 0;
    let at = put(OPENING, this.bytes, 0);
    for (; entry >= 0; entry = owners.older(entry)) {
      const holder = owners.holder(entry);
      let prefix = this.prefixes[holder];
      if (prefix === undefined) {
        prefix = this.prefixOf(entry);
        this.prefixes[holder] = prefix;
      }
      if (at + ENTRY_ROOM > this.bytes.length) this.grow();
      at = put(prefix, this.bytes, at);
      at = digits(owners.fd(entry), this.bytes, at);
      this.bytes[at++] = CLOSE;
      this.bytes[at++] = COMMA;
    }
    this.bytes[at - 1] = CLOSE;
    return at;
  }

  private prefixOf(entry: number): Uint8Array {
    const tid = this.owners.tid(entry);
    const name = Buffer.from(programName(tid, this.root)).toString('latin1').slice(0, 64);
    const thread = this.threads ? `tid=${tid},` : '';
    return Buffer.from(`("${name}",pid=${this.owners.pid(entry)},${thread}fd=`, 'latin1');
  }

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

const OPENING: Uint8Array = Uint8Array.from([117, 115, 101, 114, 115, 58, 40]);

/** @hot */
function put(from: Uint8Array, into: Uint8Array, at: number): number {
  for (let i = 0; i < from.length; i++) into[at + i] = from[i] as number;
  return at + from.length;
}

/** @hot */
function digits(n: number, into: Uint8Array, at: number): number {
  let end = at;
  let top = 1;
  for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) top *= 10;
  for (; top >= 1; top = Math.floor(top / 10)) into[end++] = 48 + (Math.floor(n / top) % 10);
  return end;
}
