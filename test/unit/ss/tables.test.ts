import {describe, expect, test} from 'vitest';
import {inetDiag} from '../../../src/sockdiag/inet.js';
import {mptcpDiag} from '../../../src/sockdiag/otherInfo.js';
import {tipcDiag} from '../../../src/sockdiag/tipcDiag.js';
import {vsockDiag} from '../../../src/sockdiag/vsockDiag.js';
import {xdpDiag} from '../../../src/sockdiag/xdpDiag.js';
import {body, fakeSs} from './fakeRun.js';

const AF_INET = 2;
const AF_TIPC = 30;
const AF_VSOCK = 40;
const AF_XDP = 44;

const rows = (text: string): string[] => text.split('\n').map(line => line.replace(/ +/g, ' ').trimEnd());

describe('vsock', () => {
  const socket = (type: number, state: number, rest: object): Uint8Array =>
    body(vsockDiag, {family: AF_VSOCK, type, state, ino: 7, cookie: 0xabn, ...rest});
  const sockets = [
    socket(1, 10, {srcCid: 0xffffffff, srcPort: 777, dstCid: 0xffffffff, dstPort: 0xffffffff}),
    socket(1, 1, {srcCid: 3, srcPort: 777, dstCid: 2, dstPort: 1024, shutdown: 2}),
    socket(2, 7, {srcCid: 3, srcPort: 5, dstCid: 0xffffffff, dstPort: 0xffffffff}),
    socket(5, 1, {srcCid: 3, srcPort: 6, dstCid: 2, dstPort: 9}),
  ];
  const ss = async (line: string): Promise<string[]> => rows(await fakeSs(line, AF_VSOCK, sockets));

  test('all ones are a star; seqpacket has no name', async () => {
    expect(await ss('--vsock -aH')).toEqual([
      'v_str LISTEN 0 0 *:777 *:*',
      'v_str ESTAB 0 0 3:777 2:1024',
      'v_dgr UNCONN 0 0 3:5 *:*',
      '??? ESTAB 0 0 3:6 2:9',
      '',
    ]);
  });

  test('a table by its name', async () => {
    expect(await ss('-A vsock_dgram -aH')).toEqual(['UNCONN 0 0 3:5 *:*', 'ESTAB 0 0 3:6 2:9', '']);
  });

  // The machine of an address does not count.
  test.each([
    ['src vsock:3', ['*:777', '3:777', '3:5', '3:6']],
    ['src vsock:9:777', ['*:777', '3:777']],
    ['src vsock:*:5', ['3:5']],
    ['dst vsock:2:9', ['3:6']],
    ['dport = 1024', ['3:777']],
    ['sport != 777', ['3:5', '3:6']],
    ['not sport = 777 and not sport = 5', ['3:6']],
    ['not src vsock:3', []],
  ])('filter: %s', async (filter, ends) => {
    const listed = (await ss(`--vsock -aH ${filter}`)).slice(0, -1);
    expect(listed.map(line => line.split(' ')[4])).toEqual(ends);
  });

  test('JSON', async () => {
    const [, one] = (await fakeSs('--vsock -ae --ndjson', AF_VSOCK, sockets)).split('\n');
    expect(JSON.parse(one as string)).toEqual({
      netid: 'v_str',
      state: 'ESTAB',
      rfcState: 'ESTABLISHED',
      recvQ: 0,
      sendQ: 0,
      local: {address: '3', port: 777},
      peer: {address: '2', port: 1024},
      inode: 7,
      cookie: 'ab',
      shutdown: {read: false, write: true},
    });
  });
});

describe('TIPC', () => {
  const stat = {rcvq: 3, sendq: 4, drop: 2};
  const socket = (fields: object): Uint8Array =>
    body(tipcDiag, {sock: {addr: 1, ref: 42, tipcState: 1, ino: 9, cookie: 0x10n, stat, ...fields}});
  const con = {flag: true, node: 16, sock: 43, type: 18888, inst: 17};
  const sockets = [
    socket({type: 5, tipcState: 10, hasPubl: true, uid: 5}),
    socket({type: 1, con, stat: {...stat, linkCong: true}}),
    socket({type: 2, stat: {...stat, connCong: true}}),
    socket({type: 9}),
  ];
  const ss = (line: string): Promise<string> => fakeSs(line, AF_TIPC, sockets);

  test('rows', async () => {
    expect(rows(await ss('-A tipc,xdp -aeH'))).toEqual([
      'ti_sq LISTEN 3 4 1:42 - uid:5 ino:9 sk:10',
      'ti_st ESTAB 3 4 1:42 16:43 ino:9 sk:10',
      'ti_dg ESTAB 3 4 1:42 - ino:9 sk:10',
      '??? ESTAB 3 4 1:42 - ino:9 sk:10',
      '',
    ]);
  });

  test('--tipcinfo', async () => {
    expect(rows(await ss('--tipc -aH --tipcinfo')).filter(line => line.startsWith(' type'))).toEqual([
      ' type:SEQPACKET cong:none drop:2 publ',
      ' type:STREAM cong:link drop:2 via {18888,17}',
      ' type:DGRAM cong:conn drop:2',
      ' type:(null) cong:none drop:2',
    ]);
    const tipc = (await ss('--tipc --tipcinfo --ndjson'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).tipc);
    expect(tipc.slice(1)).toEqual([
      {type: 'STREAM', congestion: 'link', drop: 2, published: false, via: {type: 18888, instance: 17}},
      {type: 'DGRAM', congestion: 'conn', drop: 2, published: false},
      {type: null, congestion: 'none', drop: 2, published: false},
    ]);
    expect(tipc[0]).toMatchObject({type: 'SEQPACKET', published: true});
  });
});

