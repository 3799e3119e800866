// node measure.mjs TIMES COMMAND...: runs a command TIMES times with stdout thrown away and prints what it cost as JSON.
//
// A process of its own for each sample, because getrusage(RUSAGE_CHILDREN) remembers the largest child for ever. The shell
// between is small: a child of node would first pay for giving back node's copied page tables.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

const addon = {exports: {}};
process.dlopen(addon, join(import.meta.dirname, `../../native/prebuilds/linux-${process.arch}.node`));

const [times, ...command] = process.argv.slice(2);
const loop = 'n=$1; shift; while [ $n -gt 0 ]; do "$@" || exit; n=$((n - 1)); done';
const start = performance.now();
const {status, error} = spawnSync('sh', ['-c', loop, 'sh', times, ...command], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const wall = performance.now() - start;
if (error) throw error;
const [user, system, peak] = [0, 1, 2].map(addon.exports.childUsage);
console.log(
  JSON.stringify({wallMs: wall / times, cpuMs: (user + system) / 1000 / times, peakMib: peak / 1024, status}),
);
