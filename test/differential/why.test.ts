import {afterAll, beforeAll, expect, test} from 'vitest';
import {fixtures} from '../helpers/differential.js';
import {Netns, type Outcome} from '../helpers/netns.js';
import {runTool} from '../helpers/runTool.js';
import {referenceTool} from '../helpers/tools.js';

/*
 * `--why` and `--dry-run`, which the reference does not have: each explanation names what is in the way, and the command it
 * offers is run and succeeds; a dry run shows the message that is sent without it, and changes nothing.
 */

const reference = referenceTool('ip');
let netns: Netns;

beforeAll(async () => {
  netns = await Netns.create(
    ...fixtures.net,
    'ip link add off0 type veth peer name off1',
    'ip route add 172.16.0.0/16 via 192.168.1.9; ip route add 10.8.0.0/16 via 192.168.1.9 table 7 metric 5',
    'ip -6 route add 2001:db8:8::/48 via fd00:1::9 table 9; ip -6 route add 2001:db8:7::/48 via fd00:1::9',
    'ip rule add from 1.1.1.1 table 5 priority 100; ip -6 rule add from fd00::/8 table 5 priority 100',
    'ip nexthop add id 3 blackhole; ip neigh add 192.168.1.8 lladdr 02:00:00:00:00:08 dev eth0',
  );
});
afterAll(() => netns.close());

function tsip(line: string): Outcome {
  return runTool('tsip', words(line), {enter: argv => netns.enter(argv)});
}

const words = (line: string): string[] => line.split(' ');

/** A refused command, what the explanation says, and the command it offers. */
const explained: readonly (readonly [line: string, reason: RegExp, command: string])[] = [
  [
    'route add 172.16.0.0/16 via 192.168.1.7',
    /the route is there: 172\.16\.0\.0\/16 via 192\.168\.1\.9 dev eth0/,
    'route replace 172.16.0.0/16 via 192.168.1.7',
  ],
  ['-6 route add 2001:db8:7::/48 via fd00:1::7', /via fd00:1::9/, '-6 route replace 2001:db8:7::/48 via fd00:1::7'],
  ['link add off0 type bridge', /the name off0 is taken by a veth with index \d+/, 'link delete off0'],
  [
    'neigh add 192.168.1.8 lladdr 02:00:00:00:00:09 dev eth0',
    /192\.168\.1\.8 dev eth0 lladdr 02:00:00:00:00:08 PERMANENT/,
    'neigh replace 192.168.1.8 lladdr 02:00:00:00:00:09 dev eth0',
  ],
  ['rule add from 1.1.1.1 table 5 priority 100', /100: from 1\.1\.1\.1 lookup 5/, 'rule show priority 100'],
  ['-6 rule add from fd00::/8 table 5 priority 100', /from fd00::\/8 lookup 5/, '-6 rule show priority 100'],
  ['nexthop add id 3 blackhole', /id 3 blackhole/, 'nexthop replace id 3 blackhole'],
  ['route del 10.8.0.0/16', /is another: .* table 7 metric 5/, 'route del 10.8.0.0/16 table 7 metric 5 dev eth0'],
  ['-6 route del 2001:db8:8::/48', /table 9/, '-6 route del 2001:db8:8::/48 table 9 metric 1024 dev eth0'],
  ['route del 10.77.0.0/16', /no table has a route/, 'route show table all match 10.77.0.0/16'],
  ['route get 9.9.9.9', /no route leads to 9\.9\.9\.9/, 'route add 9.9.9.9 dev eth1'],
  ['-6 route get 2001:db8::1', /no route leads to 2001:db8::1/, '-6 route add 2001:db8::1 dev eth1'],
];

test.each(explained)('%s', (line, reason, command) => {
  const refused = tsip(`--why ${line}`);
  const plain = netns.run([reference, ...words(line)]);
  const [said, why] = [refused.stderr.split('\n')[0], refused.stderr.split('\n')[1]];
  expect(`${said}\n`).toBe(plain.stderr);
  expect(refused.status).toBe(plain.status);
  expect(why).toMatch(reason);
  expect(why).toMatch(/^Why: /);
  expect(why?.split('; try: ')[1]).toBe(`ip ${command}`);
  const offered = tsip(command);
  expect(offered).toMatchObject({stderr: '', status: 0});
});

test('without the capability the explanation names it, and the command works with it', () => {
  const line = 'link set eth1 mtu 1400';
  const enter = (argv: readonly string[]): string[] => netns.enter(['setpriv', '--bounding-set=-net_admin', ...argv]);
  const refused = runTool('tsip', words(`--why ${line}`), {enter});
  expect(refused.stderr).toMatch(/^RTNETLINK answers: Operation not permitted\nWhy: .*CAP_NET_ADMIN/);
  expect(refused.status).toBe(2);
  expect(tsip(line)).toMatchObject({stderr: '', status: 0});
});

test('nothing is added without --why off a terminal, nor where the kernel said why', () => {
  const line = 'route add 172.16.0.0/16 via 192.168.1.7';
  expect(tsip(line).stderr).toBe('RTNETLINK answers: File exists\n');
  expect(tsip('--why route add 10.1.0.0/16 via 8.8.4.4').stderr).toBe('Error: Nexthop has invalid gateway.\n');
});

const changes = [
  'route add 172.30.0.0/16 via 192.168.1.9 mtu 1400',
  'addr add 10.3.0.1/24 dev eth0',
  'link add d0 type veth peer name d1',
  'link set eth0 mtu 1300',
  'neigh add 192.168.1.44 lladdr 02:00:00:00:00:44 dev eth0',
  'rule add from 10.0.0.1 table 5',
  'nexthop add id 9 blackhole',
  'route flush table main',
  'addr flush dev eth0',
];

test('--dry-run shows the messages and changes nothing', () => {
  const state = (): string => ['addr', 'route', 'rule', 'neigh', 'nexthop'].map(o => netns.sh(`ip ${o}`)).join();
  const before = state();
  for (const line of changes) {
    const text = tsip(`--dry-run ${line}`);
    expect(text).toMatchObject({stderr: '', status: 0});
    expect(text.stdout).toMatch(/^RTM_(NEW|DEL)[A-Z]+( [a-z]+)*\n( {4}\w+ .+\n)+/);
    const drafts = tsip(`--dry-run -j ${line}`).stdout.trimEnd().split('\n');
    for (const draft of drafts) expect(Object.keys(JSON.parse(draft))).toEqual(['type', 'flags', 'fields']);
  }
  expect(JSON.parse(tsip('--dry-run -j route add 172.30.0.0/16 via 192.168.1.9 mtu 1400').stdout)).toMatchObject({
    type: 'RTM_NEWROUTE',
    flags: ['excl', 'create'],
    fields: {family: 2, dst: '172.30.0.0', dstLen: 16, gateway: '192.168.1.9', metrics: {mtu: 1400}},
  });
  expect(state()).toBe(before);
});

test('--dry-run refuses what is no message, and does nothing', () => {
  for (const line of ['netns add blue', 'tuntap add t0 mode tun', 'maddress add 33:33:00:00:00:05 dev eth0']) {
    const refused = tsip(`--dry-run ${line}`);
    expect(refused).toMatchObject({stdout: '', status: 255});
    expect(refused.stderr).toContain('nothing was done');
  }
  expect(netns.sh('ip link; ls /run')).not.toMatch(/t0|netns/);
});
