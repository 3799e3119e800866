import {expect, test} from 'vitest';
import {type OldProgram, translateOld} from '../../../src/nettools/oldIp.js';

function words(program: OldProgram, line: string): string | number {
  const run = translateOld(program, line.split(' ').filter(Boolean), 'version 1');
  return 'ip' in run ? run.ip.join(' ') : run.status;
}

test('ipmaddr is ip maddress', () => {
  expect(words('ipmaddr', '')).toBe('maddress show');
  expect(words('ipmaddr', '-s list eth0')).toBe('maddress show dev eth0');
  expect(words('ipmaddr', 'show dev eth0 dev eth1 ipv6')).toBe('-6 maddress show dev eth1');
  expect(words('ipmaddr', 'show link')).toBe('-0 maddress show');
  expect(words('ipmaddr', 'a 3:33.00:000078 dev eth0')).toBe('maddress add 03:33:00:00:00:78 dev eth0');
  expect(words('ipmaddr', 'add 33:33 dev eth0')).toBe('maddress add 33:33:00:00:00:00 dev eth0');
  expect(words('ipmaddr', 'del dev eth0 33:33:00:00:00:78')).toBe('maddress delete 33:33:00:00:00:78 dev eth0');
  for (const wrong of [
    'add',
    'add zz dev eth0',
    'add 33:33:00:00:00:78',
    'foo',
    '-4',
    'add 33:33:00:00:00:78 eth0',
    'show dev',
    '-f foo',
  ]) {
    expect(words('ipmaddr', wrong), wrong).toBe(3);
  }
});

test('iptunnel is ip tunnel', () => {
  expect(words('iptunnel', '')).toBe('tunnel show');
  expect(words('iptunnel', '-f inet list t0')).toBe('tunnel show t0');
  expect(words('iptunnel', 'add t0 mode ipip remote 1.2.3.4')).toBe('tunnel add t0 mode ipip remote 1.2.3.4');
  for (const wrong of ['help', 'add t0 mode foo', 'add t0 mode', 'add t0 mode gre key x', 'add t0 mode gre ttl 300']) {
    expect(words('iptunnel', wrong), wrong).toBe(3);
  }
  for (const wrong of ['add t0', 'change', 'add t0 mode ipip key 5']) expect(words('iptunnel', wrong), wrong).toBe(255);
  expect(words('iptunnel', 'add t0 mode gre remote x')).toBe(1);
});

test('version and help are no mistakes', () => {
  expect(translateOld('iptunnel', ['-V'], 'version 1')).toEqual({
    text: 'version 1\nAlexey Kuznetsov\n',
    isError: false,
    status: 0,
  });
  expect(words('ipmaddr', '--help')).toBe(0);
});
