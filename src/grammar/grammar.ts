import type {Names} from '../names/tables.js';
import type {Cursor} from './cursor.js';

export {Cursor} from './cursor.js';
export {formatClause, formatCommand} from './format.js';
export {nested} from './nested.js';
export {parseClause, parseVerbs} from './parse.js';

/** What values look at, and settle, while one command line is read. One per command line. */
export interface GrammarEnv {
  /** AF_UNSPEC until an option or an address settles it; later addresses must then fit. */
  family: number;
  readonly names: Names;
  /** `ip`, as messages and usage name the program. */
  readonly program: string;
  /** Looks names up where the reference does so while it reads, so that the first mistake of a line is the one told. */
  readonly vrf?: (name: string, isDevice: boolean) => void;
  readonly checkDevice?: (name: string) => void;
  readonly legDevice?: (name: string) => void;
  /** The same without an error of its own: 0 where there is no such device. */
  readonly deviceIndex?: (name: string) => number;
  readonly encapDevice?: (name: string) => void;
  /** Writes a line to stderr, in the middle of the reading. */
  readonly warn?: (line: string) => void;
  /** Usage of the innermost grammar that has one; set by parseVerbs and by clauses with `usage`. */
  usage?: () => readonly string[];
}

/** A spec under construction: keys in the order of the command line, which is the order of the request's attributes. */
// biome-ignore lint/suspicious/noExplicitAny: the builders below give the real type, see Parsed
export type SpecBag = Record<string, any>;

/** What a shell offers for a value: literal words, or a kind the completion script resolves. */
export type Completion =
  | readonly string[]
  | 'device'
  | 'address'
  | 'prefix'
  | 'lladdr'
  | 'netns'
  | 'table'
  | 'protocol'
  | 'scope'
  | 'realm'
  | 'group'
  | 'dsfield'
  | 'file';

/** How one kind of value is read from words and written back. */
export interface ValueType<V> {
  /** `ADDRESS` in help. */
  readonly label: string;
  /**
   * Reads the value; the cursor stands behind the keyword.
   * @param keyword the term's first spelling, for messages
   * @param spec may take further keys; `undefined` as result sets none
   * @throws {UsageError} in the reference's words
   */
  parse(cursor: Cursor, keyword: string, env: GrammarEnv, spec: SpecBag): V;
  /** Words that parse to the value. */
  format(value: V, env: GrammarEnv): readonly string[];
  /** Whether a second value is one too many; the reference overlooks some first ones, such as an address without bytes. */
  counts?(value: V): boolean;
  /** Whether a bare word is such a value: only for word(). */
  accepts?(word: string, env: GrammarEnv): boolean;
  readonly complete?: Completion;
}

/** A spelling with its own match rule. */
export interface Spelling {
  readonly text: string;
  readonly exact: boolean;
}

/** `exact`: the whole word; `prefix`: any non-empty beginning of it. */
export type Match = 'exact' | 'prefix';

/**
 * What a second occurrence does. `last`: replaces the first. `move`: that too, and its key goes behind all others, for words
 * that undo one another (`key 5 nokey`). `error`: `duplicate "dev": "eth1" is the second value.`
 * `garbage`: `either "to" is duplicate, or "x" is a garbage.` A function gives its own error.
 */
export type Duplicate = 'last' | 'move' | 'error' | 'garbage' | ((word: string) => Error);

/** When the word `help` in the place of a rest() calls for help: always, `alone` only without the noise word before it. */
export type RestHelp = boolean | 'alone';

/** One entry of a clause. V is what the spec holds under the entry's key. */
export interface Term<V> {
  readonly kind: 'keyword' | 'flag' | 'word' | 'repeat' | 'rest' | 'help';
  /** First spelling is the canonical one; none for word, and the noise word for rest. */
  readonly spellings: readonly Spelling[];
  readonly value?: ValueType<V> | ValueType<unknown>;
  /** Instead of a value: a group that ends at the first word it does not know. */
  readonly inner?: Clause<Terms>;
  /** Constant of each spelling, for flags. */
  readonly constants?: readonly unknown[];
  readonly duplicate: Duplicate;
  /** Rest: the key of the word() that may stand directly before it. */
  readonly lead?: string;
  readonly required?: boolean;
  readonly help?: RestHelp;
  /** Left out of help. */
  readonly hidden?: boolean;
  /** Carries V; never set. */
  readonly _?: V;
}

/** Entries of a clause, in match order. */
// biome-ignore lint/suspicious/noExplicitAny: V of each term differs
export type Terms = Record<string, Term<any>>;

/** One entry as the parser wants it; made on the first use of a clause. */
export interface Entry {
  readonly key: string;
  // biome-ignore lint/suspicious/noExplicitAny: V of each term differs
  readonly term: Term<any>;
  readonly constant: unknown;
  /** The word() that may stand before a rest(). */
  readonly lead: Entry | undefined;
  /** Canonical spelling, for messages. */
  readonly name: string;
}

