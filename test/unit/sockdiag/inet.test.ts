import {describe, expect, test} from 'vitest';
import {DecodeError} from '../../../src/errors.js';
import {inetDiag, inetDiagRequest} from '../../../src/sockdiag/inet.js';
import {inetDump} from '../../../src/sockdiag/requests.js';
import {ALL_STATES, stateMask, stateName} from '../../../src/sockdiag/states.js';
import {decode, encode, hex, toHex} from '../rtnetlink/wire.js';

/** Answers to `ss` 6.1 from kernel 6.18, little endian: bodies of the messages. */
const connected = `
  02010000 23291f41   # inet, ESTABLISHED, no timer; ports 9001 and 8001
  7f000001 00000000 00000000 00000000 7f000001 00000000 00000000 00000000
  00000000 e95f0900 00000000   # no interface, cookie
  00000000 00000000 00000000 00000000 aebc3300
  05000800 00000000   # SHUTDOWN
  08000f00 00000000   # MARK
  0c001500 01000000 00000000   # CGROUP_ID
  06001600 52000000   # SOCKOPT
  28000700 00000000 00000200 00000000 001e3c00 00000000 00000000 00000000 00000000 00000000   # SKMEMINFO
  1c010200 01000000 0007aa01 e01c0300 00000000 e57f0000 18020000 00000000 00000000 00000000 00000000 00000000   # INFO
  44000000 00000000 44000000 44000000 ffff0000 d7ff0000 1d000000 0e000000 ffffff7f 0a000000 cbff0000 03000000
  00000000 d7ff0000 00000000 c4f32683 07000000 ffffffff ffffffff 01000000 00000000 00000000 00000000 02000000
  01000000 00000000 1d000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
  00000000 01000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 cbff0000 00000100
  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
  08000400 62627200   # CONG
`;
const listening = `
  0a0a0000 20fb0000                    # inet6, LISTEN; port 8443
  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
  00000000 de5f0900 00000000 00000000 00000000 05000000 00000000 d42b3300
  0500080000000000 05000b0000000000    # SHUTDOWN, SKV6ONLY
  08000f0000000000 0c00150001000000 00000000 0600160012000000
  28000700 00000000 00000200 00000000 00400000 00000000 00000000 00000000 00000000 00000000
`;

describe('inet_diag_msg', () => {
  test('a connection', () => {
    const socket = decode(inetDiag, hex(connected));
    expect(socket).toMatchObject({
      family: 2,
      state: 1,
      stateName: 'established',
      sport: 9001,
      dport: 8001,
      cookie: 614377n,
      cgroupId: 1n,
      cong: 'bbr',
      skmeminfo: {rcvbuf: 131072, sndbuf: 3939840, drops: 0},
      info: {state: 1, sndWscale: 10, rcvWscale: 10, appLimited: true, rto: 204000, rtt: 29, pmtu: 65535, sndCwnd: 10},
    });
    expect(String(socket.src)).toBe('127.0.0.1');
    expect(socket.src.family).toBe(2);
    expect(socket.info).toMatchObject({
      segsOut: 2,
      segsIn: 1,
      maxPacingRate: (1n << 64n) - 1n,
      sndWnd: 65483,
      rcvWnd: 65536,
    });
    expect(socket.skv6only).toBeUndefined();
  });

  test('a listener of both families', () => {
    const socket = decode(inetDiag, hex(listening));
    expect(socket).toMatchObject({stateName: 'listen', sport: 8443, wqueue: 5, skv6only: 0, info: undefined});
    expect(String(socket.src)).toBe('::');
  });

  test('tcp_info of an older kernel', () => {
    const short = hex(connected).slice(0, 72);
    const socket = decode(inetDiag, new Uint8Array([...short, ...hex('0c000200 01000000 0007aa01')]));
    expect(socket.info).toMatchObject({state: 1, options: 7, rto: undefined, sndWnd: undefined});
  });

  test('a message cut short', () => {
    expect(() => decode(inetDiag, hex(connected).slice(0, 70))).toThrow(DecodeError);
    expect(() => decode(inetDiag, hex(connected).slice(0, 120))).toThrow(/inetDiag/);
  });
});

describe('requests', () => {
  test('the same bytes as ss -tan', () => {
    const {body} = inetDump({family: 2, transport: 'tcp'});
    expect(toHex(encode(inetDiagRequest, body))).toBe(`02060000 ff0f0000 ${'00000000 '.repeat(12).trim()}`);
  });

  test('the same bytes as ss -6 -uli', () => {
    const {body} = inetDump({
      family: 10,
      transport: 'udp',
      states: stateMask(['listen', 'close']),
      attributes: [2, 3, 4],
    });
    expect(toHex(encode(inetDiagRequest, body)).slice(0, 17)).toBe('0a110e00 80040000');
  });
});

test('states', () => {
  expect(stateMask()).toBe(ALL_STATES);
  expect(stateMask(['established', 'time-wait'])).toBe(0x42);
  expect(stateName(10)).toBe('listen');
  expect(stateName(12)).toBeUndefined();
});
