// npm run test:vm: command lines that need another kernel, run there by the reference and by ours and compared. The
// machine boots once for each kernel; each file of test/vm/cases has a network namespace of its own.
//
// A file: `% modules NAME...` are loaded first; what `% free REGEX` matches is not compared; `= name` begins a case; other
// lines are commands without the program's name. It is `ip`, for which each side is one `ip -batch` because a process takes
// seconds to start there: lines before the first case prepare, `% ip OPTIONS` are those of both sides, one run each where
// there are several such lines, and the environment of what they run has the program that is compared as $IP; `% before LINE`
// and `% after LINE` are of the shell. `% kernel NAME` is one of kernel.mjs that is not the usual one, `% built` needs
// the drivers that kernel.mjs builds: where a suite or a source cannot be had, the file is told as not run. With `% ss`
// it is `ss`, a process each: lines before the first case are of the shell, and both sides look at the same sockets.
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {cache, prepare} from './kernel.mjs';
import {obstacle, runInMachine} from './machine.mjs';

const root = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'cases');
const LIMIT = 540;

/** The kernel makes up the permanent addresses of tunnels over IPv6. */
const random = /(?<=permaddr"?[ :]"?)[0-9a-f:]+/g;

/** Lines that part the outputs of the cases: one that both print, one that both refuse. */
const marker = name => `Usage: ... ${name}`;
const mark = 'link help dummy';
const refused = 'no-such-device';
const refusal = `Device "${refused}" does not exist.\\nCommand failed -:1`;

function parse(file) {
  const found = {
    file: basename(file, '.txt'),
    program: 'ip',
    kernel: 'stock',
    built: false,
    modules: [],
    free: [random],
    runs: [],
    before: [],
    after: [],
    cases: [{name: 'setup', lines: []}],
  };
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    if (text.startsWith('% modules ')) found.modules.push(...text.slice(10).split(' '));
    else if (text.startsWith('% free ')) found.free.push(new RegExp(text.slice(7), 'gm'));
    else if (text === '% ss') found.program = 'ss';
    else if (text.startsWith('% ip')) found.runs.push(text.slice(4).trim());
    else if (text === '% built') found.built = true;
    else if (text.startsWith('% kernel ')) found.kernel = text.slice(9);
    else if (text.startsWith('% before ')) found.before.push(text.slice(9));
    else if (text.startsWith('% after ')) found.after.push(text.slice(8));
    else if (text.startsWith('= ')) found.cases.push({name: text.slice(2), lines: []});
    else found.cases.at(-1).lines.push(text);
  }
  if (found.runs.length === 0) found.runs.push('');
  return found;
}

const batch = ({cases}) => cases.flatMap(({lines}) => [...lines, mark, `link show dev ${refused}`]);

const sidesOf = (program, ref = program) => ({ref, ours: `${process.execPath} ${join(root, `bin/ts${program}.cjs`)}`});

/** Shell lines for one file: both sides, and what they wrote in base64 between lines of our own. */
function script(set, {ip}) {
  return set.program === 'ip' ? batchScript(set, ip) : processScript(set);
}

const tell = (file, i, side, stream, path) => [`echo "@ ${file} ${i} ${side} ${stream}"`, `base64 ${path}`];

function processScript({file, program, cases: [setup, ...cases]}) {
  const sides = Object.entries(sidesOf(program));
  const marks = sides.map(
    ([side]) => `echo '${marker('dummy')}' >>/run/${side}.out; printf '${refusal}\\n' >>/run/${side}.err`,
  );
  const run = line =>
    sides.map(([side, path]) => {
      const to = `/run/${side}`;
      return `timeout 60 ${path} ${line} >>${to}.out 2>>${to}.err </dev/null; echo "status $?" >>${to}.out`;
    });
  return [
    `cat >/run/${file} <<'END'`,
    `cd ${folder}; rm -f ${sides.map(([side]) => `/run/${side}.*`).join(' ')}`,
    ...setup.lines,
    ...marks,
    ...cases.flatMap(({lines}) => [...lines.flatMap(run), ...marks]),
    'kill $(jobs -p)',
    'END',
    `unshare -n -m sh /run/${file}`,
    ...sides.flatMap(([side]) =>
      ['out', 'err'].flatMap(stream => tell(file, 0, side, stream, `/run/${side}.${stream}`)),
    ),
  ];
}

function batchScript(set, ip) {
  const path = `/run/${set.file}`;
  const lines = [`cat >${path} <<'END'`, ...batch(set), 'END'];
  lines.push(`cat >${path}.sh <<'END'`, ...set.before, '"$@" >/run/out 2>/run/err </dev/null', ...set.after, 'END');
  const sides = sidesOf('ip', ip);
  set.runs.forEach((options, i) => {
    for (const [side, program] of Object.entries(sides)) {
      lines.push(
        'rm -f /run/out /run/err',
        `IP='${program}' timeout 150 unshare -n -m sh ${path}.sh ${program} -force ${options} -batch ${path}`,
      );
      for (const stream of ['out', 'err']) {
        lines.push(...tell(set.file, i, side, stream, `/run/${stream}`));
      }
    }
  });
  return lines;
}

/** What every listing of a newer reference has and that of iproute2 6.1 has not. */
const newer = [
  [/(promiscuity \d+) (?=allmulti)/g, '$1  '],
  [/g[sr]o_ipv4_max_size \d+ /g, ''],
  [/,"g[sr]o_ipv4_max_size":\d+/g, ''],
];