/** An ordered set of terms: what follows a verb, or a keyword that opens a group. */
export interface Clause<T extends Terms> {
  readonly terms: T;
  readonly options: ClauseOptions;
  /** Every accepted beginning of every keyword, first hit wins; filled on first use. */
  lookup: Map<string, Entry> | undefined;
  /** word() entries and the rest() entry, tried in this order when no keyword fits. */
  others: readonly Entry[];
}

/** How a clause behaves as a whole. */
export interface ClauseOptions {
  /**
   * A word that is no term, and no rest() takes it: `end` leaves it to the enclosing clause (default), a function
   * gives the error, or undefined to end.
   */
  readonly unknown?: 'end' | ((word: string, env: GrammarEnv) => Error | undefined);
  /**
   * Runs before the first word, for groups that refuse to be empty.
   * @param outer what the words before the group came to, in the enclosing clause
   */
  readonly begin?: (cursor: Cursor, env: GrammarEnv, outer: SpecBag | undefined) => void;
  /** Runs after the last word: cross checks, defaults that depend on several terms. */
  readonly finish?: (spec: SpecBag, cursor: Cursor, env: GrammarEnv) => void;
  /** Own usage text, printed by its `help` word. */
  readonly usage?: () => readonly string[];
}

/** The spec type of a clause: every key optional, present only when the words were. */
export type Parsed<C> =
  C extends Clause<infer T>
    ? {readonly [K in keyof T as T[K] extends Term<never> ? never : K]?: T[K] extends Term<infer V> ? V : never}
    : never;

/** Options shared by the terms with words. */
export interface WordOptions {
  readonly match?: Match;
  /** Further spellings; plain strings match as the first one does. */
  readonly as?: readonly (string | Spelling)[];
  readonly duplicate?: Duplicate;
  readonly hidden?: boolean;
}

/** Spelling that must be given in full. */
export function exact(text: string): Spelling {
  return {text, exact: true};
}

/** Spelling of which any beginning will do. */
export function prefix(text: string): Spelling {
  return {text, exact: false};
}

function spellingsOf(word: string, options: WordOptions): Spelling[] {
  const isExact = options.match !== 'prefix';
  const all: Spelling[] = [{text: word, exact: isExact}];
  for (const other of options.as ?? []) all.push(typeof other === 'string' ? {text: other, exact: isExact} : other);
  return all;
}

/** Either a value or a group as the tail of a term. */
function tail(value: ValueType<unknown> | Clause<Terms>): {value: ValueType<unknown>} | {inner: Clause<Terms>} {
  return 'terms' in value ? {inner: value} : {value};
}

/** `WORD VALUE`, or with a clause `WORD` and a group that ends at its first unknown word. */
export function keyword<T extends Terms>(
  word: string,
  inner: Clause<T>,
  options?: WordOptions,
): Term<Parsed<Clause<T>>>;
export function keyword<V>(word: string, value: ValueType<V>, options?: WordOptions): Term<V>;
export function keyword(
  word: string,
  value: ValueType<unknown> | Clause<Terms>,
  options: WordOptions = {},
): Term<unknown> {
  return {
    kind: 'keyword',
    spellings: spellingsOf(word, options),
    ...tail(value),
    duplicate: options.duplicate ?? 'last',
    hidden: options.hidden === true,
  };
}

/** `WORD` alone: sets its key to `true`, or to `options.value`. */
export function flag(word: string, options?: WordOptions): Term<true>;
export function flag<const V>(word: string, options: WordOptions & {readonly value: V}): Term<V>;
export function flag(word: string, options: WordOptions & {readonly value?: unknown} = {}): Term<unknown> {
  const spellings = spellingsOf(word, options);
  const constant = 'value' in options ? options.value : true;
  return {
    kind: 'flag',
    spellings,
    constants: spellings.map(() => constant),
    duplicate: options.duplicate ?? 'last',
    hidden: options.hidden === true,
  };
}

/** Several words for one key, each with its own constant: `choice({up: true, down: false})`. */
export function choice<const V>(words: Readonly<Record<string, V>>, options: WordOptions = {}): Term<V> {
  const isExact = options.match !== 'prefix';
  return {
    kind: 'flag',
    spellings: Object.keys(words).map(text => ({text, exact: isExact})),
    constants: Object.values(words),
    duplicate: options.duplicate ?? 'last',
    hidden: options.hidden === true,
  };
}

/** A bare value, told by its type's `accepts`. */
export function word<V>(value: ValueType<V>, options: WordOptions = {}): Term<V> {
  return {kind: 'word', spellings: [], value, duplicate: options.duplicate ?? 'last'};
}

