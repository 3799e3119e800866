import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {procInetSockets} from '../../../src/procfs/inetSockets.js';
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

describe('inet', () => {
  const line =
    '   0: 0100007F:0016 0200007F:9C41 0A 00000001:00000002 01:00000064 00000003  1000        4 5555 1 ffff880012345678 100 4 31 10 -1';

  test('a line of TCP to its end', () => {
    expect(procInetSockets(file(line), 1)).toEqual({
      isWhole: true,
      sockets: [
        {
          local: [0x0100007f],
          localPort: 22,
          peer: [0x0200007f],
          peerPort: 40001,
          state: 10,
          txQueue: 1,
          rxQueue: 2,
          timer: 1,
          when: 100,
          retransmits: 3,
          uid: 1000,
          probes: 4,
          ino: 5555,
          sk: 0xffff880012345678n,
          tcp: {rto: 100, ato: 4, qack: 31, cwnd: 10, ssthresh: -1, opt: undefined},
        },
      ],
    });
  });

  test('IPv6 has four words; a short line has zeros', () => {
    const words = '00000000000000000000000001000000';
    const found = procInetSockets(file(`  1: ${words}:0035 ${words}:0000 07`), 4);
    expect(found?.sockets).toMatchObject([
      {local: [0, 0, 0, 0x01000000], localPort: 53, state: 7, uid: 0, ino: 0, sk: 0n, tcp: undefined},
    ]);
  });

  test('a line without its colons ends the list, one without a state is left out', () => {
    const short = '   0: 0100007F:0016 0200007F:9C41';
    expect(procInetSockets(file(line, `${short} x`, line, 'junk', line), 1)?.sockets).toHaveLength(2);
  });

  test('a line that is too long ends the list, and there may be no file', () => {
    expect(procInetSockets(file(line, line.padEnd(300), line), 1)).toMatchObject({
      isWhole: false,
      sockets: [{ino: 5555}],
    });
    expect(procInetSockets(join(folder, 'absent'), 1)).toBeUndefined();
  });
});
