// node measure.mjs COMMAND...: runs a command with stdout thrown away and prints what it cost as JSON.
//
// A process of its own for each sample, because getrusage(RUSAGE_CHILDREN) remembers the largest child for ever.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

const addon = {exports: {}};
process.dlopen(addon, join(import.meta.dirname, `../../native/prebuilds/linux-${process.arch}.node`));

const [program, ...args] = process.argv.slice(2);
const start = performance.now();
const {status, error} = spawnSync(program, args, {stdio: ['ignore', 'ignore', 'inherit']});
const wall = performance.now() - start;
if (error) throw error;
const [user, system, peak] = [0, 1, 2].map(addon.exports.childUsage);
console.log(JSON.stringify({wallMs: wall, cpuMs: (user + system) / 1000, peakMib: peak / 1024, status}));
