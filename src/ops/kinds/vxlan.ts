import type {IpAddress} from '../../addr/ip.js';
import {UsageError} from '../../errors.js';
import {choice, clause, flag, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {uint64} from '../../grammar/values.js';
import type {KindContext, LinkKind} from './kind.js';
import {lowerDevice, tos} from './tunnel.js';
import {autoTtl, df, single, tunnelAddress} from './udpTunnel.js';
import {number, once, option, toggle} from './values.js';

/** Port registered for VXLAN-GPE. Source: IANA service names. */
const GPE_PORT = 4790;

/** `none` or `unlimited` stands for 0. */
function limit(word: string, text: string): ValueType<number> {
  const value = number(0xffffffff, text);
  return {
    ...value,
    parse(cursor, keyword, env, spec) {
      if (cursor.peek() !== word) return value.parse(cursor, keyword, env, spec);
      cursor.next();
      return 0;
    },
  };
}

const portRange: ValueType<{readonly low: number; readonly high: number}> = {
  label: 'MIN MAX',
  parse: (cursor, keyword, env, spec) => ({
    low: number(0xffff, 'min port').parse(cursor, keyword, env, spec),
    high: number(0xffff, 'max port').parse(cursor, keyword, env, spec),
  }),
  format: ({low, high}) => [String(low), String(high)],
};

/** Options of a VXLAN device, in match order. */
const options = clause({
  id: option('id', once('id', 'id', number(0xffffff, 'invalid id')), ['vni']),
  group: option('group', once('group', 'group', tunnelAddress(true, 'group'))),
  remote: option('remote', once('remote', 'remote', tunnelAddress(false, 'remote'))),
  local: option('local', once('local', 'local', tunnelAddress(false, 'local'))),
  dev: option('dev', once('dev', 'dev', lowerDevice)),
  ttl: option('ttl', once('ttl', 'ttl', autoTtl), ['hoplimit']),
  tos: option('tos', once('tos', 'tos', tos), ['dsfield']),
  df: option('df', once('df', 'df', df)),
  label: option('flowlabel', once('label', 'flowlabel', number(0xfffff, 'invalid flowlabel')), ['label']),
  ageing: option('ageing', once('ageing', 'ageing', limit('none', 'ageing timer'))),
  limit: option('maxaddress', once('limit', 'maxaddress', limit('unlimited', 'max addresses'))),
  portRange: option('srcport', once('portRange', 'srcport', portRange), ['port']),
  port: option('dstport', once('port', 'dstport', number(0xffff, 'dst port'))),
  learning: toggle('learning'),
  proxy: toggle('proxy'),
  rsc: toggle('rsc'),
  l2miss: toggle('l2miss'),
  l3miss: toggle('l3miss'),
  udpCsum: toggle('udpcsum'),
  udpZeroCsum6Tx: toggle('udp6zerocsumtx'),
  udpZeroCsum6Rx: toggle('udp6zerocsumrx'),
  remcsumTx: toggle('remcsumtx'),
  remcsumRx: toggle('remcsumrx'),
  collectMetadata: toggle('external'),
  gbp: single('gbp', {match: 'prefix'}),
  gpe: single('gpe', {match: 'prefix'}),
  vnifilter: flag('vnifilter', {value: 1}),
  noVnifilter: flag('novnifilter', {value: 0}),
  // Newer than iproute2 6.1: in full only.
  localbypass: choice({nolocalbypass: 0, localbypass: 1}),
  reservedBits: keyword('reserved_bits', uint64({text: 'reserved_bits value is invalid'})),
  mcRoute: choice({nomcroute: 0, mcroute: 1}),
});

/** Attributes that the reference sends in the order of the words; the others follow. */
const inOrder = [
  'tos',
  'df',
  'label',
  'ageing',
  'limit',
  'portRange',
  'proxy',
  'rsc',
  'l2miss',
  'l3miss',
  'udpCsum',
  'udpZeroCsum6Tx',
  'udpZeroCsum6Rx',
  'remcsumTx',
  'remcsumRx',
  'collectMetadata',
  'gbp',
  'gpe',
  'vnifilter',
  'localbypass',
  'reservedBits',
  'mcRoute',
];

function refuseVxlan(text: string): UsageError {
  return new UsageError(1, `vxlan: ${text}`);
}

function data(spec: SpecBag, context: KindContext): SpecBag {
  const {group, remote, local, dev} = spec;
  const link = dev === undefined ? undefined : context.indexOf(dev);
  const isExternal = spec.collectMetadata === 1;
  if (group !== undefined && remote !== undefined) throw refuseVxlan('both group and remote cannot be specified');
  if (isExternal && spec.id !== undefined) throw refuseVxlan("both 'external' and vni cannot be specified");
  if (spec.vnifilter === 1 && !isExternal) throw refuseVxlan("vnifilter is valid only when 'external' is set");
  if (context.isNew && !isExternal && spec.id === undefined) {
    throw refuseVxlan('missing virtual network identifier');
  }
  if (group !== undefined && dev === undefined) throw refuseVxlan("'group' requires 'dev' to be specified");
  const attributes: SpecBag = {};
  for (const [key, value] of Object.entries(spec)) {
    if (inOrder.includes(key)) attributes[key] = value;
    else if (key === 'dev') attributes.link = link;
    else if (key === 'noVnifilter') attributes.vnifilter = 0;
    else if (key === 'ttl' && value === 'inherit') attributes.ttlInherit = new Uint8Array(0);
    else if (key === 'ttl') attributes.ttl = value;
  }
  if (spec.id !== undefined) attributes.id = spec.id;
  const far: IpAddress | undefined = group ?? remote;
  if (local !== undefined) attributes[local.family === 2 ? 'local' : 'local6'] = local;
  if (far !== undefined) attributes[far.family === 2 ? 'group' : 'group6'] = far;
  const learning = spec.learning ?? (context.isNew ? (isExternal ? 0 : 1) : undefined);
  if (learning !== undefined) attributes.learning = learning;
  const port = portOf(spec, context);
  if (port !== 0) attributes.port = port;
  return attributes;
}

/** Destination port; 0 leaves it to the kernel. */
function portOf(spec: SpecBag, context: KindContext): number {
  if (spec.port !== undefined || !context.isNew) return spec.port ?? 0;
  if (spec.gpe === true) return GPE_PORT;
  context.warn([
    'vxlan: destination port not specified',
    'Will use Linux kernel default (non-standard value)',
    "Use 'dstport 4789' to get the IANA assigned value",
    "Use 'dstport 0' to get default and quiet this message",
  ]);
  return 0;
}

/** `type vxlan`. */
export const vxlan: LinkKind = {name: 'vxlan', options, data, unknown: 'unknown command'};
