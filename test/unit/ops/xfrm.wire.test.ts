import {expect, test} from 'vitest';
import {Cursor, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import {encodeMessage} from '../../../src/netlink/encode.js';
import type {Request} from '../../../src/netlink/message.js';
import {Writer} from '../../../src/netlink/writer.js';
import type {IpSession} from '../../../src/ops/session.js';
import {StateTable} from '../../../src/ops/xfrmState.js';
import {xfrmStateVerbs} from '../../../src/ops/xfrmStateSpec.js';

/** Bytes of struct xfrm_usersa_info, which attributes follow. */
const INFO = 224;

/** Hexadecimal attributes that `ip xfrm state add` would send. */
function attributesOf(words: readonly string[]): string {
  let sent = '';
  const connection = {
    request({message, body}: Request) {
      const writer = new Writer(1024);
      encodeMessage(message, body as never, writer);
      sent = Buffer.from(writer.bytes.subarray(INFO, writer.at)).toString('hex');
    },
  };
  const session = {options: {family: 0}, io: {open: () => connection}} as unknown as IpSession;
  const line = ['add', 'src', '10.0.0.1', 'dst', '10.0.0.2', 'proto', 'esp', 'spi', '0x51', ...words];
  const command = parseVerbs(xfrmStateVerbs, new Cursor(line), {family: 0, names: new Names(), program: 'ip'});
  if (command.verb !== 'add') throw new Error('a change was expected');
  new StateTable(session).change('add', command.spec);
  return sent;
}

const name = (text: string): string => Buffer.from(text.padEnd(64, '\0')).toString('hex');

// What the reference sends for the same words.
test.each([
  ['aead rfc4106(gcm(aes)) 0x12345 128', `4f001200${name('rfc4106(gcm(aes))')}180000008000000001234500`],
  [
    'enc cbc(aes) abcd output-mark 5 mask 15',
    `4c000200${name('cbc(aes)')}200000006162636408001d000500000008001e000f000000`,
  ],
  [
    'enc a 0x replay-window 64 replay-seq 10 replay-oseq 20',
    `48000200${name('a')}000000001c00170002000000140000000a000000000000000000000040000000`,
  ],
  ['enc a 0x replay-seq 5', `48000200${name('a')}0000000010000a00000000000500000000000000`],
  ['enc a 0x ctx foo', `48000200${name('a')}00000000100008000c00080001010400666f6f00`],
] as const)('state add %s', (words, attributes) => {
  expect(attributesOf(words.split(' '))).toBe(attributes);
});
