import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {programName, SocketOwners} from '../../../src/sockdiag/owners.js';

const root = mkdtempSync(join(tmpdir(), 'owners-'));
afterAll(() => rmSync(root, {recursive: true}));

/** A process of a made /proc. */
function holder(path: string, stat: string | Uint8Array, links: Readonly<Record<number, string>>): void {
  mkdirSync(join(root, path, 'fd'), {recursive: true});
  writeFileSync(join(root, path, 'stat'), stat);
  for (const fd in links) symlinkSync(links[fd] as string, join(root, path, 'fd', fd));
}

holder('12', '12 (a (b) c\n) S 1', {3: 'socket:[4000000001]', 0: '/dev/null', 40: 'pipe:[77]', 7: 'socket:[78]'});
mkdirSync(join(root, '12/task/12'), {recursive: true});
mkdirSync(join(root, '12/task/13'), {recursive: true});
holder('13', '13 (worker) S 1', {3: 'socket:[78]', 5: 'socket:[77]x'});
mkdirSync(join(root, 'self/fd'), {recursive: true});
symlinkSync('socket:[99]', join(root, 'self/fd/1'));

function entries(owners: SocketOwners, inode: number): number[][] {
  const found: number[][] = [];
  for (let at = owners.newest(inode); at >= 0; at = owners.older(at)) {
    found.push([owners.pid(at), owners.tid(at), owners.fd(at)]);
  }
  return found;
}

test('the sockets of all processes, by inode', () => {
  const owners = new SocketOwners(root);
  expect(owners.length).toBe(4);
  expect(entries(owners, 4_000_000_001)).toEqual([[12, 12, 3]]);
  expect(entries(owners, 78).sort()).toEqual([
    [12, 12, 7],
    [13, 13, 3],
  ]);
  expect(owners.oldest(78)).toBeLessThan(owners.newest(78));
  expect([owners.newest(0), owners.newest(99), owners.newest(5)]).toEqual([-1, -1, -1]);
});

test('a thread has entries of its own', () => {
  const threads = entries(new SocketOwners(root, true), 78);
  expect(threads).toContainEqual([12, 13, 3]);
  expect(threads).toContainEqual([12, 12, 7]);
});

test('more sockets than fit the first look', () => {
  const many: Record<number, string> = {};
  for (let fd = 0; fd < 300; fd++) many[fd] = `socket:[${100_000 + fd}]`;
  holder('14', '14 (many) S 1', many);
  const owners = new SocketOwners(root, false, 2);
  expect(owners.length).toBe(304);
  for (let fd = 0; fd < 300; fd++) expect(entries(owners, 100_000 + fd)).toEqual([[14, 14, fd]]);
});

test('a name goes to the first closing parenthesis', () => {
  expect(Buffer.from(programName(12, root)).toString()).toBe('a (b');
  expect(programName(99, root)).toHaveLength(0);
  writeFileSync(join(root, '13/stat'), Buffer.from('13 (\xff"\n) S', 'latin1'));
  expect([...programName(13, root)]).toEqual([255, 34, 10]);
});
