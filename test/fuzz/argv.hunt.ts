import {accepted, comparable, comparableState} from './argv.compare.js';
import {commandOf, type Line} from './argv.lines.js';
import {Twins} from './argv.twins.js';

/** Lines that one world sees before the next one is made. */
const LINES_A_WORLD = 40;
/** Every so many lines ours runs as the real program. */
const WHOLE_EVERY = 20;
/** Status of what the kernel refuses, which may come after a part of it was done. */
const REFUSED = 2;

/** Two unequal answers, and what led to them. */
export interface Difference {
  /** Lines from the start of the world; the last one shows the difference. */
  readonly lines: readonly Line[];
  readonly wanted: object;
  readonly got: object;
}

/** What a hunt is to do. */
export interface Hunt {
  readonly script: string;
  readonly count: number;
  /** Makes a line. */
  line(): Line;
  /** Told of each line. */
  ran?(line: Line): void;
  /** Told at once, for long runs. */
  found?(difference: Difference): void;
}

/**
 * Runs random lines on both sides and compares. What differs is run again in a new world, so that only what can be
 * repeated counts.
 */
export async function hunt({script, count, line: next, ran, found}: Hunt): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (let done = 0; done < count; ) {
    const twins = await Twins.create(script);
    const lines: Line[] = [];
    try {
      while (done < count && lines.length < LINES_A_WORLD) {
        lines.push(next());
        done++;
        const line = lines.at(-1) as Line;
        ran?.(line);
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
async function repeated(script: string, lines: readonly Line[]): Promise<Difference | undefined> {
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
async function compare(twins: Twins, line: Line, whole: boolean): Promise<[object, object] | undefined> {
  const answers = await twins.both(side => side.run(line, whole || needsProcess(line)));
  // Where the reference crashes it has no answer.
  if (answers[0].status === 'SIGSEGV') return undefined;
  const pair = answers.map(answer => comparable(answer, wordsOf(line))) as [object, object];
  if (!isEqual(...pair)) return pair;
  const [{stdout, status}] = answers;
  const mayChange = status === 0 ? stdout === '' : status === REFUSED;
  if (!mayChange && !isBatch(line)) return undefined;
  await twins.both(side => side.settle());
  const states = await twins.both(async side => comparableState(await side.state()));
  return isEqual(...states) ? undefined : parted(...states);
}

/** Lines that one of two states has alone, or more often. */
function parted(a: readonly string[], b: readonly string[]): [object, object] {
  return [without(a, b), without(b, a)];
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter(line => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isEqual(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isAccepted(line: Line): boolean {
  return accepted.some(({line: pattern}) => pattern.test(wordsOf(line).join(' ')));
}

/** All words that a run may act on. */
function wordsOf(line: Line): readonly string[] {
  const {argv, input = ''} = line;
  return isBatch(line) ? [...argv, ...input.replaceAll('\\\n', ' ').split(/\s+/)] : argv;
}

function isBatch({argv}: Line): boolean {
  return argv.includes('-batch');
}

/** Whether a line reads its standard input, enters a namespace or becomes another program. */
function needsProcess({argv, input}: Line): boolean {
  const [object = ''] = commandOf(argv);
  if (input !== undefined || argv.some(word => /^--?n/.test(word))) return true;
  return 'netns'.startsWith(object) || 'vrf'.startsWith(object) || 'sr'.startsWith(object);
}
