import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {sortByName} from '../../../src/nettools/interfaceNames.js';
import type {Interface} from '../../../src/nettools/interfaces.js';
import {humanBytes, writeInterface} from '../../../src/nettools/views/interface.js';
import {writeInterfacesJson} from '../../../src/nettools/views/interfaceJson.js';
import {writeInterfaceRow} from '../../../src/nettools/views/interfaceTable.js';
import {mediaName, mediaPort} from '../../../src/nettools/views/media.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

const ip = IpAddress.parse;

function text(write: (out: Sink) => void): string {
  const output = new MemoryOutput();
  const out = new Sink(output);
  write(out);
  out.flush();
  return Buffer.from(output.bytes()).toString('latin1');
}

const names =
  'rxPackets rxBytes rxErrors rxDropped rxMissedErrors rxFifoErrors rxLengthErrors rxOverErrors rxCrcErrors '
    .concat('rxFrameErrors txPackets txBytes txErrors txDropped txFifoErrors txCarrierErrors txAbortedErrors ')
    .concat('txWindowErrors txHeartbeatErrors collisions multicast')
    .split(' ');
/** Every counter another number: 1, 2, 3, ... */
const stats64 = Object.fromEntries(names.map((name, i) => [name, BigInt(i + 1)]));

function anInterface(link: object, rest: Partial<Interface> = {}): Interface {
  const base = {index: 3, ifname: 'eth0', type: 1, flags: 0x1043, mtu: 1500, txqlen: 1000, stats64};
  const all = {...base, address: Uint8Array.of(2, 0, 0, 0, 0, 1), ...link};
  return {name: 'eth0', link: all, inet: undefined, inet6: [], isLink: true, ...rest} as unknown as Interface;
}

const inet = {
  local: ip('10.0.0.1'),
  address: ip('10.0.0.2'),
  prefixlen: 20,
  broadcast: undefined,
  family: 2,
  scope: 0,
  label: 'eth0',
} as unknown as Interface['inet'];

function inet6(address: string, scope: number): Interface['inet6'][number] {
  return {address: ip(address), prefixlen: 64, scope, family: 10} as unknown as Interface['inet6'][number];
}

