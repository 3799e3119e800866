import type {Clause, GrammarEnv, Parsed, SpecBag, Term, Terms, Verbs} from './grammar.js';

/**
 * Words that parse to a spec: the keywordless value first, then terms in the order of the spec's keys, then groups,
 * which may swallow what stands behind them.
 */
export function formatClause<T extends Terms>(clause: Clause<T>, spec: Parsed<Clause<T>>, env: GrammarEnv): string[] {
  const words: string[] = [];
  const bag = spec as SpecBag;
  const pick = (late: (term: Term<unknown>) => boolean): void => {
    for (const key of Object.keys(bag)) {
      const term = clause.terms[key];
      if (term !== undefined && bag[key] !== undefined && late(term)) words.push(...formatTerm(term, bag[key], env));
    }
  };
  for (const [key, term] of Object.entries(clause.terms)) {
    if (term.kind !== 'rest' || bag[key] === undefined) continue;
    const lead = term.lead === undefined ? undefined : clause.terms[term.lead];
    if (lead !== undefined && term.lead !== undefined && bag[term.lead] !== undefined) {
      words.push(...formatTerm(lead, bag[term.lead], env));
    }
    words.push(...formatTerm(term, bag[key], env));
  }
  const leads = new Set(Object.values(clause.terms).map(term => term.lead));
  const isLead = (term: Term<unknown>): boolean =>
    Object.keys(clause.terms).some(k => clause.terms[k] === term && leads.has(k));
  pick(term => term.kind !== 'rest' && term.kind !== 'repeat' && term.inner === undefined && !isLead(term));
  pick(term => term.inner !== undefined || term.kind === 'repeat');
  return words;
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
