import type {Clause, Completion, Term, Terms, Verb, VerbList, Verbs} from '../../src/grammar/grammar.js';
import type {Random} from './schema.samples.js';

/** Words that fit the kinds of values a completion script looks up. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  device: ['eth0', 'lo', 'br-1.5'],
  address: ['192.0.2.1', '10.1', '2001:db8::1', '::'],
  prefix: ['192.0.2.0/24', '10/8', 'default', '2001:db8::/32', '192.0.2.1'],
  lladdr: ['02:00:00:00:00:01', '2:3:4:5:6:7'],
  netns: ['blue', '1'],
  table: ['main', '100', '70000'],
  protocol: ['static', '99'],
  scope: ['link', '50'],
  realm: ['5', '3/4'],
  group: ['default', '7'],
  dsfield: ['0x10', '8'],
  file: ['x'],
};
const plain = ['1', '7', '0x10', 'on', 'off', '100ms', 'word', '192.0.2.1', 'fd00::1', '5s'];

/** One of some things. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}

/** Verbs that any object declares. */
// biome-ignore lint/suspicious/noExplicitAny: terms of each verb differ
export type AnyVerb = Verb<string, any>;

/** The clause of a verb. */
export function clauseOf(verb: AnyVerb): Clause<Terms> {
  return typeof verb.clause === 'function' ? verb.clause() : verb.clause;
}

function wordFor(complete: Completion | undefined, random: Random): string {
  const choices = complete === undefined ? plain : typeof complete === 'string' ? (kinds[complete] ?? plain) : complete;
  return pick(random, choices.length === 0 ? plain : choices);
}

function wordsOf(term: Term<unknown>, random: Random, depth: number): string[] {
  const value = (): string[] => {
    if (term.inner !== undefined) return depth > 2 ? [] : clauseWords(term.inner, random, depth + 1);
    return [wordFor(term.value?.complete, random)];
  };
  const spelling = term.spellings.length === 0 ? undefined : pick(random, term.spellings);
  switch (term.kind) {
    case 'flag':
      return spelling === undefined ? [] : [spelling.text];
    case 'help':
      return [];
    case 'word':
    case 'rest':
      return value();
    default:
      return [spelling?.text ?? '', ...value()];
  }
}

/** Some terms of a clause, in any order, each once: a second value hides what the first one settled. */
function clauseWords(clause: Clause<Terms>, random: Random, depth: number): string[] {
  const terms = Object.values(clause.terms);
  const words: string[] = [];
  for (let count = 1 + random.below(depth === 0 ? 5 : 3); count > 0 && terms.length > 0; count--) {
    const [term] = terms.splice(random.below(terms.length), 1);
    if (term !== undefined) words.push(...wordsOf(term, random, depth));
  }
  return words;
}

/** A line that a verb may take; many are refused. */
export function lineFor(verb: AnyVerb, random: Random): string[] {
  return clauseWords(clauseOf(verb), random, 0);
}

/** Whether an export is the verbs of an object. */
export function isVerbs(value: unknown): value is Verbs<VerbList> {
  return typeof value === 'object' && value !== null && 'list' in value && 'object' in value && 'whenAbsent' in value;
}
