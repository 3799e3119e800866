import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../src/addr/ip.js';
import {type Request, writeRequest} from '../../src/netlink/message.js';
import type {AnyMessage, Encodable} from '../../src/netlink/schema.js';
import {Writer} from '../../src/netlink/writer.js';
import {addressLabelMessage} from '../../src/rtnetlink/address/label.js';
import {
  RTM_DELADDRLABEL,
  RTM_DELROUTE,
  RTM_NEWADDRLABEL,
  RTM_NEWPREFIX,
  RTM_NEWROUTE,
  RTM_NEWSTATS,
  RTN_MULTICAST,
  RTNL_FAMILY_IP6MR,
  RTNL_FAMILY_IPMR,
} from '../../src/rtnetlink/constants.js';
import {statsMessage} from '../../src/rtnetlink/link/statsMessage.js';
import {prefixMessage} from '../../src/rtnetlink/prefixEvent.js';
import {routeMessage} from '../../src/rtnetlink/route/schema.js';
import {fixtures, settle} from '../helpers/differential.js';
import {Netns} from '../helpers/netns.js';
import {binPath} from '../helpers/runTool.js';
import {referenceTool} from '../helpers/tools.js';

/*
 * The reference and ours listen side by side in one namespace, and must print the same of the same events. Both are ready when
 * /proc/net/netlink shows as many sockets with groups as there are watchers.
 */

const reference = referenceTool('ip');
const ours = `'${process.execPath}' '${binPath('tsip')}'`;

const ip = (text: string): IpAddress => IpAddress.parse(text) as IpAddress;

/** One message as the kernel would send it. */
function event<M extends AnyMessage>(type: number, message: M, body: Encodable<M>): Uint8Array {
  const writer = new Writer(4096);
  writeRequest(writer, {type, name: '', flags: 0, message, body} as Request, 0, 0);
  return writer.bytes.slice(0, writer.at);
}

/** Shell lines that wait until `count` sockets listen, make the events, and let the watchers print them. */
function watching(count: number, events: readonly string[]): string {
  return [
    `until [ $(awk 'NR > 1 && $2 == 0 && $4 !~ /^0+$/' /proc/net/netlink | wc -l) -ge ${count} ]; do sleep 0.02; done`,
    'sleep 0.2',
    ...events.flatMap(event => [event, 'sleep 0.3']),
    'sleep 0.3; kill $watchers; wait $watchers || true',
  ].join('\n');
}

interface Told {
  readonly stdout: string;
  readonly stderr: string;
}

/** What both tell of the events, by the words of `ip`. */
async function watch(
  argv: readonly string[],
  events: readonly string[],
  setup: readonly string[] = fixtures.net,
): Promise<{reference: Told; ours: Told}[]> {
  const netns = await Netns.create(...setup);
  try {
    const starts = argv.map(
      (words, i) => `${reference} ${words} >/run/ref${i} 2>/run/ref${i}.err & watchers="$watchers $!"
        ${ours} ${words} >/run/our${i} 2>/run/our${i}.err & watchers="$watchers $!"`,
    );
    // What is still to come of the setup would be an event for some watchers only.
    netns.sh([settle, 'settle', ...starts, watching(argv.length * 2, events)].join('\n'));
    const read = (name: string): Told => ({
      stdout: netns.sh(`cat /run/${name}`),
      stderr: netns.sh(`cat /run/${name}.err`),
    });
    return argv.map((_, i) => ({reference: read(`ref${i}`), ours: read(`our${i}`)}));
  } finally {
    netns.close();
  }
}

/** Changes of all objects; names are looked up before the next step can take the device away. */
const changes = [
  'ip link set eth0 mtu 1400; ip link set eth0 alias abc; ip link property add dev eth0 altname other0',
  'ip link add br0 address 02:00:00:00:00:10 type bridge; ip link set eth1 master br0; ip link set eth1 nomaster',
  'ip link del br0',
  'ip addr add 10.7.0.1/24 brd + dev eth0 label eth0:1; ip addr del 10.7.0.1/24 dev eth0',
  'ip addr add fd00:7::1/64 dev eth0; ip addr del fd00:7::1/64 dev eth0',
  'ip route add 172.16.0.0/16 via 192.168.1.2; ip route replace 172.16.0.0/16 via 192.168.1.3 mtu 1300',
  'ip route add 172.17.0.0/16 nexthop via 192.168.1.2 weight 2 nexthop via 10.0.0.2; ip route del 172.16.0.0/16',
  'ip -6 route add 2001:db8:5::/48 via fd00:1::9; ip route add unreachable 10.8.0.0/16 table 5',
  'ip neigh add 192.168.1.2 lladdr 02:00:00:00:00:99 dev eth0; ip neigh del 192.168.1.2 dev eth0',
  'ip rule add from 10.0.0.1 table 5; ip rule del from 10.0.0.1 table 5; ip -6 rule add iif lo table 7',
  'ip nexthop add id 1 via 192.168.1.2 dev eth0; ip nexthop add id 10 group 1; ip nexthop del id 1',
  'echo 1 > /proc/sys/net/ipv4/conf/eth0/forwarding',
  'ip link set eth0 down; ip link del eth0',
];

