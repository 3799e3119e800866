import {AF_INET} from '../../addr/ip.js';
import {INET_DIAG_CGROUP_ID, INET_DIAG_MARK, INET_DIAG_MSG_LENGTH} from '../constants.js';
import type {InetSocket} from '../inet.js';
import {be32, u32} from '../littleEndian.js';

/** Address families of sockets that a filter can see. Source: socket.h. */
export const AF_UNSPEC = 0;
export const AF_UNIX = 1;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const AF_TIPC = 30;
export const AF_VSOCK = 40;
export const AF_XDP = 44;

/** First word of a UNIX socket that has a name: no filter for addresses means it, but no bit of it fits all zeros. */
const NAMED = 0x10101010;

/**
 * What a filter asks of one socket. One object serves a whole listing: fill it for a row, ask, fill it for the next.
 * Addresses are four words in network order, signed; what a family has no use for is 0.
 */
export class Subject {
  family = 0;
  /** Words of the local and of the peer's address. */
  l0 = 0;
  l1 = 0;
  l2 = 0;
  l3 = 0;
  r0 = 0;
  r1 = 0;
  r2 = 0;
  r3 = 0;
  /** Port, inode of a UNIX socket, port id of a netlink socket, interface of a packet socket. */
  localPort = 0;
  /** Netlink sockets have -1. */
  peerPort = 0;
  /** Index of the interface the socket is bound to, 0 for none. */
  index = 0;
  mark = 0;
  /** Number of the control group in two halves; 0 where the kernel tells none. */
  cgroupLow = 0;
  cgroupHigh = 0;
  /** Name of a UNIX socket with `@` for the byte 0, one character a byte; undefined for none. The peer's is not known. */
  localName: string | undefined = undefined;

  /**
   * Takes one inet_diag_msg.
   * @hot
   * @param attributes whether mark and control group may be asked for
   */
  setInet(buf: Uint8Array, at: number, end: number, attributes: boolean): void {
    const family = buf[at] as number;
    this.family = family;
    this.localPort = ((buf[at + 4] as number) << 8) | (buf[at + 5] as number);
    this.peerPort = ((buf[at + 6] as number) << 8) | (buf[at + 7] as number);
    this.l0 = be32(buf, at + 8);
    this.r0 = be32(buf, at + 24);
    if (family === AF_INET) {
      this.l1 = this.l2 = this.l3 = 0;
      this.r1 = this.r2 = this.r3 = 0;
    } else {
      this.l1 = be32(buf, at + 12);
      this.l2 = be32(buf, at + 16);
      this.l3 = be32(buf, at + 20);
      this.r1 = be32(buf, at + 28);
      this.r2 = be32(buf, at + 32);
      this.r3 = be32(buf, at + 36);
    }
    this.index = u32(buf, at + 40);
    if (attributes) this.#setAttributes(buf, at + INET_DIAG_MSG_LENGTH, end);
  }

  /** Takes a decoded inet socket. */
  setSocket(socket: Omit<InetSocket, 'info'>): void {
    this.#clear(socket.family);
    const {src, dst, cgroupId = 0n} = socket;
    this.l0 = src.w0;
    this.l1 = src.w1;
    this.l2 = src.w2;
    this.l3 = src.w3;
    this.r0 = dst.w0;
    this.r1 = dst.w1;
    this.r2 = dst.w2;
    this.r3 = dst.w3;
    this.localPort = socket.sport;
    this.peerPort = socket.dport;
    this.index = socket.if;
    this.mark = socket.mark ?? 0;
    this.cgroupLow = Number(cgroupId & 0xffff_ffffn);
    this.cgroupHigh = Number(cgroupId >> 32n);
  }

  /** Takes a UNIX socket; inodes stand for ports. @param name bytes with `@` for the byte 0, undefined for none */
  setUnix(name: Uint8Array | undefined, inode: number, peerInode: number): void {
    this.#clear(AF_UNIX);
    if (name !== undefined) {
      this.localName = bytesText(name);
      this.l0 = NAMED;
    }
    this.localPort = inode | 0;
    this.peerPort = peerInode | 0;
  }

  /** Takes a packet socket. @param protocol Ethernet protocol in host order, as shown */
  setPacket(protocol: number, index: number): void {
    this.#clear(AF_PACKET);
    this.l0 = swap32(protocol);
    this.localPort = index;
    this.index = index;
  }

  /** Takes a netlink socket: its protocol, and the port ids of both ends. */
  setNetlink(protocol: number, portId: number, peerPortId = -1): void {
    this.#clear(AF_NETLINK);
    this.l0 = swap32(protocol);
    this.localPort = portId | 0;
    this.peerPort = peerPortId | 0;
  }

  /** Takes a vsock socket, or one of another family whose address is one number and whose port is another. */
  setNumbers(family: number, local: number, localPort: number, peer: number, peerPort: number): void {
    this.#clear(family);
    this.l0 = swap32(local);
    this.r0 = swap32(peer);
    this.localPort = localPort | 0;
    this.peerPort = peerPort | 0;
  }

  #clear(family: number): void {
    this.family = family;
    this.l0 = this.l1 = this.l2 = this.l3 = 0;
    this.r0 = this.r1 = this.r2 = this.r3 = 0;
    this.localPort = this.peerPort = this.index = 0;
    this.mark = this.cgroupLow = this.cgroupHigh = 0;
    this.localName = undefined;
  }

  /** @hot */
  #setAttributes(buf: Uint8Array, at: number, end: number): void {
    this.mark = this.cgroupLow = this.cgroupHigh = 0;
    for (let p = at; p + 8 <= end; ) {
      const length = (buf[p] as number) | ((buf[p + 1] as number) << 8);
      if (length < 4) break;
      const type = (buf[p + 2] as number) | ((buf[p + 3] as number) << 8);
      if (type === INET_DIAG_MARK && length >= 8) {
        this.mark = u32(buf, p + 4);
      } else if (type === INET_DIAG_CGROUP_ID && length >= 12 && p + 12 <= end) {
        this.cgroupLow = u32(buf, p + 4);
        this.cgroupHigh = u32(buf, p + 8);
      }
      p += (length + 3) & ~3;
    }
  }
}

/** One character a byte, as patterns are compared with. */
export function bytesText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** A number of the kernel's own byte order as the word its bytes make in network order. */
export function swap32(n: number): number {
  return ((n & 0xff) << 24) | ((n & 0xff00) << 8) | ((n >>> 8) & 0xff00) | (n >>> 24);
}
