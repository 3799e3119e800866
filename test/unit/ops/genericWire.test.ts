import {expect, test} from 'vitest';
import {fouMessage} from '../../../src/genetlink/fou.js';
import {l2tpMessage} from '../../../src/genetlink/l2tp.js';
import {Cursor, parseVerbs} from '../../../src/grammar/grammar.js';
import {Names} from '../../../src/names/tables.js';
import {changeFou, fouVerbs, type openFou} from '../../../src/ops/fou.js';
import {addL2tp, checkWhat, deleteL2tp, l2tpVerbs, type openL2tp} from '../../../src/ops/l2tp.js';
import {device, keeping} from './generic.js';

const env = () => ({family: 0, names: new Names(), program: 'ip'});
const bytes = (text: string): string => text.replaceAll(/\s/g, '');

/** Payloads of the reference for `ip fou WORDS`. */
const fou = [
  [
    'add port 5580 ipproto 47 local 10.0.0.1 peer 10.0.0.9 peer_port 99 dev d1',
    `01010000 06000100 15cc0000 05000400 01000000 05000200 02000000 05000300 2f000000 08000600 0a000001
     08000800 0a000009 06000a00 00630000 08000b00 03000000`,
  ],
  ['add po 5581 gu', '01010000 06000100 15cd0000 05000400 02000000 05000200 02000000'],
  [
    'del port 5580 local 10.0.0.1 peer 10.0.0.9 peer_port 99 dev d1',
    `02010000 06000100 15cc0000 05000400 01000000 05000200 02000000 08000600 0a000001 08000800 0a000009
     06000a00 00630000 08000b00 03000000`,
  ],
] as const;

test.each(fou)('fou %s', (line, payload) => {
  const {family, sent} = keeping(fouMessage);
  const command = parseVerbs(fouVerbs, new Cursor(line.split(' ')), env());
  if (command.verb === 'show') throw new Error('a change was expected');
  changeFou(command.verb, command.spec, 0, family as unknown as ReturnType<typeof openFou>, device);
  expect(sent).toEqual([bytes(payload)]);
});

/** Payloads of the reference for `ip l2tp WORDS`. */
const l2tp = [
  [
    'add tunnel tunnel_id 31 peer_tunnel_id 2 encap udp local 10.0.0.1 remote 10.0.0.9 udp_sport 5010 udp_dport 6000 udp_csum on',
    `01010000 08000900 1f000000 08000a00 02000000 05000700 03000000 06000200 00000000 08001800 0a000001
     08001900 0a000009 06001a00 92130000 06001b00 70170000 05000d00 01000000`,
  ],
  [
    'add session tunnel_id 31 session_id 12 peer_session_id 21',
    `05010000 08000900 1f000000 08000a00 00000000 08000b00 0c000000 08000c00 15000000 06000100 05000000
     05000500 01000000 05000600 04000000`,
  ],
  ['del session tunnel_id 31 session_id 11', '06010000 08000900 1f000000 08000b00 0b000000'],
  ['del tunnel tunnel_id 31', '02010000 08000900 1f000000'],
] as const;

test.each(l2tp)('l2tp %s', (line, payload) => {
  const {family, sent} = keeping(l2tpMessage);
  const {verb, spec} = parseVerbs(l2tpVerbs, new Cursor(line.split(' ')), env());
  const change = verb === 'add' ? addL2tp : deleteL2tp;
  change(
    checkWhat(spec, () => []),
    spec,
    family as unknown as ReturnType<typeof openL2tp>,
  );
  expect(sent).toEqual([bytes(payload)]);
});

const refusals = [
  ['add tunnel', 'argument "tunnel_id" is required'],
  ['add tunnel tunnel_id 1 peer_tunnel_id 2 local 0.0.0.0', 'argument "local" is required'],
  ['add session tunnel_id 1 session_id 1', 'argument "peer_session_id" is required'],
  ['add session cookie 01', 'cookie must be either 8 or 16 hex digits'],
  ['add session seq maybe', 'Unknown seq value "maybe"'],
  ['del session tunnel_id 1', 'argument "session_id" is required'],
  ['add tun', 'Unknown command: tun'],
] as const;

test.each(refusals)('l2tp %s is refused', (line, refusal) => {
  const {family} = keeping(l2tpMessage);
  expect(() => {
    const {verb, spec} = parseVerbs(l2tpVerbs, new Cursor(line.split(' ')), env());
    const change = verb === 'add' ? addL2tp : deleteL2tp;
    change(
      checkWhat(spec, () => []),
      spec,
      family as unknown as ReturnType<typeof openL2tp>,
    );
  }).toThrow(refusal);
});