test('every kind of change, in every form of output', async () => {
  const forms = ['', '-d ', '-o ', '-br ', '-4 ', '-6 ', '-0 ', '-N ', '-c=always ', '-s '];
  const argv = [
    ...forms.map(form => `${form}monitor label`),
    'monitor label dev eth1',
    'monitor link',
    'monitor all',
    'monitor',
  ];
  const told = await watch(argv, changes);
  for (const [i, {reference: wanted, ours: got}] of told.entries()) {
    expect({argv: argv[i], ...got}).toEqual({argv: argv[i], ...wanted});
    expect(wanted.stdout).not.toBe('');
  }
});

test('one object alone tells nothing of the others', async () => {
  const argv = ['address', 'route', 'neigh', 'netconf', 'rule', 'link nexthop', 'all link'].map(
    word => `monitor ${word}`,
  );
  for (const {reference: wanted, ours: got} of await watch(argv, changes)) expect(got).toEqual(wanted);
});

test('namespaces that have a number', async () => {
  const told = await watch(
    ['monitor all-nsid label nsid link address', 'monitor nsid link'],
    [
      'ip netns add blue; ip netns set blue 5; ip link add v0 type veth peer name v1 netns blue',
      'ip -n blue link set lo up; ip -n blue addr add 10.1.1.1/8 dev lo; ip netns del blue; sleep 0.2',
    ],
  );
  for (const {reference: wanted, ours: got} of told) {
    expect(got).toEqual(wanted);
    expect(wanted.stdout).toContain('nsid 5');
  }
});

describe('files of rtmon', () => {
  test('are printed as the reference prints them', async () => {
    const netns = await Netns.create(...fixtures.net);
    try {
      netns.sh(`rtmon file /run/events & watchers=$!\n${watching(1, changes)}`);
      for (const words of ['', 'label', 'all-nsid', 'dev if2 label']) {
        const [wanted, got] = [reference, ours].map(ip => netns.sh(`${ip} monitor ${words} file /run/events 2>&1`));
        expect(got).toBe(wanted);
        expect(wanted).toMatch(/Timestamp: [A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} \d+ us\n/);
      }
    } finally {
      netns.close();
    }
  });

  test('with events that only other machines see', async () => {
    const unicast = {family: RTNL_FAMILY_IPMR, type: 1, dst: ip('224.1.1.4')};
    const legs = [
      {hops: 1, oif: 1},
      {hops: 5, oif: 1},
    ];
    const stats = {packets: 10n, bytes: 2000n, wrongIf: 3n};
    const multicast = {family: RTNL_FAMILY_IPMR, type: RTN_MULTICAST, tableByte: 253, dst: ip('224.1.1.1')};
    const bytes = [
      event(RTM_NEWADDRLABEL, addressLabelMessage, {
        family: 10,
        prefixlen: 48,
        index: 1,
        address: ip('fd00::'),
        label: 7,
      }),
      event(RTM_DELADDRLABEL, addressLabelMessage, {family: 10, label: 8}),
      event(RTM_NEWROUTE, routeMessage, {
        ...multicast,
        src: ip('10.0.0.1'),
        iif: 1,
        multipath: legs,
        mfcStats: stats,
      }),
      event(RTM_DELROUTE, routeMessage, {
        ...multicast,
        family: RTNL_FAMILY_IP6MR,
        dst: ip('ff05::1'),
        src: ip('fe80::1'),
        table: 300,
      }),
      event(RTM_NEWROUTE, routeMessage, unicast),
      event(RTM_NEWSTATS, statsMessage, {ifindex: 1}),
      ...[3, 5].map(type =>
        event(RTM_NEWPREFIX, prefixMessage, {
          family: 10,
          ifindex: 1,
          type,
          length: 64,
          flags: 3,
          address: ip('fd00:1::'),
          cacheinfo: {preferred: 100, valid: 0xffffffff},
        }),
      ),
      event(99, prefixMessage, {}),
    ];
    const netns = await Netns.create();
    try {
      netns.run(['tee', '/run/events'], {input: Buffer.concat(bytes)});
      for (const words of [
        'monitor',
        'monitor label',
        '-s monitor label',
        '-6 monitor',
        '-o monitor',
        'monitor dev lo label',
      ]) {
        const [wanted, got] = [reference, ours].map(tool =>
          netns.sh(`${tool} ${words} file /run/events 2>/run/err; echo; cat /run/err`),
        );
        expect(got).toBe(wanted);
        expect(wanted).toContain('prefix fd00:1::/64');
      }
    } finally {
      netns.close();
    }
  });

  test('that are none are refused with the same words and status', async () => {
    const netns = await Netns.create(
      'printf "\\20\\0\\0\\0" > /run/short; head -c 40 /dev/zero > /run/zeros; : > /run/empty',
    );
    try {
      for (const file of ['short', 'zeros', 'empty', 'nosuch', '.']) {
        const [wanted, got] = [reference, ours].map(ip =>
          netns.sh(`{ ${ip} monitor file /run/${file} 2>&1 && echo 0; } || echo $?`),
        );
        expect(got).toBe(wanted);
      }
    } finally {
      netns.close();
    }
  });
});

