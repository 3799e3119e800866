import {AF_INET, AF_INET6} from '../../addr/ip.js';
import type {Expression, Host, Side} from './expression.js';
import {AF_UNSPEC} from './subject.js';

/** Operations of the kernel's filter machine. Source: uapi linux/inet_diag.h, INET_DIAG_BC_. */
const JMP = 1;
const S_GE = 2;
const S_LE = 3;
const D_GE = 4;
const D_LE = 5;
const AUTO = 6;
const S_COND = 7;
const D_COND = 8;
const MARK_COND = 10;
const CGROUP_COND = 13;

/** Bytes of struct inet_diag_bc_op. */
const OP = 4;
/** Bytes of struct inet_diag_hostcond without its address. */
const HOSTCOND = 8;
/** Farthest a jump may go. */
const MAX_JUMP = 0xffff;

/** A place in the program, known once it is reached. */
interface Label {
  at: number;
  /** Offsets of the operations that jump here. */
  readonly jumps: number[];
}

/**
 * The filter as a program for INET_DIAG_REQ_BYTECODE: a chain of tests, each of which goes on behind itself when it holds
 * and jumps forward when it does not. Ending exactly at the end is a match, four bytes behind it is none.
 * @returns undefined for what only `evaluate` can tell: interfaces, families but IPv4 and IPv6, or too long a program
 * Source: uapi linux/inet_diag.h, struct inet_diag_bc_op, inet_diag_hostcond, inet_diag_markcond.
 */
export function compileBytecode(expression: Expression): Uint8Array | undefined {
  if (!kernelKnows(expression)) return undefined;
  return new Program().compile(expression);
}

function kernelKnows(expression: Expression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.every(kernelKnows);
    case 'not':
      return kernelKnows(expression.operand);
    case 'dev':
      return false;
    case 'host':
      return expression.hosts.every(({family}) => family === AF_UNSPEC || family === AF_INET || family === AF_INET6);
    default:
      return true;
  }
}

class Program {
  #buf = new Uint8Array(256);
  #view = new DataView(this.#buf.buffer);
  #length = 0;
  #tooFar = false;

  compile(expression: Expression): Uint8Array | undefined {
    const accept = newLabel();
    const reject = newLabel();
    this.#expression(expression, accept, reject, accept);
    this.#place(accept);
    this.#place(reject, OP);
    return this.#tooFar ? undefined : this.#buf.slice(0, this.#length);
  }

  /** @param next the label that is placed right behind this code: getting there needs no jump */
  #expression(expression: Expression, yes: Label, no: Label, next: Label): void {
    switch (expression.kind) {
      case 'not':
        this.#expression(expression.operand, no, yes, next);
        return;
      case 'and':
      case 'or':
        this.#junction(expression.kind, expression.operands, yes, no, next);
        return;
      default:
        this.#test(expression, no);
        if (yes !== next) this.#op(JMP, OP, yes);
    }
  }

  #junction(kind: 'and' | 'or', operands: readonly Expression[], yes: Label, no: Label, next: Label): void {
    const last = operands.length - 1;
    if (last < 0) {
      const to = kind === 'and' ? yes : no;
      if (to !== next) this.#op(JMP, OP, to);
      return;
    }
    for (let i = 0; i < last; i++) {
      const following = newLabel();
      const operand = operands[i] as Expression;
      if (kind === 'and') this.#expression(operand, following, no, following);
      else this.#expression(operand, yes, following, following);
      this.#place(following);
    }
    this.#expression(operands[last] as Expression, yes, no, next);
  }

  /** One test, which falls through when it holds. */
  #test(expression: Exclude<Expression, {kind: 'and' | 'or' | 'not'}>, no: Label): void {
    switch (expression.kind) {
      case 'host':
        this.#host(expression.side, expression.hosts[0] as Host, no);
        return;
      case 'least':
      case 'most': {
        const local = expression.side === 'local';
        const code = expression.kind === 'least' ? (local ? S_GE : D_GE) : local ? S_LE : D_LE;
        const at = this.#op(code, 2 * OP, no);
        this.#view.setUint16(at + OP + 2, expression.port & 0xffff, true);
        return;
      }
      case 'mark': {
        const at = this.#op(MARK_COND, OP + 8, no);
        this.#view.setUint32(at + OP, expression.mark, true);
        this.#view.setUint32(at + OP + 4, expression.mask, true);
        return;
      }
      case 'cgroup': {
        const at = this.#op(CGROUP_COND, OP + 8, no);
        this.#view.setBigUint64(at + OP, expression.id, true);
        return;
      }
      case 'autobound':
        this.#op(AUTO, OP, no);
        return;
      case 'dev':
        throw new RangeError('the kernel is not asked about interfaces');
    }
  }

  /** Of a name's addresses the kernel is told the first one only, as the reference does. */
  #host(side: Side, host: Host, no: Label): void {
    const words = host.family === AF_INET6 ? 4 : host.family === AF_INET ? 1 : 0;
    const at = this.#op(side === 'local' ? S_COND : D_COND, OP + HOSTCOND + 4 * words, no);
    this.#buf[at + OP] = host.family;
    this.#buf[at + OP + 1] = host.bits;
    this.#view.setInt32(at + OP + 4, host.port, true);
    for (let i = 0; i < words; i++) this.#view.setInt32(at + OP + HOSTCOND + 4 * i, host.words[i] as number);
  }

  /** @returns where the operation begins */
  #op(code: number, length: number, no: Label): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#buf.length) {
      const grown = new Uint8Array(2 * this.#length);
      grown.set(this.#buf);
      this.#buf = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#buf[at] = code;
    this.#buf[at + 1] = length;
    no.jumps.push(at);
    return at;
  }

  /** The label is where the program has come to, or some bytes behind that. */
  #place(label: Label, behind = 0): void {
    label.at = this.#length + behind;
    for (const at of label.jumps) {
      if (label.at - at > MAX_JUMP) this.#tooFar = true;
      this.#view.setUint16(at + 2, label.at - at, true);
    }
  }
}

function newLabel(): Label {
  return {at: 0, jumps: []};
}
