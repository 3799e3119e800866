// npm run bench -- [--quick] [--only=REGEX] [--pairs=N] [--node=PATH] [--write]
//
// CPU time (user + system) of our programs over that of the C tools, as the median of pairs run in turn on the same load
// in a private network namespace. Status 1 when a budget is exceeded. --quick makes small loads, whose ratios say little
// and have no budget; --node measures another Node; --write puts the table into docs/speed.md.
import {spawnSync} from 'node:child_process';
import {accessSync, readFileSync, writeFileSync} from 'node:fs';
import {release} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';

const root = join(import.meta.dirname, '../..');
const {values} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    only: {type: 'string', default: ''},
    pairs: {type: 'string'},
    node: {type: 'string', default: process.execPath},
    write: {type: 'boolean', default: false},
  },
});
const pairs = Number(values.pairs ?? (values.quick ? 3 : 5));

for (const [tool, path, from] of [
  ['ip', '/usr/sbin/ip', 'iproute2'],
  ['ss', '/usr/bin/ss', 'iproute2'],
  ['route', '/usr/sbin/route', 'net-tools'],
  ['netstat', '/usr/bin/netstat', 'net-tools'],
]) {
  try {
    accessSync(path);
  } catch {
    throw new Error(`"${tool}" is missing: install the package ${from}`);
  }
}

/** A median still moves by some per cent between runs on a shared machine. */
const NOISE = 1.03;

const rows = [];
for (const name of ['start', 'routes', 'batch', 'sockets', 'owners'].filter(load =>
  new RegExp(values.only).test(load),
)) {
  const argv = ['--user', '--map-root-user', '--net', '--mount', '--kill-child', process.execPath];
  const options = JSON.stringify({node: values.node, pairs, small: values.quick});
  const result = spawnSync('unshare', [...argv, join(import.meta.dirname, 'loads.mjs'), name, options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 24,
  });
  if (result.error) throw result.error;
  for (const line of result.stdout.toString().split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line);
    row.over = row.cpuRatio > row.budget * NOISE || row.peakMib > row.budgetMib;
    rows.push(row);
    console.log(
      `${row.load.padEnd(52)} cpu ${row.cpuRatio.toFixed(3)}${row.budget ? ` (budget ${row.budget})` : ''}, ` +
        `wall ${row.wallRatio.toFixed(3)}, ${row.referenceCpuMs.toFixed(1)} -> ${row.cpuMs.toFixed(1)} ms, ` +
        `${row.peakMib.toFixed(0)} MiB${row.budgetMib ? ` (budget ${row.budgetMib})` : ''}` +
        `${row.output === '' ? '' : `, output ${row.output}`}${row.over ? '  OVER BUDGET' : ''}`,
    );
  }
  if (result.status !== 0) {
    console.error(`bench: load "${name}" failed (${result.status ?? result.signal})`);
    process.exitCode = 1;
  }
}
if (rows.some(row => row.over)) process.exitCode = 1;

if (values.write) {
  const file = join(root, 'docs/speed.md');
  const version = spawnSync(values.node, ['--version']).stdout.toString().trim();
  const table = [
    `Node ${version}, Linux ${release().split('-')[0]}, ${spawnSync('ip', ['-V']).stdout.toString().trim()}; medians of ${pairs} pairs or more.`,
    '',
    '| load | C tool, CPU ms | ours, CPU ms | CPU ratio | budget | peak MiB |',
    '|---|---|---|---|---|---|',
    ...rows.map(row =>
      [
        '',
        row.load,
        row.referenceCpuMs.toFixed(1),
        row.cpuMs.toFixed(1),
        row.cpuRatio.toFixed(2),
        row.budget ?? '',
        `${row.peakMib.toFixed(0)}${row.budgetMib ? ` of ${row.budgetMib}` : ''}`,
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/(<!-- bench -->\n).*(<!-- end -->)/s, (_, start, end) => `${start}${table}\n${end}`),
  );
}
