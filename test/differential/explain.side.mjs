// One side of explain.test.ts, run in a namespace of its own: does the lines of a section one after the other, as they are
// or as `tsnet explain` has them, and writes one JSON object for each: the commands and the kernel's state after them.
import {spawn, spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';

const [mode, tsnet] = process.argv.slice(2);
const sections = JSON.parse(await new Response(process.stdin).text());

/** Dumps of the state; what the kernel lists in any order is sorted. */
const shows = [
  {options: [], lines: ['addr show', 'neigh show', 'neigh show proxy'], sorted: [false, true, true]},
  {options: ['-4'], lines: ['route show table all'], sorted: [false]},
  {options: ['-6'], lines: ['route show table all'], sorted: [true]},
];
/** What changes by itself. Only root of the machine may set a queue's length by ioctl, so others do not compare it. */
const volatile = new Set(['operstate', 'valid_life_time', 'preferred_life_time', 'linkdown', 'tentative', 'ifindex']);
if (readFileSync('/proc/self/uid_map', 'latin1').trim().split(/\s+/)[2] !== '4294967295') volatile.add('txqlen');
/** Flags that come by themselves, and one that ip has no word for, as --explain says. */
const unsettled = new Set(['LOWER_UP', 'NO-CARRIER', 'linkdown', 'AUTOMEDIA']);
const isSteady = one => !unsettled.has(one) && one?.dst !== 'ff00::/8';

function dump() {
  return shows.flatMap(({options, lines, sorted}) => {
    const {stdout} = run('ip', ['-j', ...options, '-batch', '-'], lines.join('\n'));
    return stdout
      .trim()
      .split('\n')
      .map((line, i) => {
        const objects = JSON.parse(line, (key, value) =>
          volatile.has(key) ? undefined : Array.isArray(value) ? value.filter(isSteady) : value,
        );
        return sorted[i] ? objects.map(one => JSON.stringify(one)).sort() : objects;
      });
  });
}

/** Waits for duplicate address detection, which adds the routes of new addresses. */
function state() {
  for (let i = 0; i < 100 && run('ip', ['-6', 'addr', 'show', 'tentative']).stdout !== ''; i++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  return dump();
}

function run(file, argv, input = '') {
  return spawnSync(file, argv, {input, encoding: 'latin1', timeout: 60_000});
}

/** Starts one explainer for a section; it answers each line with a heading and the commands. */
function explainer() {
  const child = spawn(process.execPath, [tsnet, 'explain'], {stdio: ['pipe', 'pipe', 'ignore']});
  const answers = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\nend\n`);
      const commands = [];
      for (;;) {
        const {value, done} = await answers.next();
        if (done) throw new Error(`no answer to ${line}`);
        if (value === '# end') return commands;
        if (value !== `# ${line}`) commands.push(value);
      }
    },
    end: () => child.stdin.end(),
  };
}

const explain = mode === 'new' ? explainer() : undefined;
for (const lines of sections) {
  for (const line of lines) {
    // Set-up is the same on both sides.
    if (line.startsWith('$')) {
      const {status, stderr} = run('sh', ['-ec', line.slice(1)]);
      if (status !== 0) throw new Error(`${line}: ${stderr}`);
      continue;
    }
    const commands = explain === undefined ? [line] : await explain.ask(line);
    const {stderr} = run('sh', ['-c', commands.join('\n')]);
    process.stdout.write(`${JSON.stringify({line, commands, stderr, state: state()})}\n`);
  }
}
explain?.end();
