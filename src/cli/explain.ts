import type {Io} from '../io.js';
import {LineReader, splitLine} from '../iproute/batch.js';
import {explain} from '../nettools/explain.js';
import {explained} from '../nettools/explained.js';

const STDIN = 0;
const FAILED = 1;

/**
 * `tsnet explain LINE`: a command line of net-tools, as one word that is parted like a line of `ip -batch`, or as words.
 * Without words the lines are read from standard input, and each is shown as a comment before what it comes to.
 * @returns the exit status of the last line that failed
 */
export async function runExplain(argv: readonly string[], io: Io): Promise<number> {
  const [first] = argv;
  if (first !== undefined) return explainWords(argv.length === 1 ? splitLine(first) : argv, io);
  let status = 0;
  const reader = new LineReader(STDIN, () => io.out.flush());
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    const words = splitLine(line);
    if (words.length === 0) continue;
    io.out.text(`# ${line.trim()}\n`);
    status = (await explainWords(words, io)) || status;
  }
  return status;
}

async function explainWords([path = '', ...argv]: readonly string[], io: Io): Promise<number> {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/^ts/, '');
  const program = explained.find(one => one === name);
  if (program !== undefined) return explain(program, argv, io);
  io.err(`"${path}" is none of ${explained.join(', ')}.\n`);
  return FAILED;
}
