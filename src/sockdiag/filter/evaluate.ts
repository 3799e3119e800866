import {AF_INET, AF_INET6} from '../../addr/ip.js';
import type {Expression, Host, Side} from './expression.js';
import {globMatches} from './glob.js';
import {AF_PACKET, AF_UNIX, type Subject} from './subject.js';

/** Ports the kernel hands out itself, both ends included. */
export interface PortRange {
  readonly low: number;
  readonly high: number;
}

/**
 * Whether a socket passes the filter. Addresses are compared as bytes, whatever family a socket has: `src 0.0.0.0` is
 * `::`, too. That differs from the kernel's own evaluation, and is what the reference does for the rows it gets.
 * @hot
 * @param range asked for once a condition needs it
 */
export function evaluate(expression: Expression, subject: Subject, range: () => PortRange): boolean {
  switch (expression.kind) {
    case 'and':
      for (const operand of expression.operands) if (!evaluate(operand, subject, range)) return false;
      return true;
    case 'or':
      for (const operand of expression.operands) if (evaluate(operand, subject, range)) return true;
      return false;
    case 'not':
      return !evaluate(expression.operand, subject, range);
    case 'host':
      for (const host of expression.hosts) if (hostMatches(host, expression.side, subject)) return true;
      return false;
    case 'least':
      return portOf(subject, expression.side) >= expression.port;
    case 'most':
      return portOf(subject, expression.side) <= expression.port;
    case 'dev':
      return subject.index === expression.index;
    case 'mark':
      return (subject.mark & expression.mask) >>> 0 === expression.mark;
    case 'cgroup':
      return (
        BigInt(subject.cgroupLow) === (expression.id & 0xffff_ffffn) &&
        BigInt(subject.cgroupHigh) === expression.id >> 32n
      );
    case 'autobound':
      return autobound(subject, range);
  }
}

/** @hot */
function portOf(subject: Subject, side: Side): number {
  return side === 'local' ? subject.localPort : subject.peerPort;
}

/** @hot */
function hostMatches(host: Host, side: Side, subject: Subject): boolean {
  if (host.family === AF_UNIX) return nameMatches(host, side, subject);
  if (host.port !== -1 && host.port !== portOf(subject, side)) return false;
  const {bits, words} = host;
  if (bits === 0) return true;
  const local = side === 'local';
  const w0 = local ? subject.l0 : subject.r0;
  const w1 = local ? subject.l1 : subject.r1;
  const w2 = local ? subject.l2 : subject.r2;
  const w3 = local ? subject.l3 : subject.r3;
  // An IPv4 address also is the IPv6 address that holds it; 0.0.0.0 still is its beginning.
  if (host.family === AF_INET && subject.family === AF_INET6 && (w0 | w1) === 0 && w2 === 0xffff) {
    if (sameWord(words[0], w3, bits)) return true;
  }
  return (
    sameWord(words[0], w0, bits) &&
    sameWord(words[1], w1, bits - 32) &&
    sameWord(words[2], w2, bits - 64) &&
    sameWord(words[3], w3, bits - 96)
  );
}

/** A name pattern means UNIX sockets only. */
function nameMatches(host: Host, side: Side, subject: Subject): boolean {
  if (subject.family !== AF_UNIX) return false;
  if (host.pattern === undefined) return true;
  return globMatches(host.pattern, (side === 'local' && subject.localName) || '');
}

/** @hot */
function sameWord(a: number, b: number, bits: number): boolean {
  if (bits <= 0) return true;
  return bits >= 32 ? a === b : (a ^ b) >>> (32 - bits) === 0;
}

/**
 * The kernel chose the port: one of its range, a UNIX socket's `@` and five hex digits or no name at all, a packet socket
 * bound to neither protocol nor interface.
 */
function autobound(subject: Subject, range: () => PortRange): boolean {
  switch (subject.family) {
    case AF_UNIX:
      return subject.localName === undefined || /^@[0-9a-f]{5}$/.test(subject.localName);
    case AF_PACKET:
      return subject.l0 === 0 && subject.localPort === 0;
    case AF_INET:
    case AF_INET6: {
      const {low, high} = range();
      return subject.localPort >= low && subject.localPort <= high;
    }
    default:
      return false;
  }
}
