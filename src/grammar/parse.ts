import type {Cursor} from './cursor.js';
import {begins} from './cursor.js';
import {duplicate, garbage, refuse, usageError} from './errors.js';
import type {
  Clause,
  Command,
  Entry,
  GrammarEnv,
  Parsed,
  SpecBag,
  Spelling,
  Term,
  Terms,
  VerbList,
  Verbs,
} from './grammar.js';
import {usage} from './help.js';

/**
 * Reads the words of a clause. It ends at the end of the line, or at the first word it does not know.
 * @param outer spec of the enclosing clause
 * @throws {UsageError} in the reference's words
 */
export function parseClause<T extends Terms>(
  clause: Clause<T>,
  cursor: Cursor,
  env: GrammarEnv,
  outer?: SpecBag,
): Parsed<Clause<T>> {
  const spec: SpecBag = {};
  parseInto(clause as unknown as Clause<Terms>, cursor, env, spec, outer);
  return spec as Parsed<Clause<T>>;
}

/**
 * The same into a spec that exists. This is the hot path of `-batch`: one Map look-up a word, no closures.
 * @hot
 */
export function parseInto(
  clause: Clause<Terms>,
  cursor: Cursor,
  env: GrammarEnv,
  spec: SpecBag,
  outer?: SpecBag,
): void {
  const outerUsage = env.usage;
  if (clause.options.usage !== undefined) env.usage = clause.options.usage;
  clause.options.begin?.(cursor, env, outer);
  const argv = cursor.argv;
  while (cursor.position < argv.length) {
    const word = argv[cursor.position] as string;
    const entry = (clause.lookup ?? prepare(clause)).get(word);
    if (entry !== undefined) {
      cursor.position++;
      take(entry, word, cursor, env, spec);
    } else if (!takeOther(clause, word, cursor, env, spec)) break;
  }
  clause.options.finish?.(spec, cursor, env);
  if (outerUsage !== undefined) env.usage = outerUsage;
}

/** Reads what belongs to one keyword, which is taken. */
function take(entry: Entry, word: string, cursor: Cursor, env: GrammarEnv, spec: SpecBag): void {
  const {term, key} = entry;
  switch (term.kind) {
    case 'flag':
      if (term.duplicate !== 'last' && isTaken(term, key, spec)) second(entry, spec, word);
      spec[key] = entry.constant;
      return;
    case 'keyword': {
      if (term.duplicate !== 'last' && isTaken(term, key, spec)) second(entry, spec, word, cursor);
      const value = tail(entry, cursor, env, spec);
      if (value !== undefined) spec[key] = value;
      return;
    }
    case 'repeat': {
      const value = tail(entry, cursor, env, spec);
      const list: unknown[] | undefined = spec[key];
      if (list === undefined) spec[key] = [value];
      else list.push(value);
      return;
    }
    case 'help':
      throw usageError(env.usage?.() ?? []);
    default:
      takeRest(entry, cursor, env, spec, true);
  }
}

/** Whether a key has a value that a second one may not follow. */
function isTaken({value}: Term<unknown>, key: string, spec: SpecBag): boolean {
  return key in spec && value?.counts?.(spec[key] as never) !== false;
}

function tail(entry: Entry, cursor: Cursor, env: GrammarEnv, spec: SpecBag): unknown {
  const {term} = entry;
  if (term.inner !== undefined) return parseClause(term.inner, cursor, env, spec);
  return term.value?.parse(cursor, entry.name, env, spec);
}

/** The value without a keyword; the cursor stands before it, behind a noise word. */
function takeRest(entry: Entry, cursor: Cursor, env: GrammarEnv, spec: SpecBag, isBehindNoise: boolean): void {
  const {term, key} = entry;
  let word = cursor.next();
  if (entry.lead?.term.value?.accepts?.(word, env) === true) {
    cursor.position--;
    spec[entry.lead.key] = entry.lead.term.value.parse(cursor, entry.lead.name, env, spec);
    word = cursor.next();
  }
  const helps = term.help === true || (term.help === 'alone' && !isBehindNoise);
  if (helps && begins(word, 'help')) throw usageError(env.usage?.() ?? []);
  if (term.duplicate !== 'last' && isTaken(term, key, spec)) throw again(entry, word);
  cursor.position--;
  const value = term.value?.parse(cursor, entry.name, env, spec);
  if (value !== undefined) spec[key] = value;
}

/** A word that is no keyword. */
function takeOther(clause: Clause<Terms>, word: string, cursor: Cursor, env: GrammarEnv, spec: SpecBag): boolean {
  for (const entry of clause.others) {
    const {term, key} = entry;
    if (term.kind === 'rest') {
      takeRest(entry, cursor, env, spec, false);
      return true;
    }
    if (term.value?.accepts?.(word, env) === true) {
      if (term.duplicate !== 'last' && isTaken(term, key, spec)) throw again(entry, word);
      const value = term.value.parse(cursor, entry.name, env, spec);
      if (value !== undefined) spec[key] = value;
      return true;
    }
  }
  const {unknown} = clause.options;
  if (unknown === undefined || unknown === 'end') return false;
  const error = unknown(word, env);
  if (error === undefined) return false;
  throw error;
}

