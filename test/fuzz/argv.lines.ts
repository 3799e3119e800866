import {readdirSync} from 'node:fs';
import type {Clause, Term, Terms, ValueType, VerbList, Verbs} from '../../src/grammar/grammar.js';
import {findObject} from '../../src/iproute/objects.js';
import {optionNames, parseOptions} from '../../src/iproute/options.js';
import {findKind} from '../../src/ops/kinds/table.js';
import {vfOptions} from '../../src/ops/linkVf.js';
import {endpointVerbs, limitsVerbs} from '../../src/ops/mptcp.js';
import {bucketVerbs} from '../../src/ops/nexthopSpec.js';
import {encapTypes} from '../../src/ops/routeEncap.js';
import {ruleVerbs} from '../../src/ops/rule.js';
import {phrase, phraseOf, phrases, wordy} from './argv.phrases.js';
import {anything, strange, wordsFor} from './argv.values.js';
import {type AnyVerb, clauseOf, isVerbs, pick} from './grammar.lines.js';
import type {Random} from './schema.samples.js';

/** What the reference's own help texts name; see `argv.twins.ts`. */
export interface Vocabulary {
  /** Words by object. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Kinds of `ip link help`. */
  readonly kinds: readonly string[];
  /** What `save` writes, by object, a character for each byte. */
  readonly saved: Readonly<Record<string, string>>;
}

/** One run of `ip`: the words behind it and its standard input. */
export interface Line {
  readonly argv: readonly string[];
  /** A character for each byte. */
  readonly input?: string;
}

/** Words in front of those of some verbs, where they are not the object. */
const heads = new Map<unknown, readonly string[]>([
  [bucketVerbs, ['nexthop', 'bucket']],
  [endpointVerbs, ['mptcp', 'endpoint']],
  [limitsVerbs, ['mptcp', 'limits']],
]);

/** Objects that watch with a word of theirs. */
const watchers = ['netns', 'xfrm', 'mptcp', 'ioam'];

/** Lines of objects with phrases to one of another object that has words of its help alone. */
const PHRASES_TO_ONE = 20;
/** One line in so many is a batch of several. */
const BATCH_EVERY = Number(process.env.FUZZ_BATCH ?? 20);

/** Kernel bugs and what never ends: no line may have one of these words. */
const forbidden = /^(geneve_opts|vxlan_opts|erspan_opts)$/;

/** Proxies of no device show in all namespaces of this kernel, so that other tests would see them. */
const isForAll = (line: readonly string[]): boolean =>
  line.some(word => /^p(r(oxy?|o)?)?$/.test(word)) && line.some(word => /^n/.test(word)) && !line.includes('dev');

const isForbidden = (line: readonly string[]): boolean => line.some(word => forbidden.test(word)) || isForAll(line);

/** Object, verb and the rest: what stands behind the options. */
export function commandOf(line: readonly string[]): readonly string[] {
  try {
    const parsed = parseOptions(line);
    return typeof parsed === 'string' ? [] : parsed.argv;
  } catch {
    return [];
  }
}

