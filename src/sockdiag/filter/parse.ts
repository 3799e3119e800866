import {UsageError} from '../../errors.js';
import type {Expression, Side} from './expression.js';
import {type FilterNames, parseHost, unsigned} from './hosts.js';

/** A word stands where the grammar has no place for it. The reference tells this with its usage. */
export class FilterSyntaxError extends UsageError {
  constructor() {
    super(255, 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.');
  }
}

/** What a filter's words came to. */
export interface ParsedFilter {
  /** Undefined for no words. */
  readonly expression: Expression | undefined;
  /** The only family whose sockets can be meant: the last one a host word named. */
  readonly family: number | undefined;
}

/** Spellings of the operators. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '==': '=',
  eq: '=',
  '!=': '!=',
  ne: '!=',
  neq: '!=',
  '<': '<',
  lt: '<',
  '>': '>',
  gt: '>',
  '<=': '<=',
  le: '<=',
  leq: '<=',
  '>=': '>=',
  ge: '>=',
  geq: '>=',
};
const WORDS: Readonly<Record<string, Keyword>> = {
  and: 'and',
  '&': 'and',
  '&&': 'and',
  or: 'or',
  '|': 'or',
  '||': 'or',
  not: 'not',
  '!': 'not',
  '(': '(',
  ')': ')',
  src: 'src',
  dst: 'dst',
  sport: 'sport',
  dport: 'dport',
  dev: 'dev',
  fwmark: 'fwmark',
  cgroup: 'cgroup',
  autobound: 'autobound',
};

type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=';
type Keyword = 'and' | 'or' | 'not' | '(' | ')' | Subjects | 'autobound';
/** Words that say how the values behind them are to be read. */
type Subjects = 'src' | 'dst' | 'sport' | 'dport' | 'dev' | 'fwmark' | 'cgroup';

/** A value as the word before it told to read it, ready as a condition but for its side. */
type Value = (side: Side) => Expression;
type Token = {readonly keyword: Keyword} | {readonly operator: Operator} | {readonly value: Value};

const MAX_DEPTH = 1000;

/**
 * Parses a filter. Words are told apart by blanks and tabs; a backslash takes the next character as it is.
 * @param texts one word or several each, in the order given
 * @param family what `-f` settled; 0 for IPv4 and IPv6
 * @throws {FilterSyntaxError}
 * @throws {UsageError} for a value that cannot be read
 * Source: ss(8), EXPRESSION; words, order of the checks and messages observed on ss 6.1.
 */
export function parseExpression(texts: readonly string[], family: number, names: FilterNames): ParsedFilter {
  const parser = new Parser(texts, family, names);
  return {expression: parser.all(), family: parser.named};
}

/**
 * Reads one word ahead and no further: what is wrong first is told. Values are resolved as they are met, since `src` and
 * the like only say how to read the words behind them, wherever those stand.
 */
class Parser {
  /** Last family a host word settled itself. */
  named: number | undefined;
  readonly #words: readonly string[];
  readonly #names: FilterNames;
  #family: number;
  #at = 0;
  /** The last word of `Subjects`. */
  #reading: Subjects = 'src';
  #token: Token | undefined;
  #depth = 0;

  constructor(texts: readonly string[], family: number, names: FilterNames) {
    this.#words = texts.flatMap(splitWords);
    this.#family = family;
    this.#names = names;
    this.#token = this.#next();
  }

  all(): Expression | undefined {
    if (this.#token === undefined) return undefined;
    const expression = this.#terms();
    if (this.#token !== undefined) throw new FilterSyntaxError();
    return expression;
  }

  /**
   * Terms from left to right: `and`, which may be left out, and `or` bind alike. The manual page says otherwise; `a or b and
   * c` is `( a or b ) and c` to ss 6.1.
   */
  #terms(): Expression {
    let left = this.#term();
    let joined: Expression[] | undefined;
    for (;;) {
      const kind = this.#accept('or') ? 'or' : this.#accept('and') || this.#startsTerm() ? 'and' : undefined;
      if (kind === undefined) return left;
      const right = this.#term();
      if (joined !== undefined && left.kind === kind) {
        joined.push(right);
      } else {
        joined = [left, right];
        left = {kind, operands: joined};
      }
    }
  }

  #startsTerm(): boolean {
    const token = this.#token;
    return token !== undefined && 'keyword' in token && token.keyword !== 'or' && token.keyword !== ')';
  }

  #term(): Expression {
    const token = this.#token;
    if (token === undefined || !('keyword' in token)) throw new FilterSyntaxError();
    if (++this.#depth > MAX_DEPTH) throw new FilterSyntaxError();
    this.#token = this.#next();
    const expression = this.#termOf(token.keyword);
    this.#depth--;
    return expression;
  }

