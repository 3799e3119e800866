import {mkdtempSync, openSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {UsageError} from '../../../src/errors.js';
import {LineReader, splitLine} from '../../../src/iproute/batch.js';

function lines(content: string | Uint8Array): (string | number)[][] {
  const folder = mkdtempSync(join(tmpdir(), 'batch-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  writeFileSync(join(folder, 'b'), content);
  const reader = new LineReader(openSync(join(folder, 'b'), 'r'), () => {});
  const found: (string | number)[][] = [];
  for (let line = reader.next(); line !== undefined; line = reader.next()) found.push([reader.number, line]);
  reader.close();
  return found;
}

test('words are parted by blanks', () => {
  expect(splitLine('  a\tb  c\r')).toEqual(['a', 'b', 'c']);
  expect(splitLine(' \t ')).toEqual([]);
});

test('a quote counts only where a word begins', () => {
  expect(splitLine(`"two words" 'it is' l"o" ""`)).toEqual(['two words', 'it is', 'l"o"', '']);
  expect(splitLine('"a"b')).toEqual(['a', 'b']);
  expect(() => splitLine('a "b')).toThrow(UsageError);
});

test('comments are cut off and continued lines joined, numbered by their last line', () => {
  expect(lines('a # b\n\nc \\\n d\ne')).toEqual([
    [1, 'a '],
    [2, ''],
    [4, 'c  d'],
    [5, 'e'],
  ]);
});

test('a backslash at the very end stays', () => {
  expect(lines('a \\')).toEqual([[1, 'a \\']]);
});

test('a continued line that is not there takes the last one with it', () => {
  expect(lines('a\nb \\\nc \\\n')).toEqual([[1, 'a']]);
});

test('a NUL ends a line', () => {
  expect(lines('a \0 b\nc\n')).toEqual([
    [1, 'a '],
    [2, 'c'],
  ]);
});

test('lines that cross a read are whole', () => {
  const long = Array.from({length: 5000}, (_, i) => `route add 10.0.${i}.0/24 via 192.168.1.1`);
  expect(lines(`${long.join('\n')}\n`).map(([, line]) => line)).toEqual(long);
});

test('text is UTF-8, other bytes survive', () => {
  expect(lines(Uint8Array.of(0xc3, 0xa9, 0x20, 0xff, 0x0a))).toEqual([[1, '\u00e9 \udcff']]);
});
