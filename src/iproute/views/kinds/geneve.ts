import type {Geneve} from '../../../rtnetlink/link/kinds/geneve.js';
import {type Field, field, when} from '../../../view/field.js';
import {address, hex, type Kind, uint, word} from '../../../view/kinds.js';
import {either, switchedOn, tos, unlessZero} from './tunnel.js';

/** Source: uapi linux/if_link.h, enum ifla_geneve_df. */
const dfWords = ['unset', 'set', 'inherit'];

/** 0 is the system's default. */
const ttl: Kind<number> = {
  text: (out, value) => (value === 0 ? out.ascii('auto') : out.uint(value)),
  json: uint.json,
};

function inheritsTtl(r: Geneve): boolean {
  return r.ttlInherit !== undefined && r.ttlInherit !== 0;
}

/** A GENEVE tunnel with `-d`, in the reference's order. */
export const geneveFields: readonly Field<Geneve>[] = [
  switchedOn('external', 'external ', r => r.collectMetadata),
  field('id', 'id %s ', uint, r => r.id),
  field('remote', 'remote %s ', address, r => (r.remote?.isUnspecified === true ? undefined : r.remote)),
  field('remote6', 'remote %s ', address, r => (r.remote6?.isUnspecified === true ? undefined : r.remote6)),
  when(inheritsTtl, [field(null, 'ttl inherit ', uint, () => 0)]),
  when(r => !inheritsTtl(r), [field('ttl', 'ttl %s ', ttl, r => r.ttl)]),
  field('tos', 'tos %s ', tos, r => unlessZero(r.tos)),
  field(null, 'df %s ', word, r => dfWords[unlessZero(r.df) ?? -1]),
  field('df', null, word, r => dfWords[r.df ?? -1]),
  field('label', 'flowlabel %s ', hex, r => unlessZero(r.label)),
  field('port', 'dstport %s ', uint, r => r.port),
  either('udp_csum', 'udpcsum', r => r.udpCsum),
  either('udp_zero_csum6_tx', 'udp6zerocsumtx', r => r.udpZeroCsum6Tx),
  either('udp_zero_csum6_rx', 'udp6zerocsumrx', r => r.udpZeroCsum6Rx),
  switchedOn('inner_proto_inherit', 'innerprotoinherit ', r => r.innerProtoInherit),
];
