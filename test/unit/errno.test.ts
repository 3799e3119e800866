import {execFileSync} from 'node:child_process';
import {constants} from 'node:os';
import {expect, test} from 'vitest';
import {errnoName, errnoText} from '../../src/errno.js';

test('texts are those of strerror', () => {
  expect(errnoText(17)).toBe('File exists');
  expect(errnoText(19)).toBe('No such device');
  expect(errnoText(105)).toBe('No buffer space available');
  expect(errnoText(95)).toBe('Operation not supported');
  expect(errnoText(133)).toBe('Memory page has hardware error');
  for (const odd of [0, 41, 58, 134, 524, -1]) expect(errnoText(odd)).toBe(`Unknown error ${odd}`);
});

test("texts are those of this system's C library", t => {
  let expected: string;
  try {
    expected = execFileSync('perl', ['-e', '$! = $_, print "$!\\n" for 1..133'], {
      encoding: 'utf8',
      env: {LC_ALL: 'C'},
    });
  } catch {
    return t.skip('needs perl');
  }
  const found = Array.from({length: 133}, (_, i) => `${errnoText(i + 1)}\n`).join('');
  expect(found).toBe(expected);
});

test("symbols are those of node's own table", () => {
  for (const [name, number] of Object.entries(constants.errno)) {
    if (name === 'EWOULDBLOCK' || name === 'ENOTSUP' || name === 'EDEADLOCK') continue;
    expect(errnoName(number)).toBe(name);
  }
  expect(errnoName(41)).toBe('E41');
  expect(errnoName(524)).toBe('ENOTSUPP');
});