function older(text) {
  return newer.reduce((left, [pattern, by]) => left.replace(pattern, by), text);
}

/** Parts of a stream by case. */
function parted(text, stream, free) {
  const pattern =
    stream === 'out'
      ? new RegExp(`^\\[?\\]?${marker('dummy')}\\n`, 'm')
      : new RegExp(`^Device "${refused}" does not exist\\.\\nCommand failed .*\\n`, 'm');
  return free.reduce((rest, part) => rest.replace(part, '~'), text).split(pattern);
}

function collect(output) {
  const streams = new Map();
  for (const part of output.split(/^@ /m).slice(1)) {
    const [head, ...lines] = part.split('\n');
    streams.set(head, Buffer.from(lines.join(''), 'base64').toString('latin1'));
  }
  return streams;
}

function difference(wanted, got) {
  // JSON has all in one line: what stands around the first difference is enough.
  let at = 0;
  while (at < wanted.length && wanted[at] === got[at]) at++;
  const from = Math.max(0, at - 60);
  const part = text => JSON.stringify(text.slice(from, at + 60));
  return `    wanted ${part(wanted)}\n    got    ${part(got)}`;
}

const seconds = (from, to = Date.now()) => `${Math.round((to - from) / 1000)} s`;

/** Compares what both sides wrote, and counts the cases. */
function report(sets, streams, count) {
  for (const set of sets) {
    set.runs.forEach((options, i) => {
      const of = (side, stream) => parted(streams.get(`${set.file} ${i} ${side} ${stream}`) ?? '', stream, set.free);
      const sides = {
        ref: {out: of('ref', 'out').map(text => (set.kernel === 'stock' ? text : older(text))), err: of('ref', 'err')},
        ours: {out: of('ours', 'out'), err: of('ours', 'err')},
      };
      set.cases.forEach(({name, lines}, n) => {
        if (lines.length === 0) return;
        const wrong = ['out', 'err'].filter(stream => {
          const wanted = sides.ref[stream][n];
          return wanted === undefined || wanted !== sides.ours[stream][n];
        });
        // A case that says nothing at all can compare nothing.
        const isMute = name !== 'setup' && (sides.ref.out[n] ?? '') === '' && (sides.ref.err[n] ?? '') === '';
        if (wrong.length === 0 && !isMute) {
          count.passed++;
          return;
        }
        count.failed++;
        console.log(
          `FAIL ${set.file} ${options === '' ? '' : `ip ${options}: `}${name}${isMute ? ': prints nothing' : ''}`,
        );
        for (const stream of wrong)
          console.log(difference(sides.ref[stream][n] ?? '(nothing)', sides.ours[stream][n] ?? '(nothing)'));
      });
    });
  }
}

function notRun(sets, why) {
  for (const {file} of sets) console.log(`NOT RUN ${file}: ${why}`);
}

/** A kernel, undefined where its suite cannot be had. @throws {Error} without the usual one */
function prepared(name, sets) {
  try {
    return prepare(name);
  } catch (error) {
    if (name === 'stock') throw error;
    notRun(sets, error.message);
  }
}

const only = process.argv[2];
const sets = readdirSync(folder)
  .filter(name => name.endsWith('.txt') && (only === undefined || name.includes(only)))
  .sort()
  .map(name => parse(join(folder, name)));
const why = obstacle();
if (why !== undefined) {
  console.log(`no virtual machine: ${why}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const count = {passed: 0, failed: 0};
/** What the sides wrote, for a closer look: FILE.RUN.SIDE.STREAM. */
const last = join(cache, 'last');
mkdirSync(last, {recursive: true});
const begun = Date.now();
for (const name of new Set(sets.map(set => set.kernel))) {
  const wanted = sets.filter(set => set.kernel === name);
  const start = Date.now();
  try {
    const kernel = prepared(name, wanted);
    if (kernel === undefined) continue;
    const here = wanted.filter(set => kernel.lacks === undefined || !set.built);
    notRun(
      wanted.filter(set => !here.includes(set)),
      kernel.lacks,
    );
    const modules = [...new Set(here.flatMap(set => set.modules))];
    const ready = Date.now();
    const lines = [
      // Tunnel modules would put a device of their own into every namespace.
      'echo 1 >/proc/sys/net/core/fb_tunnels_only_for_init_net',
      ...modules.map(module => `modprobe ${module} || echo "no module ${module}" >&2`),
      ...here.flatMap(set => script(set, kernel)),
    ];
    const {output} = await runInMachine(kernel, lines, LIMIT);
    const streams = collect(output);
    for (const [head, text] of streams) writeFileSync(join(last, head.replaceAll(' ', '.')), text, 'latin1');
    report(here, streams, count);
    console.log(`kernel ${name}: ${seconds(start, ready)} to prepare, ${seconds(ready)} to run`);
  } catch (error) {
    console.log(error.message);
    count.failed++;
  }
}
console.log(`test/vm: ${seconds(begun)}`);
console.log(`${count.passed} passed, ${count.failed} failed`);
if (process.env.TEST_RESULTS !== undefined) {
  const numbers = {numPassedTests: count.passed, numFailedTests: count.failed, numFailedTestSuites: 0};
  writeFileSync(process.env.TEST_RESULTS, JSON.stringify(numbers));
}
process.exit(count.failed === 0 ? 0 : 1);
