import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {prepareNamespace, unshareArgv} from '../helpers/netns.js';
import {referencePath} from '../helpers/tools.js';

/*
 * What `--explain` says does what the line does: the corpus runs in two namespaces, there by the programs of net-tools and
 * here as the lines of `ip` that we make of it, run by the real `ip`.
 */

interface Section {
  readonly name: string;
  readonly lines: readonly string[];
}

/** What one side did: the line, its commands, and the state after them. */
interface Step {
  readonly line: string;
  readonly commands: readonly string[];
  readonly stderr: string;
  readonly state: unknown;
}

const devices = [
  '$ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
  '$ip link add dum0 address 02:00:00:00:00:03 type ifb',
  '$for i in eth0 eth1 dum0; do ip link set $i addrgenmode none; done; ip link set lo up',
  // Where there is no /dev/net/tun, both sides know no such device.
  '$ip tuntap add ptp0 mode tun && ip link set ptp0 addrgenmode none || true',
];

function sections(): Section[] {
  const text = readFileSync(join(import.meta.dirname, 'explain.corpus.txt'), 'utf8');
  return text
    .split(/^== /m)
    .slice(1)
    .map(part => {
      const [name = '', ...lines] = part.split('\n').filter(line => line !== '' && !line.startsWith('#'));
      return {name, lines};
    });
}

/** Runs a section in a fresh namespace. */
function runSide(mode: 'old' | 'new', section: Section): Promise<Step[]> {
  const side = join(import.meta.dirname, 'explain.side.mjs');
  const tsnet = join(import.meta.dirname, '../../bin/tsnet.cjs');
  // As root without a user namespace: the kernel asks for the machine's own rights in some old calls.
  const isRoot = process.getuid?.() === 0;
  const [file = '', ...argv] = unshareArgv.filter(word => !isRoot || !['--user', '--map-root-user'].includes(word));
  const script = `${prepareNamespace}\nexec "$0" "$@"`;
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...argv, 'sh', '-c', script, process.execPath, side, mode, tsnet], {
      env: {PATH: referencePath, LC_ALL: 'C'},
    });
    let out = '';
    let err = '';
    child.stdout.on('data', text => {
      out += text;
    });
    child.stderr.on('data', text => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', status => {
      if (status !== 0) reject(new Error(`${section.name}, ${mode}: ${err}`));
      else
        resolve(
          out
            .trimEnd()
            .split('\n')
            .map(line => JSON.parse(line) as Step),
        );
    });
    child.stdin.end(JSON.stringify([[...devices, ...section.lines]]));
  });
}

const corpus = sections();

test('the corpus has 270 lines', () => {
  expect(corpus.flatMap(one => one.lines).filter(line => !line.startsWith('$')).length).toBeGreaterThanOrEqual(270);
});

describe('what --explain says does what the line does', () => {
  for (const section of corpus) {
    test(section.name, {timeout: 120_000}, async () => {
      const [old, made] = await Promise.all([runSide('old', section), runSide('new', section)]);
      for (const [i, {line, state, stderr}] of old.entries()) {
        const ours = made[i];
        const about = `${line}\n${ours?.commands.join('\n')}\n${stderr}${ours?.stderr}`;
        expect(ours?.state, about).toEqual(state);
      }
      expect(made.length).toBe(old.length);
    });
  }
});