test('the time before each event, in local time', async () => {
  const [long, short] = await watch(
    ['-t monitor link', '-ts monitor link'],
    ['ip link set eth0 mtu 1400'],
    ['ln -sf /usr/share/zoneinfo/Asia/Tokyo /run/localtime', ...fixtures.net],
  );
  const clockless = (text: string): string => text.replace(/\d\d:\d\d:\d\d(\.\d{6})?( \d{4} \d+ usec)?/g, 'TIME');
  for (const told of [long, short])
    expect(clockless(told?.ours.stdout ?? '')).toBe(clockless(told?.reference.stdout ?? '?'));
  expect(long?.ours.stdout).toMatch(
    /^Timestamp: [A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} \d+ usec\n\d/,
  );
  expect(short?.ours.stdout).toMatch(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\] \d/);
});

test('-j is one object a line', async () => {
  const netns = await Netns.create(...fixtures.net);
  try {
    netns.sh(`${ours} -j monitor route address >/run/out & watchers=$!\n${watching(1, changes)}`);
    const events = netns
      .sh('cat /run/out')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events).toContainEqual(
      expect.objectContaining({event: 'route', dst: '172.16.0.0/16', gateway: '192.168.1.2', dev: 'eth0'}),
    );
    expect(events).toContainEqual(expect.objectContaining({event: 'route', deleted: true, dst: '172.16.0.0/16'}));
    expect(events).toContainEqual(expect.objectContaining({event: 'addr', local: '10.7.0.1', prefixlen: 24}));
  } finally {
    netns.close();
  }
});

test('a burst of 20,000 changes is told whole; a socket without room says that it lost some', async () => {
  const netns = await Netns.create(...fixtures.net);
  const count = 20_000;
  try {
    const lines = `seq 0 ${count - 1} | awk '{printf "route add 20.%d.%d.%d/32 via 192.168.1.9\\n", $1/65536, ($1/256)%256, $1%256}' > /run/lines`;
    const starts = `${ours} monitor route >/run/all 2>/run/all.err & watchers="$!"
      ${ours} -rc 2304 -j monitor route >/run/some 2>/run/some.err & watchers="$watchers $!"`;
    netns.sh(`${lines}\n${starts}\n${watching(2, ['ip -batch /run/lines', 'sleep 1'])}`);
    const told = Number(netns.sh('grep -c "^20.*via" /run/all'));
    const isWhole = netns.sh('cat /run/all.err') === '';
    // Without CAP_NET_ADMIN on the machine the room cannot be forced: then the loss has to be told.
    if (isWhole) expect(told).toBe(count);
    expect(told === count || !isWhole).toBe(true);
    expect(netns.sh('head -1 /run/some.err')).toBe('netlink receive error No buffer space available (105)\n');
    expect(netns.sh('grep -c overrun /run/some')).not.toBe('0\n');
  } finally {
    netns.close();
  }
});
