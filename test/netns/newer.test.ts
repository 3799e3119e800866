import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Netns, type Outcome} from '../helpers/netns.js';
import {runTool} from '../helpers/runTool.js';

/*
 * Words that iproute2 has since 6.2: the reference of the differential tests refuses them. What is sent is read from a dry
 * run, so that no kernel has to know it; what is shown needs one that does.
 */

let netns: Netns;

beforeAll(async () => {
  netns = await Netns.create(
    'ip link set lo up; ip link add eth0 address 02:00:00:00:00:01 type veth peer name eth1 address 02:00:00:00:00:02',
    'ip link add off0 address 02:00:00:00:00:03 type veth peer name off1 address 02:00:00:00:00:04',
    'ip link set eth0 up; ip link set eth1 up; ip addr add 10.0.0.1/24 dev eth0; ip addr add fd00:1::1/64 dev eth0',
  );
});
afterAll(() => netns.close());

function tsip(line: string): Outcome {
  return runTool('tsip', line.split(' '), {enter: argv => netns.enter(argv)});
}

describe('what is sent', () => {
  test.each([
    ['rule add dscp CS1 table 5', ['dscp 8']],
    ['rule add dscp 5/7 table 5', ['dscp 5', 'dscpMask 7']],
    ['rule add ipproto tcp dport 80/0xfff0 table 5', ['dportRange {"start":80,"end":80}', 'dportMask 65520']],
    ['-6 rule add flowlabel 5 table 6', ['flowlabel 5', 'flowlabelMask 1048575']],
    ['-6 rule del flowlabel 5/0xf table 6', ['flowlabel 5', 'flowlabelMask 15']],
    [
      'nexthop add id 4 group 2,300/3,65536 hw_stats on',
      ['group [{"id":2,"weight":43,"weightHigh":1},{"id":3,"weight":255,"weightHigh":255}]', 'hwStatsEnable 1'],
    ],
    ['link add v type vxlan id 5 dstport 1 reserved_bits 0xff mcroute', ['"reservedBits":"255","mcRoute":1}}']],
    ['link add v type vxlan id 5 dstport 1 nomcroute nolocalbypass', ['"localbypass":0,"mcRoute":0']],
    ['link set lo type bond_slave actor_port_prio 5', ['"slaveData":"06:00:0a:00:05:00:00:00"']],
    ['link set lo gso_ipv4_max_size 7 gro_ipv4_max_size 8', ['gsoIpv4MaxSize 7', 'groIpv4MaxSize 8']],
    ['neigh add 1.1.1.1 lladdr 02:00:00:00:00:01 dev lo extern_valid', ['flagsExt 4']],
    ['neigh add 1.1.1.1 dev lo extern_valid managed', ['flagsExt 5']],
    ['ntable change name arp_cache dev lo mcast_reprobes 4', ['parms {"ifindex":1,"mcastReprobes":4}']],
    ['route add 1.2.3.4 dev lo features tcp_usec_ts', ['metrics {"features":16}']],
    ['route add 1.2.3.4 dev lo features ecn tcp_usec_ts mtu 1400', ['metrics {"mtu":1400,"features":17}']],
    ['-6 route add fd00:9::/32 encap seg6 mode encap segs fd00::5 tunsrc fd00::1 dev lo', ['"src":"fd00::1"}']],
    [
      '-6 route add fd00:9::/32 encap ioam6 mode encap tunsrc fd00::1 tundst fd00::2 trace prealloc type 0x800000 ns 1 size 12 dev lo',
      ['"dst":"fd00::2"', '"src":"fd00::1"}'],
    ],
    ['mptcp endpoint add 10.0.0.1 laminar', ['"flags":32}']],
  ])('ip %s', (line, parts) => {
    const {stdout, stderr, status} = tsip(`--dry-run ${line}`);
    expect({stderr, status}).toEqual({stderr: '', status: 0});
    for (const part of parts) expect(stdout).toContain(part);
  });

  test.each([
    ['addr flush novf', 'Device "novf" does not exist.\n', 1],
    ['rule add dscp 64 table 5', 'Error: argument "64" is wrong: invalid dscp value\n\n'],
    ['-6 rule add flowlabel 0x100000 table 5', 'Error: argument "0x100000" is wrong: invalid flowlabel value\n\n'],
    ['nexthop add id 4 group 2,65537', 'Error: argument "65537" is wrong: "weight" is invalid\n\n'],
    [
      'route add 1.2.3.4 dev lo features constructor',
      'Error: argument "constructor" is wrong: "features" value not valid\n\n',
    ],
    ['route add 1.2.3.4 dev lo features ecn ecn', 'Error: either "to" is duplicate, or "ecn" is a garbage.\n'],
  ])('ip %s is refused', (line, stderr, status = 255) => {
    expect(tsip(line)).toEqual({stdout: '', stderr, status});
  });
});

describe('what is shown', () => {
  test('rules', ({skip}) => {
    skip(tsip('rule add dscp CS1 table 5 priority 9').status !== 0, 'this kernel has no code points in rules');
    tsip('rule add dscp 5/7 table 5 priority 8');
    tsip('rule add ipproto tcp sport 0x10/0xff dport 7 table 6 priority 7');
    tsip('-6 rule add flowlabel 5/0xf table 7 priority 9');
    expect(tsip('rule show').stdout).toContain(
      '7:\tfrom all ipproto tcp sport 0x10/0xff dport 7 lookup 6\n8:\tfrom all dscp 0x5/0x7 lookup 5\n9:\tfrom all dscp CS1 lookup 5\n',
    );
    expect(tsip('-6 rule show flowlabel 5/0xf').stdout).toBe('9:\tfrom all flowlabel 0x5/0xf lookup 7\n');
    expect(JSON.parse(tsip('-j rule show dscp CS1').stdout)).toEqual([
      {priority: 9, src: 'all', dscp: 'CS1', table: '5'},
    ]);
    expect(tsip('rule del dscp CS1').status).toBe(0);
    expect(tsip('rule show dscp 8').stdout).toBe('');
  });

  test('weights of 16 bits', ({skip}) => {
    netns.sh('ip nexthop add id 1 via 10.0.0.9 dev eth0; ip nexthop add id 2 via 10.0.0.8 dev eth0');
    const {status} = tsip('nexthop add id 3 group 1,300/2,65535');
    skip(status !== 0, 'weights of this kernel have 8 bits');
    expect(tsip('nexthop show id 3').stdout).toBe('id 3 group 1,300/2,65535 \n');
  });

  test('links without their virtual functions', () => {
    expect(tsip('-br link show novf dev off1').stdout).toContain('off1@off0        DOWN');
  });
});
