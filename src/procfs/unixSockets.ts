import {fileLines, Scanner} from './scan.js';

/** One line of /proc/net/unix. What a line lacks is 0. */
export interface ProcUnixSocket {
  readonly flags: number;
  /** 1 stream, 2 datagram, 5 seqpacket. */
  readonly type: number;
  /** 1 unconnected, 2 connecting, 3 connected, 4 disconnecting. Source: uapi linux/net.h, socket_state. */
  readonly state: number;
  /** Signed, as the reference prints it. */
  readonly ino: number;
  /** Up to the first blank; a name that is no path begins with `@`. One character for a byte. */
  readonly name: string | undefined;
}

/**
 * The sockets of a file like /proc/net/unix, in its order. A line that is no socket gives one without a name, whose flags
 * are those of the line before: the reference lists those too.
 */
export function procUnixSockets(path: string): ProcUnixSocket[] {
  let flags = 0;
  return (fileLines(path) ?? []).slice(1).map(line => {
    const scan = new Scanner(line);
    scan.hex();
    scan.literal(':');
    scan.hex();
    scan.hex();
    flags = scan.hex() ?? flags;
    const type = scan.hex() ?? 0;
    const state = scan.hex() ?? 0;
    const ino = scan.int() ?? 0;
    return {flags, type, state, ino, name: scan.word()};
  });
}
