import {expect, test} from 'vitest';
import {NetlinkError} from '../../../src/errors.js';
import type {SyncConnection} from '../../../src/netlink/sync.js';
import type {linkNameRequest} from '../../../src/rtnetlink/link/name.js';
import {LinkCache} from '../../../src/rtnetlink/linkCache.js';

/** A kernel with links eth1, eth2, ... that counts what it is asked. */
function kernel(count: number): {readonly cache: LinkCache; readonly asked: string[]} {
  const asked: string[] = [];
  const link = (index: number) => ({index, ifname: `eth${index}`});
  const connection = {
    get({body}: ReturnType<typeof linkNameRequest>) {
      asked.push(body.ifname ?? body.altIfname ?? String(body.index));
      const index = body.index ?? Number(/\d+$/.exec(body.ifname ?? body.altIfname ?? '')?.[0] ?? 0);
      const known = body.altIfname === `the-alternative-name-of-${index}` || /^eth\d+$/.test(body.ifname ?? '');
      if (index > count || (body.index === undefined && !known)) throw new NetlinkError(19, 'RTM_GETLINK');
      return link(index);
    },
    dump(_request: unknown, each: (record: unknown) => void) {
      asked.push('all');
      for (let index = 1; index <= count; index++) each(link(index));
      return {interrupted: false};
    },
    close: () => undefined,
  };
  return {cache: new LinkCache(() => connection as unknown as SyncConnection), asked};
}

test('a name is asked for once', () => {
  const {cache, asked} = kernel(5);
  expect([cache.name(3), cache.name(3), cache.index('eth3')]).toEqual(['eth3', 'eth3', 3]);
  expect(asked).toEqual(['3']);
});

test('an index without a link has a made-up name, which is understood again', () => {
  const {cache} = kernel(5);
  expect([cache.name(7), cache.name(0)]).toEqual(['if7', '*']);
  expect([cache.index('if7'), cache.index('if7x'), cache.index('if-1'), cache.index('nope')]).toEqual([7, 7, -1, 0]);
});

test('a name too long for a link is an alternative one', () => {
  const {cache, asked} = kernel(5);
  expect(cache.index('the-alternative-name-of-4')).toBe(4);
  expect([cache.name(4), cache.index('the-alternative-name-of-4')]).toEqual(['eth4', 4]);
  expect(asked).toEqual(['the-alternative-name-of-4']);
});

test('a label behind a name is cut off, as long as the whole fits a name', () => {
  const {cache} = kernel(5);
  const names = [
    'eth3:x',
    'eth3:',
    'eth3:1:2',
    'eth3:0123456789',
    'eth3:0123456789a',
    ':eth3',
    'if3:x',
    'if99:x',
    'no:x',
  ];
  expect(names.map(name => cache.index(name))).toEqual([3, 3, 3, 3, 0, 0, 3, 99, 0]);
});

test('after 16 look-ups all links are asked for at once', () => {
  const {cache, asked} = kernel(1000);
  for (let index = 1; index <= 1000; index++) expect(cache.name(index)).toBe(`eth${index}`);
  expect(asked).toEqual([...Array.from({length: 16}, (_, i) => String(i + 1)), 'all']);
});

test('what came along is not asked for, what was forgotten is', () => {
  const {cache, asked} = kernel(5);
  cache.remember(2, 'renamed');
  expect([cache.name(2), cache.index('renamed')]).toEqual(['renamed', 2]);
  expect(asked).toEqual([]);
  cache.forget();
  expect(cache.name(2)).toBe('eth2');
});
