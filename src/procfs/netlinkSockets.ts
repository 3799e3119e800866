import {fileLines, Scanner} from './scan.js';

/** One line of /proc/net/netlink; numbers are signed where the reference prints them so. */
export interface ProcNetlinkSocket {
  /** Address of the socket in the kernel, as far as it tells. */
  readonly sk: bigint;
  readonly protocol: number;
  readonly portid: number;
  /** The first 32 multicast groups. */
  readonly groups: number;
  readonly rmem: number;
  readonly wmem: number;
  /** Address of a dump's state, 0 outside of one. */
  readonly dump: bigint;
}

/**
 * The sockets of a file like /proc/net/netlink. What a line lacks is as in the line before, as in the reference.
 */
export function procNetlinkSockets(path: string): ProcNetlinkSocket[] {
  let last: ProcNetlinkSocket = {sk: 0n, protocol: 0, portid: 0, groups: 0, rmem: 0, wmem: 0, dump: 0n};
  return (fileLines(path) ?? []).slice(1).map(line => {
    const scan = new Scanner(line);
    const sk = scan.hex64() ?? last.sk;
    const protocol = scan.int() ?? last.protocol;
    const portid = scan.int() ?? last.portid;
    const groups = scan.hex() ?? last.groups;
    const rmem = scan.int() ?? last.rmem;
    const wmem = scan.int() ?? last.wmem;
    const dump = scan.hex64() ?? last.dump;
    last = {sk, protocol, portid, groups, rmem, wmem, dump};
    return last;
  });
}
