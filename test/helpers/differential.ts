import {spawn} from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {type Outcome, prepareNamespace, UNSETTLED, unshareArgv} from './netns.js';
import {referencePath, referenceTool} from './tools.js';

/** A run of shell lines by the reference and by ours, each in a namespace of its own. */
export interface Scenario {
  /** Fixtures of `test/helpers/fixtures.ts` style: shell lines run by the reference tools on both sides. */
  readonly setup?: readonly string[];
  /** Shell lines under test: `ip`, `ss`, `route`, `netstat`, `ifconfig`, `arp` mean the tool under test. */
  readonly steps: readonly string[];
  /** `sorted`: the order of lines is free; `usage`: only that a usage text appears; `nonempty`: only whether. */
  readonly stdout?: Comparison;
  readonly stderr?: Comparison;
  /** Whether the kernel's state afterwards is compared. */
  readonly state?: boolean;
  /** Regular expressions whose matches may differ, such as ages. */
  readonly ignore?: readonly RegExp[];
  readonly env?: Readonly<Record<string, string>>;
  /** A file that setup opens for writing: where this user may not, as with /dev/net/tun, the scenario is left to root. */
  readonly opens?: string;
  /** Runs the steps through `tsnet ip ...` as well and wants the same bytes. */
  readonly umbrella?: boolean;
}

/** How two texts are compared. */
export type Comparison = 'exact' | 'sorted' | 'nonempty';

/** Setups shared by scenarios, as shell lines for the reference tools. Link-local addresses are given: the kernel makes its own in any order. */
export const fixtures = {
  up: [
    'ip link set lo up',
    'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
    'ip link set eth0 addrgenmode none; ip link set eth1 addrgenmode none',
    'ip link set eth0 up; ip link set eth1 up',
  ],
  net: [
    'ip link set lo up',
    'ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
    'ip link set eth0 addrgenmode none; ip link set eth1 addrgenmode none',
    'ip link set eth0 up; ip link set eth1 up',
    'ip addr add 192.168.1.1/24 dev eth0; ip addr add 10.0.0.1/24 dev eth1',
    'ip addr add fd00:1::1/64 dev eth0; ip addr add fd00:2::1/64 dev eth1',
    'ip addr add fe80::1/64 dev eth0; ip addr add fe80::2/64 dev eth1',
  ],
  routes: [
    'ip route add default via 192.168.1.254 dev eth0',
    'ip route add 172.16.0.0/12 via 10.0.0.254 metric 100',
    'ip route add 172.16.5.0/24 via 10.0.0.253 dev eth1 proto static',
    'ip route add blackhole 198.51.100.0/24; ip route add unreachable 203.0.113.0/24 metric 50',
    'ip route add 192.0.2.0/24 nexthop via 192.168.1.2 weight 2 nexthop via 10.0.0.2 weight 3',
    'ip -6 route add 2001:db8:1::/48 via fd00:2::9 metric 512',
  ],
} as const satisfies Record<string, readonly string[]>;

const bin = join(import.meta.dirname, '../../bin');
const tools = ['ip', 'ss', 'route', 'netstat', 'ifconfig', 'arp'];
let folder: string | undefined;

/** Folders of links, one for each side, made once a test file. */
function sides(): {readonly ours: string; readonly umbrella: string} {
  if (folder === undefined) {
    folder = mkdtempSync(join(tmpdir(), 'tsip-'));
    const made = folder;
    afterAll(() => rmSync(made, {recursive: true, force: true}));
    mkdirSync(join(folder, 'ours'));
    mkdirSync(join(folder, 'umbrella'));
    for (const tool of tools) {
      symlinkSync(join(bin, `ts${tool}.cjs`), join(folder, 'ours', tool));
      const script = join(folder, 'umbrella', tool);
      writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${bin}/tsnet.cjs' ${tool} "$@"\n`);
      chmodSync(script, 0o755);
    }
    symlinkSync(process.execPath, join(folder, 'ours', 'node'));
  }
  return {ours: join(folder, 'ours'), umbrella: join(folder, 'umbrella')};
}

/** A shell function that waits until the namespace has settled. */
export const settle = [
  `unsettled() { { ip -o link; ip -6 -o addr show up tentative; } | grep -Pq '${UNSETTLED}'; }`,
  'settle() { i=0; while unsettled; do i=$((i+1)); [ $i -gt 120 ] && break; sleep 0.01; done; }',
].join('\n');