/** As keyword(), any number of times: collects an array. */
export function repeat<T extends Terms>(
  word: string,
  inner: Clause<T>,
  options?: WordOptions,
): Term<readonly Parsed<Clause<T>>[]>;
export function repeat<V>(word: string, value: ValueType<V>, options?: WordOptions): Term<readonly V[]>;
export function repeat(
  word: string,
  value: ValueType<unknown> | Clause<Terms>,
  options: WordOptions = {},
): Term<readonly unknown[]> {
  return {
    kind: 'repeat',
    spellings: spellingsOf(word, options),
    ...tail(value),
    duplicate: 'last',
    hidden: options.hidden === true,
  };
}

/** The value that needs no keyword: every word that no other term takes. */
export function rest<V>(
  value: ValueType<V>,
  options: {
    /** Keyword that may stand before it: `to`. */
    readonly noise?: string | Spelling;
    readonly required?: boolean;
    readonly duplicate?: Duplicate;
    /** Key of a word() that may stand directly before the value: `unreachable 10.0.0.0/8`. */
    readonly lead?: string;
    readonly help?: RestHelp;
  } = {},
): Term<V> {
  const noise = typeof options.noise === 'string' ? exact(options.noise) : options.noise;
  return {
    kind: 'rest',
    spellings: noise === undefined ? [] : [noise],
    value,
    duplicate: options.duplicate ?? 'last',
    required: options.required === true,
    help: options.help ?? true,
    ...(options.lead !== undefined && {lead: options.lead}),
  };
}

/** `help`: prints usage and ends with status 255. */
export function help(options: {readonly match?: Match} = {match: 'prefix'}): Term<never> {
  return {kind: 'help', spellings: [{text: 'help', exact: options.match === 'exact'}], duplicate: 'last', hidden: true};
}

/**
 * Declares a clause. The order of its keys is the reference's match order. Terms from a function are built when the first
 * word is read: declaring forty keywords at each start costs more than a short command does.
 */
export function clause<const T extends Terms>(terms: T | (() => T), options: ClauseOptions = {}): Clause<T> {
  if (typeof terms !== 'function') return {terms, options, lookup: undefined, others: []};
  let made: T | undefined;
  return {
    get terms() {
      made ??= terms();
      return made;
    },
    options,
    lookup: undefined,
    others: [],
  };
}

/** One verb of an object. The clause may come from a function, so that it is built only when used. */
export interface Verb<N extends string = string, T extends Terms = Terms> {
  readonly name: N;
  readonly spellings: readonly Spelling[];
  readonly clause: Clause<T> | (() => Clause<T>);
}

/** Declares a verb; any beginning of its spellings matches unless `match` says otherwise. */
export function verb<const N extends string, T extends Terms>(
  name: N,
  inner: Clause<T> | (() => Clause<T>),
  options: Pick<WordOptions, 'match' | 'as'> = {},
): Verb<N, T> {
  let spellings: readonly Spelling[] | undefined;
  return {
    name,
    get spellings() {
      spellings ??= spellingsOf(name, {match: options.match ?? 'prefix', ...options});
      return spellings;
    },
    clause: inner,
  };
}

/** Some verbs, whatever their terms. */
// biome-ignore lint/suspicious/noExplicitAny: terms of each verb differ
export type VerbList = readonly Verb<string, any>[];

/** All verbs of one object, in match order: first hit wins. */
export interface Verbs<V extends VerbList = VerbList> {
  /** `route`: messages say `try "ip route help"`. */
  readonly object: string;
  readonly list: V;
  readonly whenAbsent: V[number]['name'] | undefined;
  /** Every accepted beginning of every verb; filled on first use. */
  lookup: Map<string, VerbList[number]> | undefined;
  /** Replaces the generated usage. */
  readonly usage?: () => readonly string[];
  /** Instead of `Command "x" is unknown, try "ip route help".` with 255. */
  readonly unknown?: (word: string, env: GrammarEnv) => Error;
  /** `help` is no verb here. */
  readonly helpless?: boolean;
}

/** What parseVerbs gives: the verb's canonical name and its spec. */
export type Command<V extends VerbList> = {
  [I in keyof V]: V[I] extends Verb<infer N, infer T> ? {readonly verb: N; readonly spec: Parsed<Clause<T>>} : never;
}[number];

/** Declares the verbs of an object. */
export function verbs<const V extends VerbList>(
  object: string,
  list: V,
  options: {
    readonly whenAbsent?: V[number]['name'];
    readonly usage?: () => readonly string[];
    readonly unknown?: Verbs['unknown'];
    readonly helpless?: boolean;
  } = {},
): Verbs<V> {
  return {
    object,
    list,
    whenAbsent: options.whenAbsent,
    lookup: undefined,
    ...(options.usage !== undefined && {usage: options.usage}),
    ...(options.unknown !== undefined && {unknown: options.unknown}),
    ...(options.helpless !== undefined && {helpless: options.helpless}),
  };
}
