import {describe, expect, test} from 'vitest';
import {netlinkDiag, netlinkDump} from '../../../src/sockdiag/netlinkDiag.js';
import {packetDiag, packetDump} from '../../../src/sockdiag/packetDiag.js';
import {tipcDiag, tipcDump} from '../../../src/sockdiag/tipcDiag.js';
import {UDIAG_SHOW, unixDiag, unixDump} from '../../../src/sockdiag/unixDiag.js';
import {vsockDump} from '../../../src/sockdiag/vsockDiag.js';
import {xdpDump} from '../../../src/sockdiag/xdpDiag.js';
import {decode, encode, hex, toHex} from '../rtnetlink/wire.js';

describe('answers of kernel 6.18, TIPC of 6.1', () => {
  test('a unix listener with one connection to accept', () => {
    const socket = decode(
      unixDiag,
      hex(`01010a00 cf5e4100 e1b30d0000000000   # unix, stream, LISTEN; inode, cookie
        0d000000 006c697374656e6572000000       # NAME
        08000300 d05e4100                       # ICONS
        0c000400 01000000 05000000              # RQLEN
        28000500 00000000 00400300 00000000 00400300 00000000 00000000 00000000 00000000 00000000
        0500060000000000 0800070000000000       # SHUTDOWN, UID`),
    );
    expect(socket).toMatchObject({type: 1, stateName: 'listen', ino: 0x415ecf, cookie: 0xdb3e1n, icons: [0x415ed0]});
    expect(socket).toMatchObject({rqlen: {rqueue: 1, wqueue: 5}, meminfo: {rcvbuf: 212992}, shutdown: 0, uid: 0});
    expect(Buffer.from(socket.name ?? '').toString()).toBe('\0listener');
  });

  test('a packet socket with a ring', () => {
    const socket = decode(
      packetDiag,
      hex(`11030300 d15e4100 e2b30d0000000000   # packet, raw, all protocols
        1c000000 00000000 00000000 00000000 00000000 00000000 01000000   # INFO
        0800050000000000 04000100               # UID, no MCLIST
        20000200 00100000 08000000 00080000 10000000 00000000 00000000 00000000   # RX_RING`),
    );
    expect(socket).toMatchObject({type: 3, num: 3, info: {index: 0, flags: 1}, mclist: [], uid: 0});
    expect(socket.rxRing).toMatchObject({blockSize: 4096, blockNr: 8, frameSize: 2048, frameNr: 16, retireTmo: 0});
  });

  test('a netlink socket', () => {
    const socket = decode(
      netlinkDiag,
      hex(`10030407 567e0000 00000000 00000000 d65e4100 e3b30d0000000000
        28000000 00110000 00400300 00000000 00400300 00000000 00000000 00000000 00000000 00000000`),
    );
    expect(socket).toMatchObject({type: 3, protocol: 4, portid: 0x7e56, meminfo: {rmemAlloc: 4352}, groups: undefined});
  });

  test('a TIPC socket of the kernel', () => {
    const {sock} = decode(
      tipcDiag,
      hex(`60000200 08000200 bed6ddf7 0800010000000000 04000400 0800060005000000 080009000a000000
        080007005e2c0000 0800080000000000 0c000a000110000000000000
        1c000500 0800000000000000 0800010000000000 0800040000000000`),
    );
    expect(sock).toMatchObject({
      addr: 0,
      ref: 4158510782,
      hasPubl: true,
      type: 5,
      tipcState: 10,
      ino: 11358,
      con: undefined,
    });
    expect(sock).toMatchObject({cookie: 0x1001n, stat: {rcvq: 0, sendq: 0, drop: 0}});
  });
});

/** As `ss` 6.1 sends them, seen by strace. */
describe('requests', () => {
  test.each([
    [
      'ss -xa',
      unixDump(UDIAG_SHOW.name | UDIAG_SHOW.peer | UDIAG_SHOW.rqlen, 0xfff),
      '01000000ff0f00000000000015000000',
    ],
    ['ss -0', packetDump(0x3d), '11000000000000003d000000'],
    ['ss -f netlink', netlinkDump(3), '10ff00000000000003000000'],
    ['ss --vsock -a', vsockDump(0xfff), '28000000ff0f00000000000000000000'],
    ['ss --tipc', tipcDump(0x482), '1e00000082040000'],
    ['ss --xdp', xdpDump(), '2c000000000000001f000000'],
  ] as const)('%s', (_command, request, start) => {
    const sent = toHex(encode(request.message, request.body as object)).replaceAll(/\s/g, '');
    expect(sent.slice(0, start.length)).toBe(start);
    expect(sent.slice(start.length)).toMatch(/^0*$/);
  });
});
