import {describe, expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import type {Io} from '../../../src/io.js';
import {parseNetstat} from '../../../src/nettools/netstatOptions.js';
import {type HostNames, hostText} from '../../../src/nettools/resolve.js';
import {InetRows} from '../../../src/nettools/sockets/inetRow.js';
import {parseUnix} from '../../../src/nettools/sockets/unixTable.js';
import {listedCounters, pairedCounters, section6} from '../../../src/nettools/statistics.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

function fakeIo(said: string[] = []): Io {
  return {
    out: new Sink(new MemoryOutput()),
    err: text => said.push(text),
    env: {},
    argv0: 'netstat',
    now: () => 0,
    open() {
      throw new Error('no socket');
    },
  };
}

describe('options', () => {
  test('flags, families and transports add up', () => {
    const options = parseNetstat(['-tu6', '-A', 'inet,unix', '--numeric', '-eec'], fakeIo());
    expect(options).toMatchObject({
      families: ['inet6', 'inet', 'unix'],
      numericHosts: true,
      numericPorts: true,
      numericUsers: true,
      extend: 2,
      continuous: true,
      all: false,
      views: [],
    });
    expect(typeof options === 'string' ? [] : [...options.transports]).toEqual(['tcp', 'udp']);
  });
  test('help, version and mistakes end the reading', () => {
    const said: string[] = [];
    expect(parseNetstat(['-thV'], fakeIo(said))).toBe('help');
    expect(parseNetstat(['-V', '--bogus'], fakeIo(said))).toBe('version');
    expect(parseNetstat(['--bogus', '-V'], fakeIo(said))).toBe('usage');
    expect(said).toEqual(["netstat: unrecognized option '--bogus'\n"]);
  });
});

describe('addresses', () => {
  const hosts = {name: (address: IpAddress) => (String(address) === '::1' ? 'six' : undefined)} as HostNames;
  test.each([
    ['0.0.0.0', '0.0.0.0', '0.0.0.0'],
    ['::', '::', '[::]'],
    ['::1', '::1', 'six'],
    ['::ffff:1.2.3.4', '1.2.3.4', '1.2.3.4'],
    ['::ffff:0.0.0.0', '0.0.0.0', '0.0.0.0'],
    ['::1.2.3.4', '::1.2.3.4', '::1.2.3.4'],
  ])('%s is %s in numbers and %s with names', (text, number, name) => {
    expect(hostText(IpAddress.parse(text), undefined)).toBe(number);
    expect(hostText(IpAddress.parse(text), hosts)).toBe(name);
  });
});

describe('inet rows', () => {
  /** inet_diag_msg of a TCP socket, ports 443 and 40000, queues 1 and 2. */
  function message(family: number, words: readonly number[], state = 1): Uint8Array {
    const bytes = new Uint8Array(72);
    const view = new DataView(bytes.buffer);
    bytes[0] = family;
    bytes[1] = state;
    view.setUint16(4, 443);
    view.setUint16(6, 40000);
    for (const [i, word] of words.entries()) {
      view.setUint32(8 + i * 4, word);
      view.setUint32(24 + i * 4, word);
    }
    view.setUint32(56, 1, true);
    view.setUint32(60, 2, true);
    view.setUint32(64, 4294967295, true);
    return bytes;
  }
  function row(bytes: Uint8Array, columns: Partial<ConstructorParameters<typeof InetRows>[3]> = {}): string {
    const output = new MemoryOutput();
    const out = new Sink(output);
    const all = {
      hosts: undefined,
      port: undefined,
      wide: false,
      user: undefined,
      holders: undefined,
      timers: false,
      halfOpen: undefined,
      ...columns,
    };
    new InetRows(out, 'tcp', 'tcp6', all).row(bytes, 0, bytes.length);
    out.flush();
    return Buffer.from(output.bytes()).toString('latin1');
  }
  const long = [0x20010db8, 0x12345678, 0x9abcdef0, 0x12345678];

  test('long addresses are cut, but with -W', () => {
    expect(row(message(10, long))).toBe(
      'tcp6       1      2 2001:db8:1234:5678::443 2001:db8:1234:567:40000 ESTABLISHED\n',
    );
    expect(row(message(10, long), {wide: true})).toContain(' 2001:db8:1234:5678:9abc:def0:1234:5678:443 2001:db8:');
  });
  test('a name of a port takes most of a cell', () => {
    const port = (): string => 'a-service-with-a-long-name';
    expect(row(message(2, [0x0a000001]), {port})).toContain(' 10.0:a-service-with-a-l 10.0:a-service-with-a-l ');
    expect(row(message(2, [0x0a000001]), {port, wide: true})).toContain(' 10.0.0.1:a-service-with-a-long-name ');
  });
  test('a listener shows no backlog, nobody is -1, half-open connections are looked up', () => {
    const user = String;
    expect(row(message(2, [1], 10), {user: uid => user(uid | 0)})).toMatch(/^tcp6 {7}1 {6}0 .* LISTEN {6}-1 {9}0 +\n$/);
    const halfOpen = (): {uid: number; timeouts: number} => ({uid: 7, timeouts: 3});
    expect(row(message(2, [1], 3), {user, halfOpen, timers: true})).toMatch(
      /SYN_RECV {4}7 {10}0 {10}off \(0\.00\/3\/0\)\n$/,
    );
  });
  test('cut messages are left out', () => {
    expect(row(message(2, [1]).subarray(0, 71))).toBe('');
  });
});

describe('/proc/net/unix', () => {
  test('names end at blanks, and lines of another form are told of', () => {
    let bogus = 0;
    const text =
      'Num       RefCount Protocol Flags    Type St Inode Path\n' +
      '00000000a6756b75: 00000003 00000000 00010000 0001 01 20506 /run/with space\n' +
      'line\n' +
      '0000000089373f0b: 00000012 00000000 00000000 0005 03 19872\n' +
      '0000000089373f0b: 00000012 0000000';
    const sockets = [...parseUnix(Buffer.from(text), () => bogus++)];
    expect(sockets.map(socket => ({...socket, path: Buffer.from(socket.path).toString()}))).toEqual([
      {references: 3, flags: 0x10000, type: 1, state: 1, inode: 20506, path: '/run/with'},
      {references: 18, flags: 0, type: 5, state: 3, inode: 19872, path: ''},
    ]);
    expect(bogus).toBe(2);
  });
});

describe('counters', () => {
  test('values are 64 bits without sign', () => {
    const faults: string[] = [];
    const text = 'Tcp: A B C D\nTcp: 5 -1 18446744073709551616 x\nUdp: A\nTcp: 1\nUdp: A\nUdp: 1\n';
    expect([...pairedCounters(text, () => faults.push('fault'))]).toEqual([
      'Tcp',
      {section: 'Tcp', name: 'A', value: '5'},
      {section: 'Tcp', name: 'B', value: '18446744073709551615'},
      {section: 'Tcp', name: 'C', value: '18446744073709551615'},
      {section: 'Tcp', name: 'D', value: '0'},
    ]);
    expect(faults).toEqual(['fault']);
  });
  test('sections of IPv6 end with their 6', () => {
    expect([...listedCounters('Ip6In 1\nIp6Out 2\nOther 3\nIcmp6A x\n', section6)]).toEqual([
      'Ip6',
      {section: 'Ip6', name: 'Ip6In', value: '1'},
      {section: 'Ip6', name: 'Ip6Out', value: '2'},
      'Other',
      {section: 'Other', name: 'Other', value: '3'},
      'Icmp6',
      {section: 'Icmp6', name: 'Icmp6A', value: '0'},
    ]);
  });
});
