import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import {inet6Places} from '../../../src/procfs/inet6Addresses.js';

test('places of addresses, and of one that is not there', () => {
  const place = inet6Places([
    'fd000119000000000000000000000001 0a 40 00 80    eth0',
    'fe800000000000000000000000000001 02 40 20 80      lo',
    'fe800000000000000000000000000001 0a 40 20 80    eth0',
  ]);
  const local = IpAddress.parse('fe80::1');
  expect([place(10, local), place(2, local), place(10, IpAddress.parse('fd00:119::1'))]).toEqual([2, 1, 0]);
  expect([place(3, local), place(10, undefined)]).toEqual([3, 3]);
});
