import {UsageError} from '../../errors.js';
import {clause, keyword, type SpecBag} from '../../grammar/grammar.js';
import type {KindContext, LinkKind} from './kind.js';
import {tos} from './tunnel.js';
import {autoTtl, df, single, tunnelAddress} from './udpTunnel.js';
import {number, once, option, toggle} from './values.js';

/** Options of a GENEVE tunnel, in match order. */
const options = clause(() => ({
  id: option('id', once('id', 'id', number(0xffffff, 'invalid id')), ['vni']),
  remote: option('remote', once('remote', 'remote', tunnelAddress(false, 'remote'))),
  ttl: option('ttl', once('ttl', 'ttl', autoTtl), ['hoplimit']),
  tos: option('tos', once('tos', 'tos', tos), ['dsfield']),
  df: keyword('df', once('df', 'df', df)),
  label: option('flowlabel', once('label', 'flowlabel', number(0xfffff, 'invalid flowlabel')), ['label']),
  port: option('dstport', once('port', 'dstport', number(0xffff, 'dstport'))),
  collectMetadata: toggle('external'),
  udpCsum: toggle('udpcsum'),
  udpZeroCsum6Tx: toggle('udp6zerocsumtx'),
  udpZeroCsum6Rx: toggle('udp6zerocsumrx'),
  innerProtoInherit: single('innerprotoinherit'),
}));

/** Attributes that follow the id and the remote, in the reference's order; the first are sent for every new device. */
const always = ['label', 'ttl', 'tos'] as const;
const last = ['port', 'collectMetadata', 'innerProtoInherit', 'udpCsum', 'udpZeroCsum6Tx', 'udpZeroCsum6Rx'] as const;

function data(spec: SpecBag, {isNew}: KindContext): SpecBag {
  const isExternal = spec.collectMetadata === 1;
  if (isExternal && spec.id !== undefined) throw refuse("both 'external' and vni cannot be specified");
  if (!isExternal && spec.id === undefined) throw refuse('missing virtual network identifier');
  if (isNew && !isExternal && spec.remote === undefined) throw refuse('remote link partner not specified');
  const attributes: SpecBag = {};
  for (const [key, value] of Object.entries(spec)) {
    if (key === 'df') attributes.df = value;
    else if (key === 'ttl' && value === 'inherit') attributes.ttlInherit = 1;
  }
  attributes.id = spec.id ?? 0;
  if (spec.remote !== undefined) attributes[spec.remote.family === 2 ? 'remote' : 'remote6'] = spec.remote;
  for (const key of always) {
    const value = spec[key] === 'inherit' ? 0 : spec[key];
    if (isNew || value !== undefined) attributes[key] = value ?? 0;
  }
  for (const key of last) {
    if (key === 'collectMetadata' ? isExternal : spec[key] !== undefined) {
      attributes[key] = key === 'collectMetadata' ? true : spec[key];
    }
  }
  return attributes;
}

function refuse(text: string): UsageError {
  return new UsageError(1, `geneve: ${text}`);
}

/** `type geneve`. */
export const geneve = (): LinkKind => ({name: 'geneve', options, data, unknown: 'unknown command'});
