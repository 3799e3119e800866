import {duplicate, refuse, usageError, wrong} from '../grammar/errors.js';
import {clause, keyword, type Parsed, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {signed} from '../grammar/numbers.js';
import {isNetnsName} from '../rtnetlink/netns.js';
import {allWords} from './wordValues.js';

const INT_MAX = 0x7fffffff;

/** What a verb reads by itself. */
const words = (label: string) => allWords(label, 'netns');

/** A verb that takes no words, and does not mind any. */
const bare = clause({words: {...words('').terms.words, hidden: true}});

/** A number of a namespace. One below zero is told with the word behind it. */
const nsid: ValueType<number> = {
  label: 'POSITIVE-INT',
  parse(cursor, name) {
    const word = cursor.next();
    const value = signed(word, -INT_MAX - 1, INT_MAX);
    if (value === undefined) throw wrong(word, `"${name}" value is invalid`);
    if (value < 0) throw wrong(cursor.peek() ?? '(null)', `"${name}" value should be >= 0`);
    return value;
  },
  format: value => [String(value)],
};

const ids = clause(
  {
    targetNsid: keyword('target-nsid', nsid, {duplicate: () => duplicate('target-nsid', 'target-nsid')}),
    nsid: keyword('nsid', nsid, {duplicate: () => duplicate('nsid', 'nsid')}),
  },
  {unknown: (_, env) => usageError(env.usage?.() ?? [])},
);

/** Which numbers `ip netns list-id` shows. */
export type IdSelector = Parsed<typeof ids>;

/** Verbs of `ip netns`, in match order. */
export const netnsVerbs = verbs(
  'netns',
  [
    verb('list', bare, {as: ['show', 'lst']}),
    verb('list-id', ids),
    verb('add', words('NAME')),
    verb('set', words('NAME { auto | POSITIVE-INT }')),
    verb('delete', words('NAME')),
    verb('identify', words('PID')),
    verb('pids', words('NAME')),
    verb('exec', words('NAME CMD ...')),
    verb('monitor', bare),
    verb('attach', words('NAME PID')),
  ],
  {whenAbsent: 'list'},
);

/** The name that a verb cannot do without. @throws {UsageError} status 1 */
export function needName(name: string | undefined): string {
  if (name === undefined) throw refuse('No netns name specified', 1);
  return name;
}

/** Refuses the first word behind the verb when it cannot be a name, whatever the verb. @throws {UsageError} */
export function checkName(word: string | undefined): void {
  if (word !== undefined && !isNetnsName(word)) throw refuse(`Invalid netns name "${word}"`);
}

/**
 * A process id of `ip netns attach`.
 * @throws {UsageError} `Invalid PID: x`
 */
export function processId(word: string): number {
  const pid = signed(word, -INT_MAX - 1, INT_MAX);
  if (pid === undefined || pid === 0) throw refuse(`Invalid PID: ${word}`, 1);
  return pid;
}

/**
 * A number of `ip netns set`; -1 lets the kernel choose.
 * @throws {UsageError} `Invalid "netnsid" value`
 */
export function namespaceNumber(word: string): number {
  if (word === 'auto') return -1;
  const value = signed(word, -INT_MAX - 1, INT_MAX);
  if (value === undefined) throw wrong(word, 'Invalid "netnsid" value');
  if (value < 0) throw wrong(word, '"netnsid" value should be >= 0');
  return value;
}
