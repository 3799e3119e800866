import type {Vxlan} from '../../../rtnetlink/link/kinds/vxlan.js';
import type {Field} from '../../../view/field.js';
import {custom, field} from '../../../view/field.js';
import {address, ifname, type Kind, uint} from '../../../view/kinds.js';
import {either, switchedOn, tos, unlessZero} from './tunnel.js';

function remoteField(isMulticast: boolean): Field<Vxlan>[] {
  const word = isMulticast ? 'group' : 'remote';
  return [
    field(word, `${word} %s `, address, r =>
      r.group !== undefined && r.group.a !== 0 && (r.group.a >>> 28 === 14) === isMulticast ? r.group : undefined,
    ),
    field(`${word}6`, `${word} %s `, address, r =>
      r.group6 !== undefined && !r.group6.isUnspecified && (r.group6.a >>> 24 === 255) === isMulticast
        ? r.group6
        : undefined,
    ),
  ];
}

const dfWords = ['unset', 'set', 'inherit'];
const df: Kind<number> = {
  text: (out, value) => out.ascii(dfWords[value] ?? String(value)),
  json: (json, value) => json.word(dfWords[value] ?? String(value)),
};

const ageing: Kind<number> = {
  text: (out, value) => out.ascii(value === 0 ? 'none' : String(value)),
  json: (json, value) => json.uint(value),
};

const hexWord: Kind<number> = {
  text: (out, value) => out.ascii(`0x${value.toString(16)}`),
  json: (json, value) => json.word(`0x${value.toString(16)}`),
};

function inheritsTtl({ttlInherit}: Vxlan): boolean {
  return ttlInherit !== undefined && ttlInherit[0] !== 0;
}

/** A VXLAN device with `-d`, in the reference's order. */
export const vxlanFields: readonly Field<Vxlan>[] = [
  switchedOn('external', 'external ', r => r.collectMetadata),
  // The reference forgets the blank.
  switchedOn('vnifilter', 'vnifilter', r => r.vnifilter),
  field('id', 'id %s ', uint, r => r.id),
  ...remoteField(true),
  ...remoteField(false),
  field('local', 'local %s ', address, r => (r.local?.a === 0 ? undefined : r.local)),
  field('local6', 'local %s ', address, r => (r.local6?.isUnspecified === true ? undefined : r.local6)),
  field('link', 'dev %s ', ifname, r => unlessZero(r.link)),
  custom(
    (out, {portRange: range}) => {
      if (range !== undefined) out.ascii(`srcport ${range.low} ${range.high} `);
    },
    (json, {portRange: range}) => {
      if (range === undefined) return;
      json.openObject('port_range');
      json.key('low');
      json.uint(range.low);
      json.key('high');
      json.uint(range.high);
      json.closeObject();
    },
  ),
  field('port', 'dstport %s ', uint, r => r.port),
  custom(
    (out, r) => {
      if (r.learning === 0) out.ascii('nolearning ');
    },
    (json, r) => {
      if (r.learning === undefined) return;
      json.key('learning');
      json.bool(r.learning !== 0);
    },
  ),
  switchedOn('proxy', 'proxy ', r => r.proxy),
  switchedOn('rsc', 'rsc ', r => r.rsc),
  switchedOn('l2miss', 'l2miss ', r => r.l2miss),
  switchedOn('l3miss', 'l3miss ', r => r.l3miss),
  field('tos', 'tos %s ', tos, r => unlessZero(r.tos)),
  custom(
    (out, r) => out.ascii(inheritsTtl(r) ? 'ttl inherit ' : `ttl ${unlessZero(r.ttl) ?? 'auto'} `),
    (json, r) => {
      if (inheritsTtl(r)) return;
      json.key('ttl');
      json.uint(r.ttl ?? 0);
    },
  ),
  field(null, 'df %s ', df, r => unlessZero(r.df)),
  field('df', null, df, r => r.df),
  field('label', 'flowlabel %s ', hexWord, r => unlessZero(r.label)),
  field('ageing', 'ageing %s ', ageing, r => r.ageing),
  field('limit', 'maxaddr %s ', uint, r => unlessZero(r.limit)),
  either('udp_csum', 'udpcsum', r => r.udpCsum),
  either('udp_zero_csum6_tx', 'udp6zerocsumtx', r => r.udpZeroCsum6Tx),
  either('udp_zero_csum6_rx', 'udp6zerocsumrx', r => r.udpZeroCsum6Rx),
  switchedOn('remcsum_tx', 'remcsumtx ', r => r.remcsumTx),
  switchedOn('remcsum_rx', 'remcsumrx ', r => r.remcsumRx),
  switchedOn('gbp', 'gbp ', r => r.gbp),
  switchedOn('gpe', 'gpe ', r => r.gpe),
];