describe('an interface', () => {
  test('in full', () => {
    expect(text(out => writeInterface(out, anInterface({flags: 0x10d3}, {inet})))).toBe(
      `eth0: flags=4307<UP,BROADCAST,POINTOPOINT,RUNNING,NOARP,MULTICAST>  mtu 1500
        inet 10.0.0.1  netmask 255.255.240.0  broadcast 0.0.0.0  destination 10.0.0.2
        ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)
        RX packets 1  bytes 2 (2.0 B)
        RX errors 3  dropped 9  overruns 6  frame 34
        TX packets 11  bytes 12 (12.0 B)
        TX errors 13  dropped 14 overruns 15  carrier 70  collisions 20

`,
    );
  });

  test('scopes of IPv6 addresses', () => {
    const addresses = [
      inet6('::1', 254),
      inet6('fe80::1', 253),
      inet6('fec0::1', 200),
      inet6('2001:db8::1', 0),
      inet6('::1.2.3.4', 0),
      inet6('::ffff:1.2.3.4', 0),
    ];
    const shown = text(out => writeInterface(out, anInterface({}, {inet6: addresses})));
    expect(shown.match(/inet6 .*/g)).toEqual([
      'inet6 ::1  prefixlen 64  scopeid 0x10<host>',
      'inet6 fe80::1  prefixlen 64  scopeid 0x20<link>',
      'inet6 fec0::1  prefixlen 64  scopeid 0x40<site>',
      'inet6 2001:db8::1  prefixlen 64  scopeid 0x0<global>',
      'inet6 ::1.2.3.4  prefixlen 64  scopeid 0x80<compat,global>',
      'inet6 1.2.3.4  prefixlen 64  scopeid 0x0<global>',
    ]);
  });

  test('flags have 16 bits and a sign', () => {
    const first = (flags: number): string | undefined =>
      text(out => writeInterface(out, anInterface({flags}))).split('\n')[0];
    expect(first(0x18000)).toBe('eth0: flags=-32768<DYNAMIC>  mtu 1500');
    expect(first(0x2000)).toBe('eth0: flags=8192  mtu 1500');
    expect(first(0)).toBe('eth0: flags=0<  mtu 1500');
  });

  test('resources of a driver', () => {
    const line = (map: object): string | undefined => {
      const none = {memStart: 0n, memEnd: 0n, baseAddr: 0n, irq: 0, dma: 0, port: 0};
      return /device .*/.exec(text(out => writeInterface(out, anInterface({map: {...none, ...map}}))))?.[0];
    };
    expect(line({})).toBeUndefined();
    expect(line({memEnd: 0x2000n, port: 4})).toBeUndefined();
    expect(line({baseAddr: 0xfn})).toBeUndefined();
    expect(line({memStart: 0x1000n, memEnd: 0x2000n})).toBe('device memory 0x1000-2000  ');
    expect(line({irq: 255, baseAddr: 0xfff0n, memStart: 1n, dma: 255})).toBe(
      'device interrupt 255  base 0xfff0  memory 0x1-0    dma 0xff',
    );
  });

  test('media', () => {
    const shown = text(out =>
      writeInterface(
        out,
        anInterface({flags: 0x6000, map: {port: 3, baseAddr: 0n, memStart: 0n, memEnd: 0n, irq: 0, dma: 0}}),
      ),
    );
    expect(shown).toContain('        media AUIautoselect\n');
    expect([mediaName(0), mediaName(77), mediaPort('100BASEtx'), mediaPort('bnc'), mediaPort('tape')]).toEqual([
      'unknown',
      '(null)',
      5,
      1,
      undefined,
    ]);
  });

  test('hardware without a name', () => {
    const line = (link: object): string | undefined =>
      text(out => writeInterface(out, anInterface(link))).split('\n')[1];
    expect(line({type: 778, address: Uint8Array.of(10, 0, 0, 1)})).toBe(
      '        unspec 0A-00-00-01-00-00-00-00-00-00-00-00-00-00-00-00  txqueuelen 1000  (UNSPEC)',
    );
    expect(line({type: 772})).toBe('        loop  txqueuelen 1000  (Local Loopback)');
    expect(line({type: 512, address: undefined})).toBe('        ppp  txqueuelen 1000  (Point-to-Point Protocol)');
  });

  test('as a row', () => {
    const row = (one: Interface): string => text(out => writeInterfaceRow(out, one));
    expect(row(anInterface({flags: 0xffff}))).toBe(
      'eth0             1500        1      3      9 6            11     13     14     15 ABDLMdPNOPsmRU\n',
    );
    expect(row(anInterface({flags: 0, mtu: 65536}, {name: 'abcdefghijklmno', isLink: false}))).toBe(
      'abcdefghijklmno 65536      - no statistics available -                        [NO FLAGS]\n',
    );
  });

  test('as JSON', () => {
    const shown = JSON.parse(
      text(out => writeInterfacesJson(out, [anInterface({}, {inet, inet6: [inet6('fe80::1', 253)]})])),
    );
    expect(shown).toEqual([
      {
        ifindex: 3,
        ifname: 'eth0',
        flags: ['UP', 'BROADCAST', 'RUNNING', 'MULTICAST'],
        mtu: 1500,
        txqlen: 1000,
        link_type: 'ether',
        address: '02:00:00:00:00:01',
        addr_info: [
          {family: 'inet', local: '10.0.0.1', prefixlen: 20, scope: 'global', label: 'eth0'},
          {family: 'inet6', local: 'fe80::1', prefixlen: 64, scope: 'link'},
        ],
        stats64: {
          rx: {bytes: 2, packets: 1, errors: 3, dropped: 9, fifo_errors: 6, frame_errors: 34, multicast: 21},
          tx: {bytes: 12, packets: 11, errors: 13, dropped: 14, fifo_errors: 15, carrier_errors: 70, collisions: 20},
        },
      },
    ]);
  });
});

test('bytes have units from one above their size on, cut to one decimal', () => {
  const shown = [0n, 1023n, 1024n, 1025n, 1127n, 10239n, 1048576n, 1048577n, (1n << 60n) - 1n, 1n << 60n, 1n << 63n];
  expect(shown.map(humanBytes)).toEqual([
    '0.0 B',
    '1023.0 B',
    '1024.0 B',
    '1.0 KiB',
    '1.1 KiB',
    '9.9 KiB',
    '1024.0 KiB',
    '1.0 MiB',
    '1023.9 PiB',
    '1024.0 PiB',
    '8.0 EiB',
  ]);
  expect(humanBytes((1n << 64n) - 1n)).toBe('16.0 EiB');
});

test('names are in order of their numbers, aliases behind their link', () => {
  const sorted =
    '9 10 1a A10 Z.1 a010b a10b a9b a_1 eth eth0 eth0:0 eth0:00 eth0:02 eth0:2 eth0:10 eth00 eth01 eth1 eth002 eth2 eth2:5 eth10 eth10:1 eth-1 eth0.5 eth0.10 eth0: eth0:1x eth0:a eth0x lo x-1'.split(
      ' ',
    );
  expect(sortByName([...sorted].reverse().map(name => ({name}))).map(one => one.name)).toEqual(sorted);
});
