import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {objects} from '../../src/iproute/objects.js';
import {type Difference, hunt} from './argv.hunt.js';
import {LineMaker, objectsOf, type Vocabulary} from './argv.lines.js';
import {Twins} from './argv.twins.js';
import {Random} from './schema.samples.js';

// Long runs by hand: FUZZ_SEED=7 FUZZ_CASES=10000 [FUZZ_ONLY=route] [FUZZ_BATCH=2] [FUZZ_PLAIN=1] node scripts/test.mjs test/fuzz/argv.test.ts
const {FUZZ_SEED: seed = '1', FUZZ_CASES: cases = '400', FUZZ_ONLY: only} = process.env;
const MS_A_CASE = 400;
/** One line in so many is about a single word. */
const PLAIN_EVERY = Number(process.env.FUZZ_PLAIN ?? 4);

const folder = mkdtempSync(join(tmpdir(), 'tsip-argv-'));
const script = join(folder, 'child.mjs');

beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, 'argv.child.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile: script,
    // The addon is found from where the library's source lies.
    define: {'import.meta.url': JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/native.ts')).href)},
  }),
);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Words of the reference's own help: also those that our grammars lack. */
async function vocabulary(): Promise<Vocabulary> {
  const twins = await Twins.create(script);
  const words: Record<string, readonly string[]> = {};
  for (const [object] of objects) {
    if (!['help', 'monitor'].includes(object))
      words[object] = (await twins.reference.help(object)).match(/[a-z][\w.-]+/g) ?? [];
  }
  const saved: Record<string, string> = {};
  for (const object of ['address', 'route', 'rule']) saved[object] = await twins.reference.saved(object);
  const kinds = /TYPE := \{([^}]*)\}/.exec(await twins.reference.help('link'))?.[1]?.match(/[a-z]\w+/g) ?? [];
  twins.close();
  return {words, kinds, saved};
}

/** A difference as shell lines, what the reference says, and what we do. */
function told({lines, wanted, got}: Difference): string {
  const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
  const shell = lines.map(({argv, input}) => {
    const before = input === undefined ? '' : `printf %s ${quoted(input)} | `;
    return `${before}ip ${argv.map(quoted).join(' ')}`;
  });
  return [...shell, `  wanted ${JSON.stringify(wanted)}`, `  got    ${JSON.stringify(got)}`].join('\n');
}

test(
  `${cases} random command lines, seed ${seed}`,
  async () => {
    const maker = await LineMaker.create(await vocabulary());
    const random = new Random(Number(seed));
    const pattern = only === undefined ? undefined : new RegExp(only);
    const tally = new Map<string, number>();
    const differences = await hunt({
      script,
      count: Number(cases),
      line: () => (random.below(PLAIN_EVERY) > 0 ? maker.line(random, pattern) : maker.plainLine(random, pattern)),
      ran: line => {
        for (const object of objectsOf(line)) tally.set(object, (tally.get(object) ?? 0) + 1);
      },
      found: difference => console.log(told(difference)),
    });
    console.log(
      `${cases} random command lines compared, seed ${seed}: ${[...tally].map(pair => pair.join(' ')).join(', ')}`,
    );
    expect(differences.map(told).join('\n')).toBe('');
  },
  60_000 + Number(cases) * MS_A_CASE,
);
