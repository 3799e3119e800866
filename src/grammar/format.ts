import type {Clause, GrammarEnv, Parsed, SpecBag, Term, Terms, Verbs} from './grammar.js';
import {isKeyword} from './parse.js';

/**
 * Words that parse to a spec, in the order of its keys: an address may settle the family of what follows. Groups stand
 * last, because they may swallow what is behind them.
 */
export function formatClause<T extends Terms>(clause: Clause<T>, spec: Parsed<Clause<T>>, env: GrammarEnv): string[] {
  const bag = spec as SpecBag;
  const words: string[] = [];
  const groups: string[] = [];
  const leads = new Set(Object.values(clause.terms).map(term => term.lead));
  for (const key of Object.keys(bag)) {
    const term = clause.terms[key];
    if (term === undefined || bag[key] === undefined || leads.has(key)) continue;
    const lead = term.lead === undefined ? undefined : clause.terms[term.lead];
    const said: string[] = [];
    if (lead !== undefined && bag[term.lead as string] !== undefined) {
      said.push(...formatTerm(lead, bag[term.lead as string], env));
    }
    said.push(...formatTerm(term, bag[key], env));
    const [noise] = term.kind === 'rest' ? term.spellings : [];
    if (noise !== undefined && said[0] !== undefined && isMistaken(said[0], clause, term, env)) words.push(noise.text);
    const isGroup = term.inner !== undefined || term.kind === 'repeat';
    (isGroup ? groups : words).push(...said);
  }
  return [...words, ...groups];
}

/** Whether a word in the place of a rest() would be read as something else: a device may be called `up`. */
function isMistaken(word: string, clause: Clause<Terms>, rest: Term<unknown>, env: GrammarEnv): boolean {
  if (isKeyword(word, clause) || (rest.help !== false && 'help'.startsWith(word))) return true;
  for (const {term} of clause.others) {
    if (term === rest) break;
    if (term.value?.accepts?.(word, env) === true) return true;
  }
  return false;
}

function formatTerm(term: Term<unknown>, value: unknown, env: GrammarEnv): readonly string[] {
  const first = term.spellings[0]?.text;
  switch (term.kind) {
    case 'flag': {
      const spelling = term.spellings[term.constants?.indexOf(value) ?? 0];
      return spelling === undefined ? [] : [spelling.text];
    }
    case 'repeat':
      return (value as readonly unknown[]).flatMap(one => [first as string, ...formatTail(term, one, env)]);
    case 'keyword':
      return [first as string, ...formatTail(term, value, env)];
    case 'help':
      return [];
    default:
      return formatTail(term, value, env);
  }
}

function formatTail(term: Term<unknown>, value: unknown, env: GrammarEnv): readonly string[] {
  if (term.inner !== undefined) return formatClause(term.inner, value as Parsed<Clause<Terms>>, env);
  return (
    (term.value as {format(value: unknown, env: GrammarEnv): readonly string[]} | undefined)?.format(value, env) ?? []
  );
}

/** A whole command without the program: `route add 10.0.0.0/8 via 192.0.2.1`. What `--explain` prints. */
export function formatCommand(
  verbs: Verbs,
  command: {readonly verb: string; readonly spec: object},
  env: GrammarEnv,
): string[] {
  const found = verbs.list.find(verb => verb.name === command.verb);
  if (found === undefined) throw new RangeError(`${verbs.object} has no verb ${command.verb}`);
  const inner = typeof found.clause === 'function' ? found.clause() : found.clause;
  return [verbs.object, found.name, ...formatClause(inner, command.spec as never, env)];
}
