import {accepted, comparable, comparableState} from './argv.compare.js';
import {commandOf, type LineMaker} from './argv.lines.js';
import {Twins} from './argv.twins.js';
import type {Random} from './schema.samples.js';

/** Lines that one world sees before the next one is made. */
const LINES_A_WORLD = 40;
/** Every so many lines ours runs as the real program. */
const WHOLE_EVERY = 20;

/** Two unequal answers, and what led to them. */
export interface Difference {
  /** Lines from the start of the world; the last one shows the difference. */
  readonly lines: readonly (readonly string[])[];
  readonly wanted: object;
  readonly got: object;
}

/** What a hunt is to do. */
export interface Hunt {
  readonly script: string;
  readonly maker: LineMaker;
  readonly random: Random;
  readonly count: number;
  readonly only?: RegExp | undefined;
  /** Told at once, for long runs. */
  found?(difference: Difference): void;
}

/**
 * Runs random lines on both sides and compares. What differs is run again in a new world, so that only what can be
 * repeated counts.
 */
export async function hunt({script, maker, random, count, only, found}: Hunt): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (let done = 0; done < count; ) {
    const twins = await Twins.create(script);
    const lines: string[][] = [];
    try {
      while (done < count && lines.length < LINES_A_WORLD) {
        lines.push(maker.line(random, only));
        done++;
        const line = lines.at(-1) as string[];
        if ((await compare(twins, line, done % WHOLE_EVERY === 0)) === undefined) continue;
        if (isAccepted(line)) break;
        const difference = await repeated(script, lines);
        if (difference !== undefined) {
          differences.push(difference);
          found?.(difference);
        }
        break;
      }
    } finally {
      twins.close();
    }
  }
  return differences;
}

/** The difference that the last line shows in a new world too: on its own, or behind all the others. */
async function repeated(script: string, lines: readonly string[][]): Promise<Difference | undefined> {
  for (const some of lines.length > 1 ? [lines.slice(-1), lines] : [lines]) {
    const twins = await Twins.create(script);
    try {
      for (const [i, line] of some.entries()) {
        const pair = await compare(twins, line, true);
        if (pair !== undefined) return {lines: some.slice(0, i + 1), wanted: pair[0], got: pair[1]};
      }
    } finally {
      twins.close();
    }
  }
  return undefined;
}

/** Runs a line on both sides. @returns what differs, of the answers or else of the state afterwards */
async function compare(twins: Twins, line: readonly string[], whole: boolean): Promise<[object, object] | undefined> {
  const answers = await twins.both(side => side.run(line, whole || needsProcess(line)));
  const pair = answers.map(answer => comparable(answer, line)) as [object, object];
  if (!isEqual(...pair)) return pair;
  const [{stdout, status}] = answers;
  if (status !== 0 || stdout !== '') return undefined;
  await twins.both(side => side.settle());
  const states = await twins.both(async side => comparableState(await side.state()));
  return isEqual(...states) ? undefined : parted(...states);
}

/** Lines that one of two states has alone. */
function parted(a: readonly string[], b: readonly string[]): [object, object] {
  return [a.filter(line => !b.includes(line)), b.filter(line => !a.includes(line))];
}

function isEqual(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isAccepted(line: readonly string[]): boolean {
  return accepted.some(({line: pattern}) => pattern.test(line.join(' ')));
}

/** Whether a line enters a namespace or becomes another program. */
function needsProcess(line: readonly string[]): boolean {
  const [object = ''] = commandOf(line);
  return 'netns'.startsWith(object) || 'vrf'.startsWith(object) || line.some(word => /^--?n/.test(word));
}
