import {expect, test} from 'vitest';
import {MACSEC_CMD_UPD_OFFLOAD, macsecMessage} from '../../../src/genetlink/macsec.js';
import {Cursor} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import {encodeMessage} from '../../../src/netlink/encode.js';
import {Writer} from '../../../src/netlink/writer.js';
import {type Change, readChange, readOffload} from '../../../src/ops/macsec.js';
import type {IpSession} from '../../../src/ops/session.js';

const env = () => ({family: 0, names: new Names(), program: 'ip', usage: () => ['Usage:']});
const session = {links: {index: (name: string) => (name === 'lo' ? 1 : 0)}} as unknown as IpSession;

/** Bytes behind the netlink header of `ip macsec LINE`. */
function payloadOf(line: string): string {
  const [verb, ...words] = line.split(' ');
  const cursor = new Cursor(words);
  const {cmd, body} =
    verb === 'offload'
      ? {cmd: MACSEC_CMD_UPD_OFFLOAD, body: readOffload(cursor, env(), session)}
      : readChange((verb === 'del' ? 'delete' : verb) as Change, cursor, env(), session);
  const writer = new Writer(512);
  encodeMessage(macsecMessage, {cmd, version: 1, ...body}, writer);
  return Buffer.from(writer.bytes.subarray(0, writer.at)).toString('hex');
}

const KEY = '00112233445566778899aabbccddeeff';
const ID = '01000000000000000000000000000000';
const SALT = '838383838383838383838383';
const LO = '0800010001000000';

/** Payloads that the reference sends. */
const changes = [
  [
    `add lo tx sa 0 pn 1 on key 01 ${KEY}`,
    `04010000${LO} 44000300 0500010000000000 0800030001000000 14000500${ID} 14000400${KEY} 0500020001000000`,
  ],
  [
    `add lo rx sci 5 sa 1 xpn 3 on salt ${SALT} ssci 0x7b key 01 ${KEY}`,
    `07010000${LO} 100002000c0001000000000000000005 60000300 0500010001000000 0c0003000300000000000000
     10000900${SALT} 080008000000007b 14000500${ID} 14000400${KEY} 0500020001000000`,
  ],
  ['add lo rx sci 5 on', `01010000${LO} 18000200 0c0001000000000000000005 0500020001000000`],
  [`set lo tx sa 0 off salt ${SALT} pn 9`, `06010000${LO} 1c000300 0500010000000000 0800030009000000 0500020000000000`],
  ['set lo tx sa 0 key 01  on', `06010000${LO} 14000300 0500010000000000 0500020001000000`],
  [
    'set lo rx port 1 address 02:00:00:00:00:99 sa 3',
    `09010000${LO} 100002000c0001000200000000990001 0c000300 0500010003000000`,
  ],
  ['del lo rx address 02:00:00:00:00 port 0x10 bogus', `02010000${LO} 100002000c0001000200000000000010`],
  ['del lo tx sa 2 key 01 zz', `05010000${LO} 0c000300 0500010002000000`],
  ['offload lo m', `0a010000${LO} 0c000900 0500010002000000`],
] as const;

test.each(changes)('macsec %s', (line, payload) => expect(payloadOf(line)).toBe(payload.replaceAll(/\s/g, '')));

const refusals = [
  ['add', 'Usage: ip macsec'],
  ['add nosuch tx sa 9', 'Device "nosuch" does not exist.'],
  ['add lo t sa 0', 'Usage: ip macsec'],
  ['add lo tx', 'Usage: ip macsec'],
  ['add lo tx sa', 'Command line is not complete'],
  ['add lo tx sa 4', '"4" is wrong: expected an { 0..3 }'],
  ['add lo tx sa 0 k', 'macsec: unknown command "k"?'],
  ['add lo tx sa 0 pn 4294967296', 'expected pn'],
  ['add lo tx sa 0 xpn 0', 'expected pn != 0'],
  ['add lo tx sa 0 pn 1 xpn', 'either "xpn" is duplicate, or "xpn" is a garbage.'],
  ['add lo tx sa 0 salt 83 salt', 'either "salt" is duplicate, or "salt" is a garbage.'],
  ['add lo tx sa 0 salt 838', '"838" is wrong: expected salt'],
  ['add lo tx sa 0 ssci 100000000', 'expected ssci'],
  ['add lo tx sa 0 on off', 'either "on/off" is duplicate, or "off" is a garbage.'],
  ['add lo tx sa 0 key zz 81', '"zz" is wrong: expected key id'],
  ['add lo tx sa 0 key 01 818', '"818" is wrong: expected key'],
  ['add lo tx sa 0 pn 1', 'cannot create SA without key'],
  ['add lo tx sa 0 key 01 81', 'must specify a packet number != 0'],
  ['set lo tx sa 0 key 01 81', 'cannot change key on SA'],
  ['add lo rx', 'expected sci'],
  ['add lo rx on', '"on" is wrong: expected sci, port, or address'],
  ['add lo rx port 1 port 2', 'expected sci'],
  ['add lo rx port 1 sci 5', '"sci" is wrong: expected address'],
  ['add lo rx address 02:00:00:00:00:99 sci 5', '"sci" is wrong: expected port'],
  ['add lo rx sci 5 on sa 1', 'macsec: unknown command "sa"?'],
  ['offload lo', 'Usage: ip macsec'],
  ['offload lo x', 'argument of "offload" must be one of "off", "phy", "mac", not "x"'],
] as const;

test.each(refusals)('macsec %s is refused', (line, refusal) => expect(() => payloadOf(line)).toThrow(refusal));

test('a wrong address is named up to its first colon', () => {
  expect(() => payloadOf('add lo rx port 1 address 02:zz:00')).toThrow(
    expect.objectContaining({
      lines: ['"zz" is invalid lladdr.', 'Error: argument "02" is wrong: expected lladdr'],
    }),
  );
});