/** A term for the second time, where that is not simply the last word. */
function second(entry: Entry, spec: SpecBag, word: string, cursor?: Cursor): void {
  const {duplicate: rule} = entry.term;
  if (rule !== 'move') throw again(entry, cursor === undefined || typeof rule === 'function' ? word : cursor.next());
  delete spec[entry.key];
}

function again(entry: Entry, word: string): Error {
  const rule = entry.term.duplicate;
  if (typeof rule === 'function') return rule(word);
  return rule === 'garbage' ? garbage(entry.name, word) : duplicate(entry.name, word);
}

/** Whether a word is a keyword of a clause, or the beginning of one. */
export function isKeyword(word: string, clause: Clause<Terms>): boolean {
  return (clause.lookup ?? prepare(clause)).has(word);
}

/** Fills the look-up tables of a clause. */
function prepare(clause: Clause<Terms>): Map<string, Entry> {
  const lookup = new Map<string, Entry>();
  const leads = new Map<string, Entry>();
  const others: Entry[] = [];
  const led = new Set(Object.values(clause.terms).map(term => term.lead));
  for (const [key, term] of Object.entries(clause.terms)) {
    const name = term.spellings[0]?.text ?? key;
    const entry: Entry = {key, term, name, constant: undefined, lead: undefined};
    if (led.has(key)) leads.set(key, entry);
    else if (term.kind === 'word') others.push(entry);
    if (term.kind === 'rest') others.push({...entry, lead: term.lead === undefined ? undefined : leads.get(term.lead)});
    term.spellings.forEach((spelling, i) => {
      const own = term.kind === 'rest' ? (others.at(-1) as Entry) : {...entry, constant: term.constants?.[i]};
      for (const start of starts(spelling)) if (!lookup.has(start)) lookup.set(start, own);
    });
  }
  clause.others = others;
  clause.lookup = lookup;
  return lookup;
}

/** Every word a spelling accepts. */
export function starts(spelling: Spelling): string[] {
  const {text} = spelling;
  if (spelling.exact) return [text];
  const all: string[] = [];
  for (let length = 1; length <= text.length; length++) all.push(text.slice(0, length));
  return all;
}

/** Whether a word stands for a spelling. */
export function matches(word: string, spelling: Spelling): boolean {
  return spelling.exact ? word === spelling.text : begins(word, spelling.text);
}

/**
 * Reads the verb and its clause.
 * @param begin checks what is refused once the verb is known, before its words
 * @throws {UsageError} `Command "x" is unknown, try "ip route help".` with 255, or the clause's own
 */
export function parseVerbs<V extends VerbList>(
  verbs: Verbs<V>,
  cursor: Cursor,
  env: GrammarEnv,
  begin?: () => void,
): Command<V> {
  const found = findVerb(verbs, cursor, env);
  begin?.();
  const inner = typeof found.clause === 'function' ? found.clause() : found.clause;
  env.usage = () => usage(verbs, env.program);
  const spec = parseClause(inner, cursor, env);
  return {verb: found.name, spec} as Command<V>;
}

/** The verb of the line, taken from the cursor; the default one at its end. */
function findVerb(verbs: Verbs, cursor: Cursor, env: GrammarEnv): VerbList[number] {
  const word = cursor.peek();
  const found = word === undefined ? verbs.list.find(verb => verb.name === verbs.whenAbsent) : verbOf(verbs, word);
  if (found !== undefined) {
    cursor.position++;
    return found;
  }
  // An object with a verb of that name says itself how much of it must be written.
  const hasHelp = verbs.list.some(verb => verb.name === 'help');
  if (!hasHelp && verbs.helpless !== true && begins(word, 'help')) {
    throw usageError(usage(verbs, env.program));
  }
  if (verbs.unknown !== undefined) throw verbs.unknown(word ?? '', env);
  throw refuse(`Command "${word ?? ''}" is unknown, try "${env.program} ${verbs.object} help".`);
}

/** Every accepted beginning of every verb, first hit wins. */
/** The verb that a word stands for. */
export function verbOf(verbs: Verbs, word: string): VerbList[number] | undefined {
  return (verbs.lookup ?? prepareVerbs(verbs)).get(word);
}

function prepareVerbs(verbs: Verbs): Map<string, VerbList[number]> {
  const lookup = new Map<string, VerbList[number]>();
  for (const verb of verbs.list) {
    for (const spelling of verb.spellings) {
      for (const start of starts(spelling)) if (!lookup.has(start)) lookup.set(start, verb);
    }
  }
  verbs.lookup = lookup;
  return lookup;
}
