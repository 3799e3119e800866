// One side of explain.test.ts, run in a namespace of its own: does the lines of a section one after the other, as they are
// or as `tsnet explain` has them, and writes one JSON object for each: the commands and the kernel's state after them.
import {spawn, spawnSync} from 'node:child_process';
import {createInterface} from 'node:readline';

const [mode, tsnet] = process.argv.slice(2);
const sections = JSON.parse(await new Response(process.stdin).text());

/** The state that is compared; what changes by itself is left out. */
const shows = [
  [[], ['addr show', 'route show table all', 'neigh show', 'neigh show proxy']],
  [['-6'], ['route show table all']],
];
const volatile = new Set(['operstate', 'valid_life_time', 'preferred_life_time', 'linkdown', 'link_index', 'ifindex']);
const unsettled = new Set(['LOWER_UP', 'NO-CARRIER', 'linkdown']);

function state() {
  const text = shows.map(([options, lines]) => run('ip', ['-j', ...options, '-batch', '-'], lines.join('\n')).stdout);
  const objects = text
    .join('')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  return JSON.parse(
    JSON.stringify(objects, (key, value) =>
      volatile.has(key) ? undefined : Array.isArray(value) ? value.filter(one => !unsettled.has(one)) : value,
    ),
  );
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
