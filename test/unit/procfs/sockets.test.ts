import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {procNetlinkSockets} from '../../../src/procfs/netlinkSockets.js';
import {procPacketSockets} from '../../../src/procfs/packetSockets.js';
import {fileLines, Scanner} from '../../../src/procfs/scan.js';
import {procUnixSockets} from '../../../src/procfs/unixSockets.js';

const folder = mkdtempSync(join(tmpdir(), 'procfs-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** A file with a heading and these lines. */
function file(...lines: readonly string[]): string {
  const path = join(folder, 'file');
  writeFileSync(path, ['heading', ...lines].map(line => `${line}\n`).join(''), 'latin1');
  return path;
}

describe('fields as sscanf reads them', () => {
  test('numbers keep their low bits', () => {
    const scan = new Scanner(' ff 0x10 FFFFFFFFF -5 4294967297 ffff880012345678 -1');
    expect([scan.hex(), scan.hex(), scan.hex(), scan.int(), scan.uint(), scan.hex64(), scan.uint()]).toEqual([
      255,
      16,
      0xffffffff,
      -5,
      1,
      0xffff880012345678n,
      0xffffffff,
    ]);
  });

  test('what does not fit ends the reading', () => {
    const scan = new Scanner('7 x 8');
    expect([scan.int(), scan.int(), scan.int(), scan.word(), scan.rest()]).toEqual([7, ...Array(4).fill(undefined)]);
  });

  test('a width, a character, words and the rest', () => {
    const scan = new Scanner('0100007F01:0016  a b  c\0 d');
    expect([scan.hex(8), scan.hex(8)]).toEqual([0x0100007f, 1]);
    scan.literal(':');
    expect([scan.hex(), scan.word(), scan.rest()]).toEqual([0x16, 'a', 'b  c']);
  });

  test('long lines come in pieces of 255 bytes', () => {
    expect(fileLines(file('a'.repeat(300)))?.map(line => line.length)).toEqual([8, 255, 46]);
    expect(fileLines(join(folder, 'absent'))).toBeUndefined();
  });
});

describe('unix', () => {
  test('sockets with and without names', () => {
    const path = file(
      '0000000000000000: 00000002 00000000 00010000 0001 01 901 /run/with space',
      '0000000000000000: 00000002 00000000 00000000 0002 03 3000000000',
      '0000000000000000: 00000002 00000000 00010000 0005 03 903 @\xff',
      'line',
    );
    expect(procUnixSockets(path)).toEqual([
      {flags: 0x10000, type: 1, state: 1, ino: 901, name: '/run/with'},
      {flags: 0, type: 2, state: 3, ino: -1294967296, name: undefined},
      {flags: 0x10000, type: 5, state: 3, ino: 903, name: '@\xff'},
      {flags: 0x10000, type: 0, state: 0, ino: 0, name: undefined},
    ]);
  });
});

describe('packet', () => {
  test('sockets, and a line that is none', () => {
    const path = file('0000000000000001 3      3    88cc   77    1 -5     1000   911', 'junk');
    const socket = {type: 3, protocol: 0x88cc, index: 77, rmem: -5, uid: 1000, ino: 911};
    expect(procPacketSockets(path)).toEqual([socket, socket]);
  });

  test('a line that is too long ends the list', () => {
    const line = '0000000000000001 3 2 0003 0 1 0 0 9';
    expect(procPacketSockets(file(line, line.padEnd(255), line))).toHaveLength(1);
  });
});

test('netlink', () => {
  const path = file('ffff880012345678 15  -5  80000001 12  34  ffff880012345679  2  5  922', '2 3');
  const first = {sk: 0xffff880012345678n, protocol: 15, portid: -5, groups: 0x80000001, rmem: 12, wmem: 34};
  expect(procNetlinkSockets(path)).toEqual([
    {...first, dump: 0xffff880012345679n},
    {...first, dump: 0xffff880012345679n, sk: 2n, protocol: 3},
  ]);
});
