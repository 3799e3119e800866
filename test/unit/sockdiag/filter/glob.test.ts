import {expect, test} from 'vitest';
import {globMatches} from '../../../../src/sockdiag/filter/glob.js';

test.each([
  ['/tmp/.X11-unix/*', '/tmp/.X11-unix/X0', true],
  ['/tmp/.x11-UNIX/x?', '/tmp/.X11-unix/X0', true],
  ['*foo', '/a/b/FOO', true],
  ['*a*b', 'xaxbxb', true],
  ['*a*b', 'xaxbxbx', false],
  ['**', '', true],
  ['?', '', false],
  ['@[0-9]*', '@1234', true],
  ['@[!0-9]*', '@1234', false],
  ['@ab[c]', '@ab[c]', false],
  ['@ab\\[c]', '@ab[c]', true],
  ['a[]]b', 'a]b', true],
  ['a[b', 'a[b', true],
  ['a[b', 'ab', false],
  ['a\\', 'a', false],
  ['[a-c-]x', '-x', true],
  ['[\\a-\\c]x', 'Bx', true],
])('%s and %s: %s', (pattern, text, matches) => {
  expect(globMatches(pattern, text)).toBe(matches);
});

test('many stars take no more than quadratic time', () => {
  expect(globMatches(`${'*a'.repeat(30)}b`, 'a'.repeat(5000))).toBe(false);
});
