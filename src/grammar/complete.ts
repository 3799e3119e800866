import {Cursor} from './cursor.js';
import type {Clause, Completion, GrammarEnv, Term, Terms, Verbs} from './grammar.js';
import {matches, parseClause, verbOf} from './parse.js';

/** What may stand at the cursor: literal words, and kinds of values the shell script looks up. */
export interface Offer {
  readonly words: readonly string[];
  readonly kinds: readonly Exclude<Completion, readonly string[]>[];
}

/**
 * Offers for the last word of a line, which may be empty.
 * @param line words behind the object's name; the last one is being typed
 */
export function completions(verbs: Verbs, line: readonly string[], env: GrammarEnv): Offer {
  const typed = line.at(-1) ?? '';
  const first = line[0] ?? '';
  if (line.length <= 1) {
    return {words: verbs.list.map(verb => verb.name).filter(name => name.startsWith(typed)), kinds: []};
  }
  const found = verbOf(verbs, first);
  if (found === undefined) return {words: [], kinds: []};
  const inner = typeof found.clause === 'function' ? found.clause() : found.clause;
  return within(inner, line.slice(1, -1), typed, env);
}

/** Offers inside a clause: the value of a keyword that waits for one, else every term that is left. */
function within(clause: Clause<Terms>, before: readonly string[], typed: string, env: GrammarEnv): Offer {
  const last = before.at(-1);
  const waiting = last === undefined ? undefined : termOf(clause, last);
  if (waiting?.value?.complete !== undefined && !reads(clause, before, env)) {
    return offer([waiting.value.complete], typed);
  }
  const group = openGroup(clause, before);
  if (group !== undefined) {
    const inside = within(group.clause, before.slice(group.at), typed, env);
    const outside = top(clause, typed);
    return {words: [...inside.words, ...outside.words], kinds: [...inside.kinds, ...outside.kinds]};
  }
  return top(clause, typed);
}

function top(clause: Clause<Terms>, typed: string): Offer {
  const all: Completion[] = [];
  for (const term of Object.values(clause.terms)) {
    if (term.hidden === true) continue;
    if (term.kind === 'rest' || term.kind === 'word') {
      if (term.value?.complete !== undefined) all.push(term.value.complete);
    } else if (term.kind === 'flag') all.push(term.spellings.map(spelling => spelling.text));
    else if (term.spellings[0] !== undefined) all.push([term.spellings[0].text]);
  }
  return offer(all, typed);
}

function offer(all: readonly Completion[], typed: string): Offer {
  const words: string[] = [];
  const kinds: Offer['kinds'][number][] = [];
  for (const one of all) {
    if (typeof one === 'string') kinds.push(one);
    else for (const word of one) if (word.startsWith(typed)) words.push(word);
  }
  return {words, kinds};
}

function termOf(clause: Clause<Terms>, word: string): Term<unknown> | undefined {
  for (const term of Object.values(clause.terms)) {
    if (term.kind === 'keyword' || term.kind === 'repeat') {
      if (term.spellings.some(spelling => matches(word, spelling))) return term;
    }
    if (term.inner !== undefined) {
      const found = termOf(term.inner, word);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Whether the words are complete as they stand: then the next one starts a term. */
function reads(clause: Clause<Terms>, before: readonly string[], env: GrammarEnv): boolean {
  try {
    const cursor = new Cursor(before);
    parseClause(clause, cursor, {...env});
    return cursor.done;
  } catch {
    return false;
  }
}

/** The last group that was opened and can still take words. */
function openGroup(
  clause: Clause<Terms>,
  before: readonly string[],
): {readonly clause: Clause<Terms>; readonly at: number} | undefined {
  for (let at = before.length - 1; at >= 0; at--) {
    for (const term of Object.values(clause.terms)) {
      const word = before[at] as string;
      if (term.inner !== undefined && term.spellings.some(spelling => matches(word, spelling))) {
        return {clause: term.inner, at: at + 1};
      }
    }
  }
  return undefined;
}