const stateProbe = [
  'ip -d addr',
  'ip -d route show table all',
  'ip -d -6 route show table all',
  'ip rule',
  'ip -d neigh',
];

interface Side {
  readonly steps: readonly Outcome[];
  readonly state: string;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

async function runSide(scenario: Scenario, path: string): Promise<Side> {
  const scratch = mkdtempSync(join(tmpdir(), 'tsip-side-'));
  try {
    const count = scenario.steps.length;
    const lines = [prepareNamespace, `PATH=${referencePath}`, settle, `cd ${scratch} || exit 99`];
    for (const line of scenario.setup ?? []) {
      lines.push(`( ${line}\n ) >setup.err 2>&1 || { echo ${quote(line)} >&2; cat setup.err >&2; exit 98; }`);
    }
    lines.push('settle');
    scenario.steps.forEach((step, i) => {
      lines.push(
        `PATH=${path}:${referencePath} sh -c ${quote(step)} >${i}.out 2>${i}.err </dev/null; echo $? >${i}.rc; settle`,
      );
    });
    for (const line of stateProbe) lines.push(`${line} >>state 2>&1`);
    writeFileSync(join(scratch, 'script'), lines.join('\n'));
    const [file, ...argv] = unshareArgv;
    const child = spawn(file ?? '', [...argv, 'sh', join(scratch, 'script')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      env: {PATH: referencePath, HOME: '/', LC_ALL: 'C', TZ: 'UTC', TERM: 'xterm', ...scenario.env},
    });
    let complaint = '';
    child.stderr.on('data', text => {
      complaint += text;
    });
    const limit = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 60_000);
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    clearTimeout(limit);
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {}
    if (status !== 0 && status !== 1) throw new Error(`the scenario itself failed (${status}): ${complaint}`);
    const read = (name: string): string => readFileSync(join(scratch, name), 'latin1');
    const steps = Array.from({length: count}, (_, i) => ({
      stdout: read(`${i}.out`),
      stderr: read(`${i}.err`),
      status: Number(read(`${i}.rc`)),
    }));
    return {steps, state: read('state')};
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
}

/** Text as it is compared: help texts keep their first word, free parts are blanked. */
function canonical(text: string, how: Comparison, scenario: Scenario): string {
  let result = text.replace(/^(\S*usage:)[\s\S]*/im, '$1...\n');
  for (const pattern of scenario.ignore ?? []) result = result.replace(new RegExp(pattern, 'g'), '~');
  if (how === 'nonempty') return result === '' ? '' : '(something)';
  if (how === 'sorted') return result.split('\n').sort().join('\n');
  return result;
}

function comparable(side: Side, scenario: Scenario): object {
  return {
    steps: side.steps.map((step, i) => ({
      line: scenario.steps[i],
      status: step.status,
      stdout: canonical(step.stdout, scenario.stdout ?? 'exact', scenario),
      stderr: canonical(step.stderr, scenario.stderr ?? 'exact', scenario),
    })),
    state:
      scenario.state === false
        ? ''
        : canonical(
            side.state.replace(/(_lft|expires) \d+sec/g, '$1 ~').replace(/used \d+\/\d+\/\d+/g, 'used ~'),
            'sorted',
            scenario,
          ),
  };
}

function mayOpen(path: string | undefined): boolean {
  if (path === undefined) return true;
  try {
    closeSync(openSync(path, 'r+'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Registers a test: the reference and ours run the same shell lines in twin namespaces; stdout, stderr, status of each
 * step and the kernel's state afterwards, as the reference reads it, must be equal.
 */
export function differential(name: string, scenario: Scenario): void {
  for (const tool of tools) referenceTool(tool);
  const {ours, umbrella} = sides();
  test.concurrent(name, async ({skip}) => {
    skip(!mayOpen(scenario.opens), `${scenario.opens} is closed to this user`);
    const [wanted, got] = await Promise.all([runSide(scenario, referencePath), runSide(scenario, ours)]);
    expect(comparable(got, scenario)).toEqual(comparable(wanted, scenario));
    if (scenario.umbrella !== false) {
      const through = await runSide(scenario, `${umbrella}:${dirname(process.execPath)}`);
      const same = (side: Side): object => comparable({steps: side.steps, state: ''}, scenario);
      expect(same(through), 'tsnet gives the same bytes and status').toEqual(same(got));
    }
  });
}
