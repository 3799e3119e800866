import {expect, test} from 'vitest';
import {inet6Memberships, inetMemberships, linkMemberships} from '../../../src/procfs/multicast.js';

const shown = (all: ReturnType<typeof linkMemberships>): unknown[] =>
  all.map(({index, ifname, link, address, users, isStatic}) => [
    index,
    ifname,
    link === undefined ? String(address) : Buffer.from(link).toString('hex'),
    users,
    isStatic,
  ]);

test('/proc/net/dev_mcast', () => {
  const lines = [
    '2    eth1            1     0     333300000001',
    '3    eth0            2     1     333300000099',
    '4    ib0             1     0     00ffffffff12401bffff000000000000ffffffff',
  ];
  expect(shown(linkMemberships(lines))).toEqual([
    [2, 'eth1', '333300000001', 1, false],
    [3, 'eth0', '333300000099', 2, true],
    [4, 'ib0', '00ffffffff12401bffff000000000000ffffffff', 1, false],
  ]);
});

test('/proc/net/igmp: a name of ten characters and more touches its colon', () => {
  const lines = [
    'Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter',
    '1\tlo        :     1      V3',
    '\t\t\t\t010000E0     1 0:00000000\t\t0',
    '3\tverylongname15:     2      V3',
    '\t\t\t\t050505E0     2 0:00000000\t\t0',
    '\t\t\t\t010000E0     1 0:00000000\t\t0',
  ];
  expect(shown(inetMemberships(lines))).toEqual([
    [1, 'lo', '224.0.0.1', 1, false],
    [3, 'verylongname15', '224.5.5.5', 2, false],
    [3, 'verylongname15', '224.0.0.1', 1, false],
  ]);
});

test('/proc/net/igmp6', () => {
  const lines = [
    '1    lo              ff020000000000000000000000000001     1 0000000C 0',
    '3    eth0            ff0200000000000000000001ff000001     2 00000004 0',
  ];
  expect(shown(inet6Memberships(lines))).toEqual([
    [1, 'lo', 'ff02::1', 1, false],
    [3, 'eth0', 'ff02::1:ff00:1', 2, false],
  ]);
});

test('without the file there is nothing', () => {
  expect(inetMemberships([])).toEqual([]);
});
