import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../src/errors.js';
import {completions} from '../../src/grammar/complete.js';
import {formatClause} from '../../src/grammar/format.js';
import {
  type Clause,
  Cursor,
  type GrammarEnv,
  type Terms,
  type VerbList,
  type Verbs,
} from '../../src/grammar/grammar.js';
import {usage} from '../../src/grammar/help.js';
import {matches, parseClause, parseVerbs, starts} from '../../src/grammar/parse.js';
import {Names} from '../../src/names/tables.js';
import {clauseOf, isVerbs, lineFor, pick} from './grammar.lines.js';
import {Random} from './schema.samples.js';

const ROUNDS = 300;
const names = new Names('/nowhere');
const env = (family = 0): GrammarEnv => ({family, names, program: 'ip', usage: () => ['Usage:']});

// Every grammar there is: modules of the ops row export the verbs of their objects.
const grammars: Verbs<VerbList>[] = [];
const base = new URL('../../src/ops/', import.meta.url);
for (const file of readdirSync(base).filter(name => name.endsWith('.ts'))) {
  const module: Record<string, unknown> = await import(new URL(file, base).href);
  grammars.push(...Object.values(module).filter(isVerbs));
}

/** What parsing gives; undefined for a refusal. Any other error is a failure of the test. */
function tryParse(clause: Clause<Terms>, words: readonly string[]): {spec: object; family: number} | undefined {
  const line = env();
  const cursor = new Cursor(words);
  try {
    const spec = parseClause(clause, cursor, line);
    return cursor.done ? {spec, family: line.family} : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

test('grammars are found', () => expect(grammars.map(verbs => verbs.object)).toContain('route'));

describe.each(grammars.map(verbs => [verbs.object, verbs] as const))('ip %s', (_object, verbs) => {
  test('every beginning of a verb means the first that has it', () => {
    for (const start of new Set(verbs.list.flatMap(verb => verb.spellings.flatMap(starts)))) {
      const first = verbs.list.find(verb => verb.spellings.some(spelling => matches(start, spelling)));
      try {
        expect(parseVerbs(verbs, new Cursor([start]), env()).verb).toBe(first?.name);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        expect(error.lines.join()).not.toContain('is unknown');
      }
    }
  });

  test('every beginning of a keyword means the first that has it', () => {
    for (const verb of verbs.list) {
      const clause = clauseOf(verb);
      tryParse(clause, ['x']);
      for (const [start, entry] of clause.lookup ?? []) {
        const first = Object.keys(clause.terms).find(key =>
          clause.terms[key]?.spellings.some(spelling => matches(start, spelling)),
        );
        expect([start, entry.key]).toEqual([start, first]);
      }
    }
  });

  test.each(verbs.list.map(verb => [verb.name, verb] as const))('%s: parse of format is identity', (_name, verb) => {
    const clause = clauseOf(verb);
    const random = new Random(7);
    for (let round = 0; round < ROUNDS; round++) {
      const words = lineFor(verb, random);
      const parsed = tryParse(clause, words);
      if (parsed === undefined) continue;
      const line = env(parsed.family);
      const again = formatClause(clause, parsed.spec as never, line);
      const second = tryParse(clause, again);
      expect({words, again, spec: second?.spec}).toEqual({words, again, spec: parsed.spec});
    }
  });

  test('rubbish is refused, never fatal', () => {
    const random = new Random(11);
    const pool = verbs.list.flatMap(verb =>
      Object.values(clauseOf(verb).terms).flatMap(t => t.spellings.map(s => s.text)),
    );
    for (let round = 0; round < ROUNDS; round++) {
      const words = Array.from({length: random.below(7)}, () =>
        random.below(3) === 0
          ? pick(random, ['', 'x', '-1', '10.0.0.0/8', '::', 'eth0', '/', 'help'])
          : pick(random, pool),
      );
      for (const verb of verbs.list) tryParse(clauseOf(verb), words);
      expect(() => completions(verbs, words, env())).not.toThrow();
    }
  });

  test('usage names every verb', () => {
    const text = usage(verbs, 'ip').join('\n');
    expect(text).toMatch(/^Usage:/);
    if (verbs.usage === undefined) for (const verb of verbs.list) expect(text).toContain(` ${verb.name}`);
  });
});
