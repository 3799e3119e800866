import {Address4, Address6} from 'ip-address';
import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {Prefix} from '../../../src/addr/prefix.js';
import {fromSubnet, toSubnet} from '../../../src/addr/subnet.js';
import {InputError, toAddress, toPrefix} from '../../../src/rtnetlink/input.js';

test.each(['192.0.2.7/24', '0.0.0.0/0', 'fd00:1::2/64', '::/0', '::ffff:1.2.3.4/128'])('%s there and back', text => {
  expect(fromSubnet(toSubnet(Prefix.parse(text)))?.toString()).toBe(Prefix.parse(text).toString());
});

test('a whole address has the full length', () => {
  expect(toSubnet(IpAddress.parse('192.0.2.7')).subnetMask).toBe(32);
  expect(toSubnet(IpAddress.parse('fd00::1')).subnetMask).toBe(128);
});

test('the package does the arithmetic', () => {
  expect(toSubnet(Prefix.parse('192.0.2.7/24')).endAddress().correctForm()).toBe('192.0.2.255');
});

test('inputs of the library take its classes, a zone is dropped', () => {
  expect(toPrefix('dst', new Address4('10.1.2.0/24')).toString()).toBe('10.1.2.0/24');
  expect(toAddress('gateway', new Address6('fe80::1%eth0')).toString()).toBe('fe80::1');
});

test('anything else is refused by name of the field', () => {
  expect(() => toPrefix('dst', 5 as never)).toThrow(InputError);
  expect(() => toAddress('gateway', {} as never)).toThrow(/gateway/);
});