describe('XDP', () => {
  const umem = {
    size: 4096n,
    id: 1,
    numPages: 2,
    chunkSize: 2048,
    headroom: 3,
    ifindex: 0,
    queueId: 0,
    flags: 1,
    refs: 4,
  };
  const stats = {rxDropped: 1n, rxInvalid: 2n, rxFull: 3n, fillRingEmpty: 4n, txInvalid: 5n, txRingEmpty: 6n};
  const sockets = [
    body(xdpDiag, {family: AF_XDP, type: 3, ino: 8, cookie: 0x20n, uid: 7}),
    body(xdpDiag, {
      family: AF_XDP,
      ino: 8,
      cookie: 0x20n,
      rxRing: {entries: 64},
      umem,
      umemFillRing: {entries: 32},
      stats,
    }),
  ];
  const ss = (line: string): Promise<string> => fakeSs(line, AF_XDP, sockets);

  test('-e on lines of their own, and on one', async () => {
    const text = 'umem(id:1,size:4096,num_pages:2,chunk_size:2048,headroom:3,ifindex:0,qid:0,zc:1,refs:4)';
    const counters =
      'stats(rx dropped:1,rx invalid:2,rx queue full:3,rx fill ring empty:4,tx invalid:5,tx ring empty:6)';
    expect(rows(await ss('--xdp -eH'))).toEqual([
      '0 0 * * uid:7 ino:8 sk:20',
      '0 0 * * ino:8 sk:20',
      '\trx(entries:64)',
      `\t${text}`,
      '\tfr(entries:32)',
      `\t${counters}`,
      '',
    ]);
    expect(rows(await ss('--xdp -eHO'))[1]).toBe(
      `0 0 * * ino:8 sk:20 rx(entries:64) t${text} fr(entries:32) ${counters}`,
    );
  });

  test('JSON', async () => {
    const [first, second] = JSON.parse(await ss('--xdp -ej'));
    expect(first).toMatchObject({netid: 'xdp', local: {address: null, port: null}, uid: 7, xdp: {}});
    expect(second.xdp).toMatchObject({rxRing: {entries: 64}, umem: {refs: 4, size: 4096}, stats: {txRingEmpty: 6}});
  });
});

describe('MPTCP', () => {
  test('JSON keeps all digits', async () => {
    const info = {subflows: 1, flags: 2, token: 7, writeSeq: 2n ** 64n - 1n};
    const socket = body(mptcpDiag, {family: AF_INET, state: 1, info});
    const text = await fakeSs('-M -4ani --ndjson', AF_INET, [socket]);
    expect(text).toContain('"subflows":1,');
    expect(text).toContain('"writeSeq":18446744073709551615');
    expect(rows(await fakeSs('-M -4aniHO', AF_INET, [socket]))[0]).toMatch(
      / subflows:1 remote_key token:7 write_seq:f{16}$/,
    );
  });
});

describe('SCTP', () => {
  const info = new Uint8Array(360);
  const view = new DataView(info.buffer);
  view.setUint32(0, 0xbeef, true);
  view.setUint32(4, 3, true);
  view.setUint16(16, 10, true);
  view.setUint32(48, 0xcafe, true);
  info[356] = 1;
  /** A struct sockaddr_storage of IPv4. */
  const storage = (...address: number[]): number[] => [2, 0, 0, 0, ...address, ...Array<number>(120).fill(0)];
  const attribute = (type: number, payload: ArrayLike<number>): number[] => [
    (payload.length + 4) & 0xff,
    (payload.length + 4) >> 8,
    type,
    0,
    ...Array.from(payload),
  ];
  const socket = (state: number, inode: number, timer: number, ...more: number[]): Uint8Array =>
    Uint8Array.from([
      ...body(inetDiag, {family: AF_INET, state, inode, timer, retrans: 1, expires: 500, sport: 99, dport: 0}),
      ...more,
    ]);
  const sockets = [
    socket(10, 70, 0, ...attribute(12, [...storage(10, 0, 0, 1), ...storage(10, 0, 0, 2)])),
    socket(3, 70, 1, ...attribute(13, storage(10, 0, 0, 9)), ...attribute(2, info)),
    socket(10, 71, 0),
  ];

  test('JSON', async () => {
    const [listener, association] = JSON.parse(await fakeSs('-S -4ani --json', AF_INET, sockets));
    expect(listener).toMatchObject({netid: 'sctp', state: 'LISTEN', rfcState: 'LISTEN', local: {port: 99}});
    expect(listener.locals).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(association).toMatchObject({netid: 'sctp', state: 'ESTAB', rfcState: null, peers: ['10.0.0.9']});
    expect(association.info).toMatchObject({tag: 0xbeef, instrms: 10, peerTag: 0xcafe, sNodelay: 1, pAddress: null});
  });

  test('associations are branches of their socket', async () => {
    const text = await fakeSs('-S -4anoiH', AF_INET, sockets);
    expect(rows(text)).toEqual([
      'LISTEN 0 0 0.0.0.0:99 0.0.0.0:*',
      '\t locals:10.0.0.1,10.0.0.2',
      '`- ESTAB 0 0 0.0.0.0:99 0.0.0.0:* timer:(T3_RTX,500ms,1)',
      '\t peers:10.0.0.9 tag:beef state:ESTAB instrms:10 ptag:cafe nodelay:1',
      'LISTEN 0 0 0.0.0.0:99 0.0.0.0:*',
      '',
      '',
    ]);
  });
});