/** Objects of a run by their full names, `-` where there is none. */
export function objectsOf({argv, input = ''}: Line): readonly string[] {
  const lines = input.replaceAll('\\\n', ' ').split('\n');
  const firsts = argv.includes('-batch') ? lines.map(line => /^\s*([^\s#]+)/.exec(line)?.[1]) : [commandOf(argv)[0]];
  return firsts.flatMap(word => (word === undefined ? [] : (findObject(word)?.[0] ?? '-')));
}

/** `monitor`, `netns monitor` and their like, which do not end. */
function isEndless(line: readonly string[]): boolean {
  const [object = '', verb = ''] = commandOf(line);
  if (object.length > 1 && 'monitor'.startsWith(object)) return true;
  return verb !== '' && 'monitor'.startsWith(verb) && watchers.some(name => name.startsWith(object));
}

/** Whether there is an object, or none at all: one that is not in this release has nothing to compare. */
function isBuilt(object: string): boolean {
  const found = findObject(object);
  return found === undefined || found[1] !== undefined;
}

/** A line of a batch: quoted where it must be, sometimes odd to read. */
function asText(words: readonly string[], random: Random): string {
  const quoted = words.map(word => {
    if (word !== '' && !/[\s"']/.test(word)) return word;
    return word.includes('"') ? `'${word}'` : `"${word}"`;
  });
  const [gap, end] = [
    pick(random, [' ', ' ', ' ', '  ', '\t', ' \\\n']),
    pick(random, ['', '', '', ' ', ' # x', '\r']),
  ];
  const text = `${pick(random, ['', '', '', '\n', '# x\n', ' '])}${quoted.join(gap)}${end}\n`;
  return Buffer.from(text).toString('latin1');
}

/** The word, or a beginning of it: rarely where the reference wants it whole. */
function shortened(text: string, isExact: boolean, random: Random): string {
  return random.below(isExact ? 12 : 3) === 0 ? text.slice(0, 1 + random.below(text.length)) : text;
}

/** Global options that change what is printed or read; the family twice, since it matters most. */
const globals: readonly (readonly string[])[] = [
  ...[
    '-4',
    '-6',
    '-4',
    '-6',
    '-0',
    '-M',
    '-B',
    '-o',
    '-d',
    '-s',
    '-j',
    '-p',
    '-br',
    '-N',
    '-h',
    '-iec',
    '-a',
    '-c',
    '-t',
    '-echo',
  ].map(word => [word]),
  ['-f', 'inet'],
  ['-f', 'inet6'],
  ['-f', 'x'],
  ['-j', '-p'],
  ['-j', '-d'],
  ['-s', '-s'],
  ['-d', '-s'],
  ['-s', '-s', '-s'],
  ['-d', '-j', '-p'],
  ['-l', '3'],
  ['-rc', '1000'],
  ['-color=always'],
  ['-c=always'],
  ['-c=never'],
  ['-c=x'],
  ['-ts'],
  ['-n', 'blue'],
  ['-n', 'nosuch'],
  ['-force'],
  ['-b', 'nosuch'],
  ['-r', '-N'],
  ['--', '-4'],
];

/** Every grammar there is: modules of these folders export the verbs of their objects. */
async function grammars(): Promise<Verbs<VerbList>[]> {
  const found = new Set<Verbs<VerbList>>();
  for (const folder of ['../../src/ops/', '../../src/iproute/']) {
    const base = new URL(folder, import.meta.url);
    for (const file of readdirSync(base).filter(name => name.endsWith('.ts'))) {
      const module: Record<string, unknown> = await import(new URL(file, base).href);
      for (const value of Object.values(module)) if (isVerbs(value)) found.add(value);
    }
  }
  return [...found];
}

/** Makes random command lines of `ip` from the declared grammars. */
export class LineMaker {
  readonly #vocabulary: Vocabulary;
  readonly #subjects: readonly (readonly [words: readonly string[], verbs: Verbs<VerbList>, verb: AnyVerb])[];
  readonly #options: readonly string[];
  /** Objects that get words of their help: all, and more often those that have phrases. */
  readonly #objects: readonly string[];

  private constructor(vocabulary: Vocabulary, all: readonly Verbs<VerbList>[]) {
    this.#vocabulary = {...vocabulary, kinds: vocabulary.kinds.filter(name => findKind(name) !== undefined)};
    this.#objects = Object.keys(vocabulary.words).flatMap(word =>
      Array.from({length: word in phrases ? PHRASES_TO_ONE : 1}, () => word),
    );
    this.#options = optionNames().filter(
      name => !['batch', 'resolve', 'netns', 'loops', 'rcvbuf', 'family', 'dry-run', 'why'].includes(name),
    );
    this.#subjects = all.flatMap(verbs => {
      const words = heads.get(verbs) ?? verbs.object.split(' ');
      const alike = verbs === (ruleVerbs as unknown) ? [words, ['mrule']] : [words];
      // A verb with many words gets more lines.
      return verbs.list.flatMap(verb =>
        Array.from(
          {length: 1 + Math.ceil(Object.keys(clauseOf(verb).terms).length / 6)},
          (_, i) => [alike[i % alike.length] ?? words, verbs, verb] as const,
        ),
      );
    });
  }

  static async create(vocabulary: Vocabulary): Promise<LineMaker> {
    return new LineMaker(vocabulary, await grammars());
  }

  /** One command line, or a batch of some. */
  line(random: Random, only?: RegExp): Line {
    if (random.below(BATCH_EVERY) > 0) {
      const argv = this.#allowed(random, only);
      return {argv, ...this.#input(argv, random)};
    }
    const argv = [...(random.below(2) === 0 ? this.#option(random) : []), '-batch', '-'];
    if (random.below(3) > 0) argv.unshift('-force');
    const lines = Array.from({length: 1 + random.below(6)}, () => {
      const line = this.#allowed(random, only);
      // What reads the rest of the batch depends on the size of a buffer.
      return this.#input(line, random).input === undefined ? asText(commandOf(line), random) : '';
    });
    return {argv, input: lines.join('')};
  }

  /**
   * A keyword of any grammar with an odd value, a beginning of it without one, or with one that may be right: the first
   * mistake of a line hides all others, so that a line of many words seldom shows what becomes of one value.
   */
  plainLine(random: Random, only?: RegExp): Line {
    for (;;) {
      const [head, clause] = this.#clauseOf(random);
      const terms = Object.values(clause.terms).filter(({kind}) => kind !== 'help');
      const line = [...(random.below(4) === 0 ? this.#option(random) : []), ...head];
      if (terms.length > 0) line.push(...this.#plainTerm(pick(random, terms), random));
      const [object = ''] = commandOf(line);
      if (isEndless(line) || isForbidden(line) || (only !== undefined && !only.test(object))) continue;
      return {argv: line, ...this.#input(line, random)};
    }
  }

  /** A clause that is read, with the words in front of its own. */
  #clauseOf(random: Random): readonly [head: readonly string[], clause: Clause<Terms>] {
    switch (random.below(5)) {
      case 0: {
        const name = pick(random, this.#vocabulary.kinds);
        const options = findKind(name)?.options;
        if (options !== undefined) return [['link', 'add', 'new0', 'type', name], options];
        break;
      }
      case 1: {
        const [name, type] = pick(random, Object.entries(encapTypes()));
        const head = type.head === undefined ? [] : this.#value(type.head, random, 0);
        if (type.inner !== undefined)
          return [['route', 'add', '10.7.0.0/16', 'dev', 'eth0', 'encap', name, ...head], type.inner()];
        break;
      }
      default:
        break;
    }
    const [words, , verb] = pick(random, this.#subjects);
    const {text} = pick(random, verb.spellings);
    return [[...words, text], clauseOf(verb)];
  }

  #plainTerm(term: Term<unknown>, random: Random): string[] {
    const spelling = term.spellings.length === 0 ? undefined : pick(random, term.spellings);
    const name = spelling === undefined ? [] : [spelling.text];
    const inner = term.inner === undefined ? [] : Object.values(term.inner.terms);
    if (inner.length > 0) return [...name, ...this.#plainTerm(pick(random, inner), random)];
    if (spelling !== undefined && random.below(4) === 0)
      return [spelling.text.slice(0, 1 + random.below(spelling.text.length))];
    if (term.value === undefined) return [...name, ...(random.below(2) === 0 ? name : [])];
    return [...name, ...(random.below(4) === 0 ? this.#value(term.value, random, 1) : [pick(random, strange)])];
  }

  /** A line that ends, and has something to compare with. */
  #allowed(random: Random, only: RegExp | undefined): string[] {
    for (;;) {
      const line = this.#line(random);
      const [object = ''] = commandOf(line);
      if (only !== undefined && !only.test(object)) continue;
      if (isForbidden(line) || isEndless(line) || !isBuilt(object)) continue;
      return line.map(word => word.replaceAll('\0', ''));
    }
  }

  /** What a line reads from its standard input. */
  #input(argv: readonly string[], random: Random): {readonly input?: string} {
    const [object = '', verb = ''] = commandOf(argv);
    if (object === 'sr') return {input: pick(random, ['', 'secret\n', '\n', 'secret'])};
    const name = Object.keys(this.#vocabulary.saved).find(word => word.startsWith(object));
    if (verb === '' || name === undefined || !['restore', 'showdump'].some(word => word.startsWith(verb))) return {};
    const saved = this.#vocabulary.saved[random.below(6) > 0 ? name : 'route'] ?? '';
    return {input: random.below(6) > 0 ? saved : saved.slice(0, random.below(saved.length))};
  }

  #line(random: Random): string[] {
    const options: string[] = [];
    while (random.below(5) < 2) options.push(...this.#option(random));
    if (random.below(14) === 0) {
      const object = pick(random, this.#objects);
      const body = random.below(3) > 0 ? phraseOf(object, random) : undefined;
      if (body === undefined) return [...options, object, ...this.#rubbish(object, 1 + random.below(6), random)];
      return [...options, ...this.#mutated([shortened(object, false, random), ...body], object, 1, random)];
    }
    const [words, verbs, verb] = pick(random, this.#subjects);
    const own = wordy[`${verbs.object} ${verb.name}`];
    const body = own === undefined ? this.#clause(clauseOf(verb), random, 0) : own(random, this.#vocabulary);
    const spelling = pick(random, verb.spellings);
    const name = random.below(12) === 0 ? [] : [shortened(spelling.text, spelling.exact, random)];
    const line = [...words.map(word => shortened(word, false, random)), ...name, ...body];
    return [...options, ...this.#mutated(line, words[0] ?? '', words.length + name.length, random)];
  }

  #option(random: Random): readonly string[] {
    if (random.below(8) > 0) return pick(random, globals);
    const name = pick(random, this.#options);
    return [`${pick(random, ['-', '--'])}${name.slice(0, 1 + random.below(name.length))}`];
  }

  /** Words of the object's help, and values. */
  #rubbish(object: string, count: number, random: Random): string[] {
    const known = this.#vocabulary.words[object] ?? [];
    return Array.from({length: count}, () => {
      const from = random.below(10);
      if (from < 6 && known.length > 0) return shortened(pick(random, known), random.below(2) === 0, random);
      return pick(random, from < 9 ? anything : strange);
    });
  }

  /** The line with up to three mistakes, or none. @param head words that name object and verb */
  #mutated(line: string[], object: string, head: number, random: Random): string[] {
    for (let count = [0, 0, 0, 0, 1, 1, 2, 3][random.below(8)] as number; count > 0; count--) {
      const from = random.below(20) === 0 ? 1 : head;
      const room = Math.max(line.length - from, 0);
      const at = from + random.below(room + 1);
      const other = from + random.below(room + 1);
      switch (random.below(8)) {
        case 0:
          line.splice(at, 1);
          break;
        case 1:
          line.splice(at, 0, ...line.slice(at, at + 1 + random.below(2)));
          break;
        case 2: {
          const [a, b] = [line[at], line[other]];
          if (a !== undefined && b !== undefined) [line[at], line[other]] = [b, a];
          break;
        }
        case 3:
          line.splice(at, line.length);
          break;
        case 4:
          if (at < line.length) line[at] = pick(random, strange);
          break;
        case 5:
          line.splice(at, 0, ...this.#rubbish(object, 1 + random.below(2), random));
          break;
        case 6:
          if (at < line.length) line[at] = (line[at] ?? '').slice(0, random.below((line[at] ?? '').length + 1));
          break;
        default:
          line.splice(at, 0, pick(random, ['help', 'h', pick(random, anything)]));
      }
    }
    return line;
  }

  /** Some terms of a clause, in any order. */
  #clause(clause: Clause<Terms>, random: Random, depth: number): string[] {
    const terms = Object.values(clause.terms);
    const required = terms.filter(term => term.required === true || term.kind === 'rest');
    const words: string[][] = [];
    const most = depth === 0 ? 6 : 3;
    for (let count = random.below(most); count > 0 && terms.length > 0; count--) {
      const [term] = terms.splice(random.below(terms.length), random.below(20) === 0 ? 0 : 1);
      if (term !== undefined) words.push(this.#term(term, random, depth));
    }
    for (const term of required) {
      if (terms.includes(term) && random.below(5) > 0)
        words.splice(random.below(words.length + 1), 0, this.#term(term, random, depth));
    }
    // `type KIND` takes all that follows.
    const kinds = words.filter(group => group[0] !== undefined && 'type'.startsWith(group[0]) && group.length > 1);
    return [...words.filter(group => !kinds.includes(group)), ...kinds].flat();
  }

  #term(term: Term<unknown>, random: Random, depth: number): string[] {
    const spelling = term.spellings.length === 0 ? undefined : pick(random, term.spellings);
    const name = spelling === undefined ? [] : [shortened(spelling.text, spelling.exact, random)];
    if (term.kind === 'flag' || term.kind === 'help') return term.kind === 'help' && random.below(4) > 0 ? [] : name;
    if (term.inner !== undefined) return depth > 2 ? name : [...name, ...this.#clause(term.inner, random, depth + 1)];
    const value = term.value === undefined ? [] : this.#value(term.value, random, depth);
    if (term.kind === 'rest' && random.below(3) > 0) return value;
    return [...name, ...value];
  }

  #value(value: ValueType<unknown>, random: Random, depth: number): string[] {
    switch (value.label) {
      case 'TYPE [ ARGS ]':
        return this.#kind(random, depth);
      case 'ENCAPTYPE ENCAPHDR':
        return this.#encap(random, depth);
      case 'NUM OPTIONS':
        return [pick(random, ['0', '1', 'x']), ...this.#clause(vfOptions, random, depth + 1)];
      default:
        break;
    }
    const several = phrase(value.label, random);
    if (several !== undefined) return several;
    return [random.below(16) === 0 ? pick(random, strange) : pick(random, wordsFor(value.label, value.complete))];
  }

  #encap(random: Random, depth: number): string[] {
    const [name, type] = pick(random, Object.entries(encapTypes()));
    return [
      name,
      ...(type.head === undefined ? [] : this.#value(type.head, random, depth)),
      ...(type.inner === undefined ? this.#value(type, random, depth) : this.#clause(type.inner(), random, depth + 1)),
    ];
  }

  /** A kind of link with some of its options. */
  #kind(random: Random, depth: number): string[] {
    const name = pick(
      random,
      random.below(3) === 0
        ? this.#vocabulary.kinds
        : ['veth', 'bridge', 'bridge_slave', 'ifb', 'vxlan', 'macvlan', 'macvtap', 'vlan'],
    );
    const kind = findKind(name);
    if (kind?.options === undefined || depth > 1) return [name];
    return [name, ...this.#clause(kind.options, random, depth + 1)];
  }
}
