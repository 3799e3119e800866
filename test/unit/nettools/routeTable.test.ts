import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {FixedTable} from '../../../src/nettools/table.js';
import type {RouteRow} from '../../../src/nettools/views/routeRow.js';
import {
  isListed,
  type RouteTableContext,
  type RouteTableForm,
  routeColumns,
} from '../../../src/nettools/views/routeTable.js';
import {parseRoutes6, route6Columns} from '../../../src/nettools/views/routeTable6.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

const ip = IpAddress.parse;
const context: RouteTableContext = {ifname: index => `eth${index}`};

function text(write: (out: Sink) => void): string[] {
  const output = new MemoryOutput();
  const out = new Sink(output);
  write(out);
  out.flush();
  return Buffer.from(output.bytes()).toString('latin1').split('\n').slice(0, -1);
}

function show(form: RouteTableForm, rows: readonly Partial<RouteRow>[], names: RouteTableContext = context): string[] {
  const table = new FixedTable(routeColumns(form));
  return text(out => {
    table.header(out);
    for (const row of rows) table.row(out, {type: 1, dstLen: 0, ...row} as RouteRow, names);
  });
}

const routes: readonly Partial<RouteRow>[] = [
  {gateway: ip('192.168.1.254'), oif: 0},
  {
    dst: ip('172.16.0.0'),
    dstLen: 16,
    oif: 1,
    priority: 7,
    metrics: {advmss: 999, window: 4000, rtt: 300} as RouteRow['metrics'],
  },
  {dst: ip('10.8.0.1'), dstLen: 32, type: 7, oif: 1},
];

describe('routing table', () => {
  test('plain', () => {
    expect(show('plain', routes)).toEqual([
      'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface',
      '0.0.0.0         192.168.1.254   0.0.0.0         UG    0      0        0 *',
      '172.16.0.0      0.0.0.0         255.255.0.0     U     7      0        0 eth1',
      '10.8.0.1        -               255.255.255.255 !H    0      -        0 -',
    ]);
  });

  test('extended', () => {
    expect(show('extended', routes)).toEqual([
      'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
      '0.0.0.0         192.168.1.254   0.0.0.0         UG        0 0          0 *',
      '172.16.0.0      0.0.0.0         255.255.0.0     U      1039 4000      37 eth1',
      '10.8.0.1        -               255.255.255.255 !H        - -          - -',
    ]);
  });

  test('full', () => {
    expect(show('full', routes)[2]).toBe(
      '172.16.0.0      0.0.0.0         255.255.0.0     U     7      0        0 eth1     1039  4000   37',
    );
  });

  test('names are cut, the default route has one', () => {
    const names = {...context, host: () => 'a.very.long.host.name', net: () => 'corpnet'};
    expect(show('plain', routes.slice(0, 2), names).slice(1)).toEqual([
      'default         a.very.long.hos 0.0.0.0         UG    0      0        0 *',
      'corpnet         0.0.0.0         255.255.0.0     U     7      0        0 eth1',
    ]);
  });

  test('of several next hops the first; of another family only the flag', () => {
    const legs = [{gateway: ip('10.0.0.9'), oif: 2}, {oif: 3}] as unknown as RouteRow['multipath'];
    const via = {family: 10, address: ip('fe80::1')};
    expect(show('plain', [{multipath: legs}, {via, oif: 4}]).slice(1)).toEqual([
      '0.0.0.0         10.0.0.9        0.0.0.0         UG    0      0        0 eth2',
      '0.0.0.0         0.0.0.0         0.0.0.0         UG    0      0        0 eth4',
    ]);
  });

  test('broadcast and multicast are left out', () => {
    expect([1, 2, 3, 5, 6, 7].map(type => isListed({type} as RouteRow))).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
  });
});

test('IPv6 routing table', () => {
  const lines = parseRoutes6(
    [
      '20010db8123456780000000000000000 40 00000000000000000000000000000000 00 fd000001000000000000000000000002 00000005 00000002 00000000 00000003     eth0',
      '00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo',
      'rubbish',
    ].join('\n'),
  );
  const table = new FixedTable(route6Columns);
  const shown = text(out => {
    table.header(out);
    for (const line of lines) table.row(out, line, {});
  });
  expect(shown).toEqual([
    'Destination                    Next Hop                   Flag Met Ref  Use If',
    '2001:db8:1234:5678::/64        fd00:1::2                  UG   5   2      0 eth0',
    '::/0                           ::                         !n   -1  1      0 lo',
  ]);
});
