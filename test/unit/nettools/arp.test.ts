import {expect, test} from 'vitest';
import {IpAddress} from '../../../src/addr/ip.js';
import type {ArpEntry} from '../../../src/nettools/neighbours.js';
import {classLength} from '../../../src/nettools/oldCalls.js';
import {writeArpRow, writeArpSentence} from '../../../src/nettools/views/arp.js';
import {writeArpJson} from '../../../src/nettools/views/arpJson.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

function text(write: (out: Sink) => void): string {
  const output = new MemoryOutput();
  const out = new Sink(output);
  write(out);
  out.flush();
  return Buffer.from(output.bytes()).toString('latin1');
}

const PERMANENT = 0x80;
const STALE = 4;
const FAILED = 0x20;

function entry(rest: Partial<ArpEntry>): ArpEntry {
  const lladdr = Uint8Array.of(2, 0, 0, 0, 0, 0x99);
  return {
    dst: IpAddress.parse('192.168.1.2'),
    state: PERMANENT,
    isPublic: false,
    lladdr,
    arphrd: 1,
    ifname: 'eth0',
    ...rest,
  };
}

const entries = [
  entry({}),
  entry({state: STALE, arphrd: 512}),
  entry({state: FAILED, lladdr: undefined}),
  entry({state: 0, isPublic: true, lladdr: undefined, ifname: '*'}),
  // A type that nobody names, and an address too long for its column.
  entry({state: STALE, arphrd: 32, lladdr: new Uint8Array(20)}),
];

test('entries as rows', () => {
  expect(entries.map(one => text(out => writeArpRow(out, one, undefined)))).toEqual([
    '192.168.1.2              ether   02:00:00:00:00:99   CM                    eth0\n',
    '192.168.1.2              ppp     02:00:00:00:00:99   C                     eth0\n',
    '192.168.1.2                      (incomplete)                              eth0\n',
    '192.168.1.2              *       <from_interface>    MP                    *\n',
    '192.168.1.2              ether   00:00:00:00:00:00:00C                     eth0\n',
  ]);
  expect(text(out => writeArpRow(out, entry({}), 'twentyfourcharactersxxxx'))).toBe(
    'twentyfourcharactersxxx  ether   02:00:00:00:00:99   CM                    eth0\n',
  );
});

test('entries as sentences', () => {
  expect(entries.slice(0, 4).map(one => text(out => writeArpSentence(out, one, undefined)))).toEqual([
    '? (192.168.1.2) at 02:00:00:00:00:99 [ether] PERM on eth0\n',
    '? (192.168.1.2) at 02:00:00:00:00:99 [ppp] on eth0\n',
    '? (192.168.1.2) at <incomplete> on eth0\n',
    '? (192.168.1.2) at <from_interface> PERM PUB on *\n',
  ]);
  expect(text(out => writeArpSentence(out, entry({}), 'a.host'))).toMatch(/^a\.host \(/);
});

test('entries as JSON', () => {
  expect(JSON.parse(text(out => writeArpJson(out, entries.slice(0, 4))))).toEqual([
    {dst: '192.168.1.2', dev: 'eth0', lladdr: '02:00:00:00:00:99', state: ['PERMANENT']},
    {dst: '192.168.1.2', dev: 'eth0', lladdr: '02:00:00:00:00:99', state: ['STALE']},
    {dst: '192.168.1.2', dev: 'eth0', state: ['FAILED']},
    {dst: '192.168.1.2', proxy: null},
  ]);
});

test('masks by the class of an address', () => {
  const lengths = [
    '0.0.0.0',
    '0.0.0.1',
    '10.0.0.1',
    '128.0.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ];
  expect(lengths.map(one => classLength(IpAddress.parse(one)))).toEqual([0, 8, 8, 16, 24, undefined, 32, 0]);
});
