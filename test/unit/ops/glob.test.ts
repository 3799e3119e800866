import {expect, test} from 'vitest';
import {matchesGlob} from '../../../src/ops/glob.js';

test.each([
  ['eth*', 'eth0:x', true],
  ['eth?', 'eth0', true],
  ['eth?', 'eth', false],
  ['*', '', true],
  ['eth[0-3]', 'eth2', true],
  ['eth[!0-3]', 'eth2', false],
  ['eth[!0-3]', 'eth4', true],
  ['[]a]', ']', true],
  ['[a', '[a', true],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['a.c', 'abc', false],
  ['a+(b)', 'a+(b)', true],
  ['[z-a]', 'b', false],
  ['a/b*', 'a/b/c', true],
])('%s against %s: %s', (pattern, text, isMatch) => expect(matchesGlob(pattern, text)).toBe(isMatch));
