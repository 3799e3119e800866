import {expect, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {checkName, namespaceNumber, processId} from '../../../src/ops/netns.js';
import {eventLines} from '../../../src/ops/netnsMonitor.js';
import {isNetnsName} from '../../../src/rtnetlink/netns.js';

test('a name is a file name that stays in its folder', () => {
  expect(['blue', '-x', 'a b', '...', 'x'.repeat(255)].every(isNetnsName)).toBe(true);
  expect(['', '.', '..', 'a/b', '/', '../x', 'x'.repeat(256), 'é'.repeat(128)].some(isNetnsName)).toBe(false);
  expect(() => checkName('a/b')).toThrow('Invalid netns name "a/b"');
  expect(() => checkName(undefined)).not.toThrow();
});

test('numbers and processes', () => {
  expect([namespaceNumber('auto'), namespaceNumber('0x10'), processId('+1'), processId('-1')]).toEqual([-1, 16, 1, -1]);
  for (const word of ['-1', 'x', '', '2147483648']) expect(() => namespaceNumber(word)).toThrow(UsageError);
  for (const word of ['0', 'x', '', '1x']) expect(() => processId(word)).toThrow(`Invalid PID: ${word}`);
});

test('events of the folder', () => {
  const event = (mask: number, name: string): number[] => {
    const length = (name.length + 16) & ~15;
    return [1, 0, 0, 0, 0, mask, 0, 0, 0, 0, 0, 0, length, 0, 0, 0, ...Buffer.from(name.padEnd(length, '\0'))];
  };
  const bytes = Uint8Array.from([...event(1, 'red'), ...event(2, 'blue'), ...event(4, 'other')]);
  expect(eventLines(bytes, bytes.length)).toEqual(['add red\n', 'delete blue\n']);
});
