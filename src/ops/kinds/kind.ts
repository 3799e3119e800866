import {UsageError} from '../../errors.js';
import {begins} from '../../grammar/cursor.js';
import {refuse} from '../../grammar/errors.js';
import {type Clause, Cursor, type GrammarEnv, parseClause, type SpecBag, type Terms} from '../../grammar/grammar.js';
import {clauseUsage} from '../../grammar/help.js';
import type {LinkSpec} from '../linkSpec.js';

/** One kind of link as `type KIND ARGS` sets it. */
export interface LinkKind {
  readonly name: string;
  /** Options; without them further words are ignored, as the reference does. */
  readonly options?: Clause<Terms>;
  /** Options are those of a port: IFLA_INFO_SLAVE_DATA. */
  readonly slave?: boolean;
  /** A change sends all options anew, and `context.old` has those that stay; from a device of these kinds. */
  readonly keeps?: readonly string[];
  /** IFLA_INFO_DATA from the words' spec; absent: the spec itself, whose keys are attributes in order. */
  data?(spec: SpecBag, context: KindContext): SpecBag;
  /** What the reference calls a word it does not know; absent: it prints the usage alone. */
  readonly unknown?: 'unknown command' | 'unknown option' | 'what is';
  /** What of the word `help` asks for the usage: also its beginnings (absent), the whole word, not even that. */
  readonly help?: 'whole' | 'none';
  /** The usage of a wrong command line goes to stdout. */
  readonly usageToOutput?: boolean;
}

/** What a kind needs beyond its words. */
export interface KindContext {
  /**
   * Index of a device that another lies on.
   * @throws {UsageError} `Cannot find device`
   */
  lower(name: string): number;
  /** Index of a device, 0 where there is none. */
  indexOf(name: string): number;
  /** Header fields and attributes of link options, for kinds that make two devices. */
  body(spec: LinkSpec): SpecBag;
  /** The same for a device that must be there. @throws {UsageError} */
  existing(spec: LinkSpec): SpecBag;
  readonly env: GrammarEnv;
  /** Whether the device is to be made: `ip link add`. */
  readonly isNew: boolean;
  /** IFLA_INFO_DATA as the device has it, for kinds that keep it; empty for a new device. */
  readonly old: SpecBag;
  /** A remark on stderr that does not stop the command. */
  warn(lines: readonly string[]): void;
}

/** The usage of a kind, for stdout. */
export class KindUsage extends UsageError {}

/** Usage of one kind, as `ip link help KIND` prints it. */
export function kindUsage(kind: LinkKind): readonly string[] {
  return kind.options === undefined ? [`Usage: ... ${kind.name}`] : clauseUsage(`... ${kind.name}`, kind.options);
}

/**
 * Reads the words behind `type KIND`.
 * @throws {UsageError} status 1 with the usage for an unknown word
 */
export function parseKind(kind: LinkKind, words: readonly string[], env: GrammarEnv): SpecBag {
  if (kind.options === undefined) return {};
  const cursor = new Cursor(words);
  // Addresses of a kind have a family of their own.
  const spec = parseClause(kind.options, cursor, {...env, family: 0});
  const word = cursor.peek();
  if (word === undefined) return spec;
  const usage = kindUsage(kind);
  if (kind.usageToOutput === true) throw new KindUsage(1, usage);
  const {help} = kind;
  const isHelp = help === undefined ? begins(word, 'help') : help === 'whole' && word === 'help';
  if (kind.unknown === undefined || isHelp) throw new UsageError(1, usage);
  throw unknownWord(kind, word);
}

/** A word that a kind does not know. */
export function unknownWord(kind: LinkKind, word: string): UsageError {
  return refuseWithUsage(kind, `${kind.unknown} "${word}"?`);
}

/** Words behind a kind that has no grammar at all. */
export function surplus(word: string, status: number): UsageError {
  return refuse(`Garbage instead of arguments "${word} ...". Try "ip link help".`, status);
}

/** A refusal of a kind that shows its usage too, status 1. */
export function refuseWithUsage(kind: LinkKind, line: string): UsageError {
  return new UsageError(1, [`${kind.name}: ${line}`, ...kindUsage(kind)]);
}
