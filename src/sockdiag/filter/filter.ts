import {INET_DIAG_MSG_LENGTH} from '../constants.js';
import type {InetSocket} from '../inet.js';
import {compileBytecode} from './bytecode.js';
import {evaluate, type PortRange} from './evaluate.js';
import type {Expression} from './expression.js';
import type {FilterNames} from './hosts.js';
import {parseExpression} from './parse.js';
import {Subject} from './subject.js';

/** A filter of `ss`, parsed: asks the kernel for little, and decides for each socket. */
export class Filter {
  readonly expression: Expression;
  /** The only family whose sockets can be meant; undefined when no word named one. */
  readonly family: number | undefined;
  /** Whether mark or control group of a socket are asked for. */
  readonly attributes: boolean;
  /** To be filled for `matches`, row by row. */
  readonly subject = new Subject();
  readonly #portRange: () => PortRange;
  #range: PortRange | undefined;

  /** @param portRange the ports the kernel hands out itself, read once and only when needed */
  constructor(expression: Expression, portRange: () => PortRange, family?: number) {
    this.expression = expression;
    this.family = family;
    this.attributes = asksAttributes(expression);
    this.#portRange = (): PortRange => (this.#range ??= portRange());
  }

  /** Whether the socket in `subject` passes. Of what the kernel filtered by `bytecode`, too, as the reference does. @hot */
  matches(): boolean {
    return evaluate(this.expression, this.subject, this.#portRange);
  }

  /** As `matches`, of an inet_diag_msg with its attributes. @hot */
  matchesInet(buf: Uint8Array, at: number, end: number): boolean {
    if (end - at < INET_DIAG_MSG_LENGTH) return false;
    this.subject.setInet(buf, at, end, this.attributes);
    return evaluate(this.expression, this.subject, this.#portRange);
  }

  /** As `matches`, of a decoded inet socket. */
  matchesSocket(socket: Omit<InetSocket, 'info'>): boolean {
    this.subject.setSocket(socket);
    return this.matches();
  }

  /** Program for inet dumps, attribute INET_DIAG_REQ_BYTECODE; undefined when the kernel cannot be asked. */
  bytecode(): Uint8Array | undefined {
    return compileBytecode(this.expression);
  }
}

/**
 * Reads a filter.
 * @param texts words, or several in one text
 * @param family what the listing is restricted to beforehand (`-4`, `-x`, ...); 0 for nothing
 * @returns undefined for no words
 * @throws {UsageError} FilterSyntaxError for a word out of place, else for a value that cannot be read
 */
export function parseFilter(
  texts: readonly string[],
  family: number,
  names: FilterNames,
  portRange: () => PortRange,
): Filter | undefined {
  const parsed = parseExpression(texts, family, names);
  return parsed.expression && new Filter(parsed.expression, portRange, parsed.family);
}

function asksAttributes(expression: Expression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.some(asksAttributes);
    case 'not':
      return asksAttributes(expression.operand);
    default:
      return expression.kind === 'mark' || expression.kind === 'cgroup';
  }
}
