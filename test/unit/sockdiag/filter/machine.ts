import type {Subject} from '../../../../src/sockdiag/filter/subject.js';

/** Operations of the filter machine. Source: uapi linux/inet_diag.h, INET_DIAG_BC_. */
const [NOP, JMP, S_GE, S_LE, D_GE, D_LE, AUTO, S_COND, D_COND, DEV, MARK, S_EQ, D_EQ, CGROUP] = [...Array(14).keys()];

/** Least length of each operation. */
function lengthOf(code: number, view: DataView, at: number): number {
  switch (code) {
    case NOP:
    case JMP:
    case AUTO:
      return 4;
    case S_GE:
    case S_LE:
    case D_GE:
    case D_LE:
    case S_EQ:
    case D_EQ:
    case DEV:
      return 8;
    case S_COND:
    case D_COND:
      return 12 + ({0: 0, 2: 4, 10: 16}[view.getUint8(at + 4)] ?? Number.NaN);
    case MARK:
    case CGROUP:
      return 12;
    default:
      return Number.NaN;
  }
}

/**
 * Throws unless the kernel would take the program: it is a chain by `yes`, and every `no` goes forward to a member of that
 * chain, to the end, or four bytes past it.
 */
export function checkProgram(program: Uint8Array): void {
  const view = new DataView(program.buffer, program.byteOffset, program.length);
  const starts = new Set([program.length, program.length + 4]);
  for (let at = 0; at < program.length; at += program[at + 1] as number) {
    starts.add(at);
    const length = lengthOf(program[at] as number, view, at);
    if (!((program[at + 1] as number) >= length)) throw new Error(`yes of ${at} is shorter than its operation`);
    if (at + (program[at + 1] as number) > program.length) throw new Error(`${at} runs over the end`);
    if (view.getUint16(at + 2, true) < length) throw new Error(`no of ${at} is shorter than its operation`);
  }
  for (let at = 0; at < program.length; at += program[at + 1] as number) {
    const no = view.getUint16(at + 2, true);
    if (!starts.has(at + no) || no % 4 !== 0) throw new Error(`no of ${at} goes to ${at + no}`);
  }
}

/** What the kernel makes of a program. */
export function runProgram(program: Uint8Array, subject: Subject, range: {low: number; high: number}): boolean {
  const view = new DataView(program.buffer, program.byteOffset, program.length);
  let at = 0;
  while (at < program.length) {
    const yes = holds(view, at, subject, range);
    at += yes ? (program[at + 1] as number) : view.getUint16(at + 2, true);
  }
  return at === program.length;
}

function holds(view: DataView, at: number, s: Subject, range: {low: number; high: number}): boolean {
  const port = view.byteLength >= at + 8 ? view.getUint16(at + 6, true) : 0;
  switch (view.getUint8(at)) {
    case NOP:
      return true;
    case JMP:
      return false;
    case S_GE:
      return s.localPort >= port;
    case S_LE:
      return s.localPort <= port;
    case D_GE:
      return s.peerPort >= port;
    case D_LE:
      return s.peerPort <= port;
    case AUTO:
      return s.localPort >= range.low && s.localPort <= range.high;
    case S_COND:
      return hostHolds(view, at + 4, s.family, [s.l0, s.l1, s.l2, s.l3], s.localPort);
    case D_COND:
      return hostHolds(view, at + 4, s.family, [s.r0, s.r1, s.r2, s.r3], s.peerPort);
    case MARK:
      return (s.mark & view.getUint32(at + 8, true)) === view.getUint32(at + 4, true);
    case CGROUP:
      return view.getUint32(at + 4, true) === s.cgroupLow && view.getUint32(at + 8, true) === s.cgroupHigh;
    default:
      throw new Error(`operation ${view.getUint8(at)}`);
  }
}

function hostHolds(view: DataView, at: number, family: number, words: readonly number[], port: number): boolean {
  const wanted = view.getInt32(at + 4, true);
  if (wanted !== -1 && wanted !== port) return false;
  const of = view.getUint8(at);
  const bits = view.getUint8(at + 1);
  if (of !== 0 && of !== family) {
    const mapped = of === 2 && words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
    return mapped && bitString([words[3] as number]).startsWith(conditionBits(view, at + 8, 1, bits));
  }
  return bitString(words).startsWith(conditionBits(view, at + 8, of === 10 ? 4 : of === 2 ? 1 : 0, bits));
}

function conditionBits(view: DataView, at: number, count: number, bits: number): string {
  return bitString(Array.from({length: count}, (_, i) => view.getUint32(at + 4 * i))).slice(0, bits);
}

function bitString(words: readonly number[]): string {
  return words.map(word => (word >>> 0).toString(2).padStart(32, '0')).join('');
}
