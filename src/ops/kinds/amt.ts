import type {IpAddress} from '../../addr/ip.js';
import {UsageError} from '../../errors.js';
import {clause, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import {addressOf} from '../../grammar/values.js';
import {type KindContext, kindUsage, type LinkKind} from './kind.js';
import {lowerDevice} from './tunnel.js';
import {number, once} from './values.js';

/** Source: uapi linux/amt.h, enum amt_mode. */
const modes = ['gateway', 'relay'];

const mode: ValueType<number> = {
  label: `{ ${modes.join(' | ')} }`,
  complete: modes,
  parse(cursor) {
    const index = modes.indexOf(cursor.next());
    if (index === -1) throw new UsageError(1, kindUsage(amt()));
    return index;
  },
  format: value => [modes[value] ?? ''],
};

/** `any` is no address, and not sent. */
const address: ValueType<IpAddress | undefined> = {
  label: 'ADDR',
  complete: 'address',
  parse(cursor) {
    const word = cursor.next();
    return word === 'any' || word === 'all' || word === 'default' ? undefined : addressOf(word, 0);
  },
  format: value => [String(value ?? 'any')],
};

/** Options of an AMT gateway or relay, in match order. Keys are attribute names. */
const options = clause(() => ({
  mode: keyword('mode', mode),
  relayPort: keyword('relay_port', number(0xffff, 'relay_port')),
  gatewayPort: keyword('gateway_port', number(0xffff, 'gateway_port')),
  maxTunnels: keyword('max_tunnels', number(0xffffffff, 'max_tunnels')),
  localIp: keyword('local', once('localIp', 'local', address)),
  discoveryIp: keyword('discovery', once('discoveryIp', 'discovery', address)),
  link: keyword('dev', lowerDevice),
}));

function data(spec: SpecBag, context: KindContext): SpecBag {
  return spec.link === undefined ? spec : {...spec, link: context.indexOf(spec.link)};
}

/** `type amt`. */
export const amt = (): LinkKind => ({name: 'amt', options, data, unknown: 'unknown command', help: 'whole'});
