import type {Io} from '../../io.js';
import {readWholeFile} from '../../native.js';
import {SocketOwners} from '../../sockdiag/owners.js';

const SLASH = 47;
const BLANK = 32;
/** Width of the column; what is longer is cut to one less. */
const WIDTH = 20;

/** Cells of the column `PID/Program name`. */
export class Holders {
  private readonly owners: SocketOwners;
  /** By process as the owners number it. */
  private readonly cells: (Uint8Array | undefined)[] = [];
  private readonly nobody: Uint8Array = Buffer.from('-'.padEnd(WIDTH), 'latin1');

  constructor(owners: SocketOwners) {
    this.owners = owners;
  }

  /** Number and program of the process that was found first with the socket, filled up with blanks. @hot */
  cell(inode: number): Uint8Array {
    const entry = this.owners.oldest(inode);
    if (entry < 0) return this.nobody;
    const holder = this.owners.holder(entry);
    let cell = this.cells[holder];
    if (cell === undefined) {
      cell = cellOf(this.owners.pid(entry));
      this.cells[holder] = cell;
    }
    return cell;
  }

  /** Process of a socket, or undefined. */
  holder(inode: number): {readonly pid: number; readonly fd: number} | undefined {
    const entry = this.owners.oldest(inode);
    return entry < 0 ? undefined : {pid: this.owners.pid(entry), fd: this.owners.fd(entry)};
  }
}

/** What a process was called with, without the folders of an absolute path; any bytes. */
export function programOf(pid: number): Uint8Array {
  const line = readWholeFile(`/proc/${pid}/cmdline`) ?? new Uint8Array(0);
  const end = line.indexOf(0);
  const name = end < 0 ? line : line.subarray(0, end);
  return name[0] === SLASH ? name.subarray(name.lastIndexOf(SLASH) + 1) : name;
}

function cellOf(pid: number): Uint8Array {
  const cell = new Uint8Array(WIDTH).fill(BLANK);
  const number = Buffer.from(`${pid}/`, 'latin1');
  cell.set(number);
  cell.set(programOf(pid).subarray(0, WIDTH - 1 - number.length), number.length);
  return cell;
}

/** Looks for the owners of all sockets, and tells a user what he will not see. */
export function findHolders(io: Io): Holders {
  const owners = new SocketOwners();
  if (owners.areSomeClosed) {
    io.err(
      owners.length === 0
        ? `(No info could be read for "-p": geteuid()=${process.geteuid?.()} but you should be root.)\n`
        : '(Not all processes could be identified, non-owned process info\n' +
            ' will not be shown, you would have to be root to see it all.)\n',
    );
  }
  return new Holders(owners);
}
