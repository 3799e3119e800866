// node loads.mjs NAME OPTIONS: makes one load in the network namespace it runs in, measures the reference and ours pair by
// pair, and prints one JSON row a line.
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const here = import.meta.dirname;
const bin = join(here, '../../bin');
const [name, json] = process.argv.slice(2);
const {node, pairs, small} = JSON.parse(json);
const scratch = mkdtempSync(join(tmpdir(), 'tsip-bench-'));
// What is set for node (NODE_EXTRA_CA_CERTS above all) costs start-up time.
const env = {PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/', LC_ALL: 'C'};

const ours = program => [node, join(bin, `${program}.cjs`)];

function run(argv, options = {}) {
  const result = spawnSync(argv[0], argv.slice(1), {env, maxBuffer: 1 << 30, ...options});
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${argv.join(' ')}: ${result.status ?? result.signal} ${result.stderr}`);
  return result.stdout;
}

function ipBatch(lines) {
  const file = join(scratch, 'setup');
  writeFileSync(file, `${lines.join('\n')}\n`);
  run(['ip', '-batch', file]);
}

function sample(argv) {
  const result = JSON.parse(run([process.execPath, join(here, 'measure.mjs'), ...argv]));
  if (result.status !== 0) throw new Error(`${argv.join(' ')}: status ${result.status}`);
  return result;
}

const addon = {exports: {}};
process.dlopen(addon, join(here, `../../native/prebuilds/linux-${process.arch}.node`));
const spent = () => (addon.exports.childUsage(0) + addon.exports.childUsage(1)) / 1000;

/** A short command without a process around it: a machine changes its speed within seconds, so runs must take turns quickly. */
function turn(argv) {
  const before = spent();
  const start = performance.now();
  run(argv, {stdio: ['ignore', 'ignore', 'inherit']});
  return {cpuMs: spent() - before, wallMs: performance.now() - start, peakMib: 0};
}

const median = list => {
  const sorted = [...list].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/**
 * @param reference command line that sets the measure
 * @param candidate ours
 * @param options `short` for a command of some milliseconds, `before` runs untimed before each sample, `sameOutput` compares
 *   the bytes first
 */
function pair(load, reference, candidate, options = {}) {
  const {short = false, before = () => {}, sameOutput = false, count = pairs, ...row} = options;
  let output = '';
  if (sameOutput) output = run(reference).equals(run(candidate)) ? 'same' : 'differs';
  // V8's code cache beside dist/ is complete after some runs.
  if (!row.changes) for (let i = 0; i < 10; i++) run(candidate, {stdio: ['ignore', 'ignore', 'inherit']});
  const got = [];
  for (let i = 0; i < count; i++) {
    const both = [];
    for (const side of i % 2 === 0 ? [0, 1] : [1, 0]) {
      before();
      both[side] = (short ? turn : sample)(side === 0 ? reference : candidate);
    }
    got.push(both);
  }
  const mid = (side, key) => median(got.map(both => both[side][key]));
  const ratio = key => median(got.map(both => both[1][key] / both[0][key]));
  const result = {
    load,
    output,
    pairs: count,
    referenceCpuMs: mid(0, 'cpuMs'),
    cpuMs: mid(1, 'cpuMs'),
    cpuRatio: ratio('cpuMs'),
    wallRatio: ratio('wallMs'),
    peakMib: short ? sample(candidate).peakMib : mid(1, 'peakMib'),
    ...row,
  };
  console.log(JSON.stringify(result));
}

const device = [
  'link set lo up',
  'link add v0 type veth peer name v1',
  'link set v0 addrgenmode none',
  'link set v1 addrgenmode none',
  'link set v0 up',
  'link set v1 up',
  'addr add 10.9.0.1/16 dev v0',
];
const inet = i => `${16 + (i >> 24)}.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const addLine = i => `route add ${inet(i)} via 10.9.0.2 dev v0`;
const range = (from, to, line) => Array.from({length: to - from}, (_, i) => line(from + i));

/** `ip -batch` keeps 4 KiB a line in memory, hence the slices. */
function addRoutes(count) {
  for (let from = 0; from < count; from += 100_000) ipBatch(range(from, Math.min(count, from + 100_000), addLine));
}

/** A listing of connected TCP sockets. */
function socketPair(sockets, tool, option, budget, count = pairs) {
  const title = `\`${tool} ${option}\`, ${sockets.toLocaleString('en')} sockets`;
  pair(title, [tool, option], [...ours(`ts${tool}`), option], {
    sameOutput: true,
    count,
    ...(small ? {} : {budget}),
  });
}

/** Runs `body` while `count` connected TCP sockets are held by processes of 10,000 each. */
async function withSockets(count, body) {
  const perHolder = 10_000;
  ipBatch(['link set lo up']);
  const line = 'ulimit -n "$(ulimit -Hn)"; exec "$@"';
  const holders = range(0, Math.ceil(count / perHolder), group =>
    spawn(
      'sh',
      ['-c', line, 'sh', process.execPath, join(here, 'hold.mjs'), `${group + 1}`, `${Math.min(count, perHolder)}`],
      {stdio: ['pipe', 'pipe', 'inherit'], env},
    ),
  );
  await Promise.all(
    holders.map(
      holder =>
        new Promise((resolve, reject) => {
          holder.stdout.once('data', resolve);
          holder.once('exit', status => reject(new Error(`a holder of sockets ended with ${status}`)));
        }),
    ),
  );
  body();
  for (const holder of holders) holder.removeAllListeners('exit').stdin.end();
}

const loads = {
  start() {
    ipBatch(device);
    const budget = 1.15;
    for (const [argv, limit] of [
      [['tsip', 'route'], budget],
      [['tsip', 'addr'], budget],
      [['tsip', 'link'], budget],
      [['tsip', 'neigh'], budget],
      [['tsip', 'rule'], budget],
      [['tsroute', '-n'], budget],
      [['tsnetstat', '-rn'], budget],
      [['tsifconfig'], budget],
      [['tsss', '-tan']],
      // What scripts call most.
      [['tsip', 'link', 'set', 'v0', 'up']],
      [['tsip', 'addr', 'replace', '192.0.2.9/24', 'dev', 'v0']],
      [['tsip', 'route', 'replace', '198.51.100.0/24', 'dev', 'v0']],
    ]) {
      const [program, ...words] = argv;
      const title = `start of \`${argv.join(' ')}\`, over \`node -e 0\``;
      pair(title, [node, '-e', '0'], [...ours(program), ...words], {
        short: true,
        count: small ? 20 : 100,
        budget: limit,
      });
    }
  },

  routes() {
    const count = small ? 20_000 : 1_000_000;
    ipBatch(device);
    addRoutes(count);
    const title = text => `\`${text}\`, ${count.toLocaleString('en')} routes`;
    const budgets = small ? {} : {budget: 0.6, budgetMib: 64};
    pair(title('ip route'), ['ip', 'route'], [...ours('tsip'), 'route'], {sameOutput: true, ...budgets});
    pair(title('ip -j route'), ['ip', '-j', 'route'], [...ours('tsip'), '-j', 'route'], {sameOutput: true});
    const translated = {sameOutput: true, ...(small ? {} : {budget: 0.3})};
    pair(title('route -n'), ['route', '-n'], [...ours('tsroute'), '-n'], translated);
    pair(title('netstat -rn'), ['netstat', '-rn'], [...ours('tsnetstat'), '-rn'], translated);
  },

  batch() {
    const count = small ? 10_000 : 100_000;
    const file = join(scratch, 'add');
    writeFileSync(file, `${range(0, count, addLine).join('\n')}\n`);
    ipBatch(device);
    const before = () => ipBatch(['link del v0', ...device.slice(1)]);
    pair(
      `\`ip -batch\`, ${count.toLocaleString('en')} route adds`,
      ['ip', '-batch', file],
      [...ours('tsip'), '-batch', file],
      {
        before,
        changes: true,
        ...(small ? {} : {budget: 1}),
      },
    );
  },

  async sockets() {
    const count = small ? 2_000 : 200_000;
    await withSockets(count, () => {
      socketPair(count, 'ss', '-tan', 0.75);
      socketPair(count, 'ss', '-tani', 0.75);
      socketPair(count, 'netstat', '-tan', 0.6);
    });
  },

  /** One pair each: the reference needs minutes, as it looks each socket up among all descriptors. */
  async owners() {
    const count = small ? 2_000 : 100_000;
    await withSockets(count, () => {
      socketPair(count, 'ss', '-tanp', 0.15, 1);
      socketPair(count, 'netstat', '-tanp', 0.25, 1);
    });
  },
};

try {
  await loads[name]();
} finally {
  rmSync(scratch, {recursive: true, force: true});
}
