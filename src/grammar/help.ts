import type {Clause, Term, Terms, Verbs} from './grammar.js';

const WIDTH = 78;

/** Usage of one object: a line for each verb, wrapped. */
export function usage(verbs: Verbs, program: string): readonly string[] {
  if (verbs.usage !== undefined) return verbs.usage();
  const lines: string[] = [];
  for (const verb of verbs.list) {
    const inner = typeof verb.clause === 'function' ? verb.clause() : verb.clause;
    const head = `${lines.length === 0 ? 'Usage:' : '      '} ${program} ${verbs.object} ${verb.name}`;
    lines.push(...wrap(head, pieces(inner)));
  }
  return lines;
}

/** Usage of a clause alone, behind the words that lead to it. */
export function clauseUsage(words: string, clause: Clause<Terms>): readonly string[] {
  return wrap(`Usage: ${words}`, pieces(clause));
}

/** The bracketed terms of a clause. */
function pieces(clause: Clause<Terms>): string[] {
  const parts: string[] = [];
  for (const term of Object.values(clause.terms)) {
    const isNameless = term.kind === 'word' && term.value?.label === '';
    if (term.hidden !== true && !isNameless) parts.push(piece(term));
  }
  return parts;
}

function piece(term: Term<unknown>): string {
  const words = term.spellings.map(s => s.text);
  const value = term.inner === undefined ? (term.value?.label ?? '') : pieces(term.inner).join(' ');
  switch (term.kind) {
    case 'flag':
      return `[ ${words.join(' | ')} ]`;
    case 'repeat':
      return `[ ${words[0]} ${value} ]...`;
    case 'word':
      return `[ ${value} ]`;
    case 'rest':
      return term.required === true ? value : `[ ${words[0] === undefined ? '' : `[ ${words[0]} ] `}${value} ]`;
    default:
      return `[ ${words[0]} ${value} ]`;
  }
}

/** Joins pieces to lines; later lines stand under the first piece. */
function wrap(head: string, parts: readonly string[]): string[] {
  const indent = ' '.repeat(Math.min(head.length + 1, 24));
  const lines: string[] = [];
  let line = head;
  for (const part of parts) {
    if (line.length + 1 + part.length > WIDTH && line.trim() !== '') {
      lines.push(line);
      line = indent + part;
    } else line += ` ${part}`;
  }
  lines.push(line);
  return lines;
}