  #termOf(keyword: Keyword): Expression {
    switch (keyword) {
      case 'not':
        return not(this.#term());
      case '(': {
        const inner = this.#terms();
        if (!this.#accept(')')) throw new FilterSyntaxError();
        return inner;
      }
      case 'autobound':
        return {kind: 'autobound'};
      case 'src':
      case 'dst':
        return this.#condition(keyword === 'src' ? 'local' : 'peer', ['=']);
      case 'sport':
      case 'dport':
        return this.#condition(keyword === 'sport' ? 'local' : 'peer');
      case 'dev':
      case 'fwmark':
      case 'cgroup':
        return this.#condition('local', ['=', '!=']);
      default:
        throw new FilterSyntaxError();
    }
  }

  /** An operator, `=` when left out, and a value. */
  #condition(side: Side, allowed?: readonly Operator[]): Expression {
    let operator: Operator = '=';
    let token = this.#token;
    if (token !== undefined && 'operator' in token) {
      operator = token.operator;
      if (allowed !== undefined && !allowed.includes(operator)) throw new FilterSyntaxError();
      token = this.#next();
    }
    if (token === undefined || !('value' in token)) throw new FilterSyntaxError();
    const value = token.value(side);
    this.#token = this.#next();
    return compare(operator, value);
  }

  #accept(keyword: Keyword): boolean {
    const token = this.#token;
    if (token === undefined || !('keyword' in token) || token.keyword !== keyword) return false;
    this.#token = this.#next();
    return true;
  }

  #next(): Token | undefined {
    const word = this.#words[this.#at++];
    if (word === undefined) return undefined;
    const operator = Object.hasOwn(OPERATORS, word) ? OPERATORS[word] : undefined;
    if (operator !== undefined) return {operator};
    const keyword = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (keyword === undefined) return {value: this.#value(word)};
    switch (keyword) {
      case 'src':
      case 'dst':
      case 'sport':
      case 'dport':
      case 'dev':
      case 'fwmark':
      case 'cgroup':
        this.#reading = keyword;
    }
    return {keyword};
  }

  #value(word: string): Value {
    switch (this.#reading) {
      case 'dev':
        return fixed({kind: 'dev', index: this.#names.ifindex(word) ?? unsigned(word) ?? cannot('device.')});
      case 'fwmark':
        return fixed(parseMark(word) ?? cannot(`mark ${word}.`));
      case 'cgroup': {
        const id = this.#names.cgroup(word);
        if (typeof id !== 'string') return fixed({kind: 'cgroup', id});
        throw new UsageError(1, [id, `Cannot parse cgroup ${word}.`]);
      }
      default: {
        const portOnly = this.#reading === 'sport' || this.#reading === 'dport';
        const {hosts, family} = parseHost(word, this.#family, portOnly, this.#names);
        if (family !== undefined) this.#family = this.named = family;
        return side => ({kind: 'host', side, hosts});
      }
    }
  }
}

function fixed(expression: Expression): Value {
  return () => expression;
}

function cannot(what: string): never {
  throw new UsageError(1, `Cannot parse ${what}`);
}

function not(operand: Expression): Expression {
  return {kind: 'not', operand};
}

function compare(operator: Operator, value: Expression): Expression {
  if (operator === '=') return value;
  if (operator === '!=' || value.kind !== 'host') return not(value);
  const {side} = value;
  // Only ports can be less or more, and all hosts of a word share theirs.
  const port = value.hosts[0]?.port ?? -1;
  switch (operator) {
    case '<':
      return not({kind: 'least', side, port});
    case '>':
      return not({kind: 'most', side, port});
    case '<=':
      return {kind: 'most', side, port};
    case '>=':
      return {kind: 'least', side, port};
  }
}

/** `MARK` or `MARK/MASK`, each as strtoul(3) takes it; what follows the numbers is not looked at. */
function parseMark(word: string): Expression | undefined {
  const mark = leadingNumber(word);
  if (mark === undefined) return undefined;
  if (word[mark.end] !== '/') return {kind: 'mark', mark: mark.value, mask: 0xffff_ffff};
  const mask = leadingNumber(word.slice(mark.end + 1));
  return mask && {kind: 'mark', mark: mark.value, mask: mask.value};
}

/** Number at the start, its low 32 bits. */
function leadingNumber(text: string): {readonly value: number; readonly end: number} | undefined {
  const found = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)/i.exec(text);
  if (found === null) return undefined;
  const digits = found[2] as string;
  const octal = /^0\d/.test(digits);
  const full = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const most = 0xffff_ffff_ffff_ffffn;
  const capped = full > most ? most : found[1] === '-' ? -full : full;
  return {value: Number(BigInt.asUintN(32, capped)), end: found[0].length};
}

/** Words of one argument, with backslashes taken away. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === ' ' || char === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + (char === '\\' ? text.charAt(++i) : char);
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
