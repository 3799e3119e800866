import {begins} from '../grammar/cursor.js';
import {incomplete, refuse, wrong} from '../grammar/errors.js';
import {clause, formatClause, keyword, type Parsed, parseClause, type ValueType} from '../grammar/grammar.js';
import {abbreviated, int, uint} from '../grammar/values.js';
import {type LinkEnv, lladdr, offOn, vlanProtocol} from './linkValues.js';

/** GUID of an InfiniBand port: 8 bytes in hex, joined by `:`. */
const guid: ValueType<bigint> = {
  label: 'EUI64',
  parse(cursor) {
    const word = cursor.next();
    if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){7}$/i.test(word)) throw wrong(word, 'Invalid GUID format\n');
    return BigInt(`0x${word.replaceAll(':', '')}`);
  },
  format: value => [(value.toString(16).padStart(16, '0').match(/../g) ?? []).join(':')],
};

function u32(name: string): ValueType<number> {
  return uint(0xffffffff, {text: `Invalid "${name}" value\n`});
}

/** Tag of a virtual function. */
interface Vlan {
  readonly vlan: number;
  readonly qos?: number;
  readonly vlanProto?: number;
}

const LAST_VLAN = 4095;
const vlanId = uint(LAST_VLAN, {text: 'Invalid "vlan" value\n'});
const vlanQos = u32('qos');
const vlanProto = vlanProtocol('protocol is invalid\n');
/** ETH_P_8021Q and ETH_P_8021AD. Source: uapi linux/if_ether.h. */
const tagged: readonly number[] = [0x8100, 0x88a8];

/** `5 qos 3 proto 802.1ad`: what stands behind `vlan`, in this order. */
const vlanValue: ValueType<Vlan> = {
  label: 'VLANID [ qos VLAN-QOS ] [ proto VLAN-PROTO ]',
  parse(cursor, keyword, env, spec) {
    const value: {-readonly [K in keyof Vlan]: Vlan[K]} = {vlan: vlanId.parse(cursor, keyword, env, spec)};
    if (begins(cursor.peek(), 'qos')) {
      cursor.next();
      value.qos = vlanQos.parse(cursor, 'qos', env, spec);
    }
    if (begins(cursor.peek(), 'proto')) {
      cursor.next();
      const word = cursor.peek() ?? '';
      value.vlanProto = vlanProto.parse(cursor, 'proto', env, spec);
      if (!tagged.includes(value.vlanProto))
        throw wrong(word, 'Invalid "vlan protocol" value - supported 802.1Q, 802.1ad\n');
    }
    return value;
  },
  format: ({vlan, qos, vlanProto: proto}, env) => [
    String(vlan),
    ...(qos === undefined ? [] : ['qos', String(qos)]),
    ...(proto === undefined ? [] : ['proto', ...vlanProto.format(proto, env)]),
  ],
};

/** Options of one virtual function. Rates in Mb/s. */
export const vfOptions = clause({
  mac: keyword('mac', lladdr, {match: 'prefix'}),
  vlan: keyword('vlan', vlanValue, {match: 'prefix'}),
  txRate: keyword('rate', u32('rate'), {match: 'prefix'}),
  maxTxRate: keyword('max_tx_rate', u32('max tx rate'), {match: 'prefix'}),
  minTxRate: keyword('min_tx_rate', u32('min tx rate'), {match: 'prefix'}),
  spoofchk: keyword('spoofchk', offOn(1), {match: 'prefix'}),
  queryRss: keyword('query_rss', offOn(1), {match: 'prefix'}),
  trust: keyword('trust', offOn(1), {match: 'prefix'}),
  state: keyword('state', abbreviated({auto: 0, enable: 1, disable: 2}, {text: 'Invalid "state" value\n'}), {
    match: 'prefix',
  }),
  nodeGuid: keyword('node_guid', guid, {match: 'prefix'}),
  portGuid: keyword('port_guid', guid, {match: 'prefix'}),
});

/** `vf NUM OPTIONS`. */
export interface Vf {
  readonly number: number;
  readonly options: Parsed<typeof vfOptions>;
}

const isRateWord = (word: string): boolean => begins(word, 'min_tx_rate') || begins(word, 'max_tx_rate');

/** A virtual function and at least one option. */
export const vf: ValueType<Vf> = {
  label: 'NUM OPTIONS',
  parse(cursor, keyword, env: LinkEnv, spec) {
    const number = int(-0x80000000, 0x7fffffff, {text: 'Invalid "vf" value\n'}).parse(cursor, keyword, env, spec);
    const dev: string | undefined = spec.dev ?? spec.name;
    if (dev === undefined) throw refuse('Error: argument "dev" is required');
    const words = cursor.argv.slice(cursor.position);
    const options = parseClause(vfOptions, cursor, env);
    if (Object.keys(options).length === 0) throw incomplete();
    if (options.mac !== undefined) env.checkAddress?.(dev, options.mac);
    // One attribute has both rates: the one that is not said stays as it is. The reference asks where any later word, be it
    // another's value, could be the beginning of a rate's name.
    const {minTxRate, maxTxRate} = options;
    const isPartial = minTxRate === undefined || maxTxRate === undefined;
    const old = isPartial && words.some(isRateWord) ? env.vfRates?.(dev, number >>> 0) : undefined;
    const rates = {minTxRate: minTxRate ?? old?.minTxRate ?? 0, maxTxRate: maxTxRate ?? old?.maxTxRate ?? 0};
    // No greatest rate is no limit.
    if (rates.maxTxRate !== 0 && rates.minTxRate > rates.maxTxRate) {
      throw refuse(`Invalid min_tx_rate ${rates.minTxRate} - must be <= max_tx_rate ${rates.maxTxRate}`, 1);
    }
    if (old === undefined) return {number, options};
    return {number, options: {...options, ...rates}};
  },
  format: ({number, options}, env) => [String(number), ...formatClause(vfOptions, options, env)],
};

/** IFLA_VF_INFO of one `vf`, in the order of the words. */
export function vfRequest({number, options}: Vf): Record<string, unknown> {
  const vf = number >>> 0;
  const info: Record<string, unknown> = {};
  const setting = (value: number) => ({vf, setting: value});
  for (const [key, value] of Object.entries(options)) {
    if (key === 'mac') info.mac = {vf, mac: value};
    else if (key === 'vlan') Object.assign(info, vlanRequest(vf, value as Vlan));
    else if (key === 'txRate') info.txRate = {vf, rate: value};
    else if (key === 'maxTxRate' || key === 'minTxRate') {
      info.rate = {vf, minTxRate: options.minTxRate ?? 0, maxTxRate: options.maxTxRate ?? 0};
    } else if (key === 'spoofchk' || key === 'trust') info[key] = setting(value as number);
    else if (key === 'queryRss') info.rssQueryEn = setting(value as number);
    else if (key === 'state') info.linkState = {vf, linkState: value};
    else if (key === 'nodeGuid') info.ibNodeGuid = {vf, guid: value};
    else if (key === 'portGuid') info.ibPortGuid = {vf, guid: value};
  }
  return info;
}

function vlanRequest(vf: number, {vlan: id, qos, vlanProto}: Vlan): Record<string, unknown> {
  const tag = {vf, vlan: id, qos};
  return vlanProto === undefined ? {vlan: tag} : {vlanList: {info: [{...tag, vlanProto}]}};
}
