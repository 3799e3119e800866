import {fileLines, Scanner} from './scan.js';

/** One line of /proc/net/packet. */
export interface ProcPacketSocket {
  /** 3 raw, 2 datagram. */
  readonly type: number;
  /** Ethernet protocol. */
  readonly protocol: number;
  /** Interface it is bound to, 0 for all. */
  readonly index: number;
  /** Bytes to read, signed. */
  readonly rmem: number;
  readonly uid: number;
  readonly ino: number;
}

/**
 * The sockets of a file like /proc/net/packet, up to the first line without a newline. What a line lacks is as in the line
 * before, as in the reference.
 */
export function procPacketSockets(path: string): ProcPacketSocket[] {
  const found: ProcPacketSocket[] = [];
  let last: ProcPacketSocket = {type: 0, protocol: 0, index: 0, rmem: 0, uid: 0, ino: 0};
  for (const line of (fileLines(path) ?? []).slice(1)) {
    if (!line.endsWith('\n') || line.includes('\0')) break;
    const scan = new Scanner(line);
    scan.hex64();
    scan.int();
    const type = scan.int() ?? last.type;
    const protocol = scan.hex() ?? last.protocol;
    const index = scan.int() ?? last.index;
    scan.int();
    const rmem = scan.int() ?? last.rmem;
    const uid = scan.uint() ?? last.uid;
    const ino = scan.uint() ?? last.ino;
    last = {type, protocol, index, rmem, uid, ino};
    found.push(last);
  }
  return found;
}
