import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {SocketOwners} from '../../../src/sockdiag/owners.js';
import {Users} from '../../../src/ss/users.js';

const root = mkdtempSync(join(tmpdir(), 'users-'));
afterAll(() => rmSync(root, {recursive: true}));

/** A process of a made /proc. */
function holder(path: string, stat: string | Uint8Array, links: Readonly<Record<number, string>>): void {
  mkdirSync(join(root, path, 'fd'), {recursive: true});
  writeFileSync(join(root, path, 'stat'), stat);
  for (const fd in links) symlinkSync(links[fd] as string, join(root, path, 'fd', fd));
}

holder('12', '12 (a (b) c\n) S 1', {3: 'socket:[4000000001]'});

test('the text of one owner, and none', () => {
  const users = new Users(new SocketOwners(root), root);
  const length = users.write(4_000_000_001);
  expect(Buffer.from(users.bytes.subarray(0, length)).toString()).toBe('users:(("a (b",pid=12,fd=3))');
  expect(users.write(5)).toBe(0);
});

test('the text with threads, and of many owners', () => {
  const same: Record<number, string> = {};
  for (let fd = 0; fd < 500; fd++) same[fd] = 'socket:[55]';
  holder('15', '15 (same) S 1', same);
  const users = new Users(new SocketOwners(root, true), root, true);
  const length = users.write(55);
  const text = Buffer.from(users.bytes.subarray(0, length)).toString();
  expect(text.match(/\("same",pid=15,tid=15,fd=\d+\)/g)).toHaveLength(500);
  expect(text).toMatch(/^users:\(\(.*\)\)$/);
});
