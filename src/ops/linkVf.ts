import {incomplete, refuse, wrong} from '../grammar/errors.js';
import {clause, formatClause, keyword, type Parsed, parseClause, type ValueType} from '../grammar/grammar.js';
import {uint, words} from '../grammar/values.js';
import {type LinkEnv, lladdr, offOn, vlanProtocol} from './linkValues.js';

/** GUID of an InfiniBand port: 8 bytes in hex, joined by `:`. */
const guid: ValueType<bigint> = {
  label: 'EUI64',
  parse(cursor) {
    const word = cursor.next();
    if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){7}$/i.test(word)) throw wrong(word, 'Invalid GUID format\n');
    return BigInt(
      `0x${word
        .split(':')
        .map(byte => byte.padStart(2, '0'))
        .join('')}`,
    );
  },
  format: value => [(value.toString(16).padStart(16, '0').match(/../g) ?? []).join(':')],
};

function u32(name: string): ValueType<number> {
  return uint(0xffffffff, {text: `Invalid "${name}" value\n`});
}

const vlan = clause({
  vlan: keyword('vlan', u32('vlan')),
  qos: keyword('qos', u32('qos')),
  vlanProto: keyword('proto', vlanProtocol('protocol is invalid\n')),
});

/** `5 qos 3 proto 802.1ad`: what stands behind `vlan`. */
const vlanValue: ValueType<Parsed<typeof vlan>> = {
  label: 'VLANID [ qos VLAN-QOS ] [ proto VLAN-PROTO ]',
  parse(cursor, _keyword, env) {
    cursor.position--;
    return parseClause(vlan, cursor, env);
  },
  format: (value, env) => formatClause(vlan, value, env).slice(1),
};

/** Options of one virtual function. Rates in Mb/s. */
export const vfOptions = clause({
  mac: keyword('mac', lladdr),
  vlan: keyword('vlan', vlanValue),
  txRate: keyword('rate', u32('rate')),
  maxTxRate: keyword('max_tx_rate', u32('max tx rate')),
  minTxRate: keyword('min_tx_rate', u32('min tx rate')),
  spoofchk: keyword('spoofchk', offOn(1)),
  queryRss: keyword('query_rss', offOn(1)),
  trust: keyword('trust', offOn(1)),
  state: keyword('state', words({auto: 0, enable: 1, disable: 2}, {text: 'Invalid "state" value\n'})),
  nodeGuid: keyword('node_guid', guid),
  portGuid: keyword('port_guid', guid),
});

/** `vf NUM OPTIONS`. */
export interface Vf {
  readonly number: number;
  readonly options: Parsed<typeof vfOptions>;
}

/** A virtual function and at least one option. */
export const vf: ValueType<Vf> = {
  label: 'NUM OPTIONS',
  parse(cursor, keyword, env: LinkEnv, spec) {
    const number = uint(0xffffffff, {text: 'Invalid "vf" value\n'}).parse(cursor, keyword, env, spec);
    const dev: string | undefined = spec.dev ?? spec.name;
    if (dev === undefined) throw refuse('Error: argument "dev" is required');
    const options = parseClause(vfOptions, cursor, env);
    if (Object.keys(options).length === 0) throw incomplete();
    if (options.mac !== undefined) env.checkAddress?.(dev, options.mac);
    // One attribute has both rates: the one that is not said stays as it is.
    const {minTxRate, maxTxRate} = options;
    const isHalf = (minTxRate === undefined) !== (maxTxRate === undefined);
    const old = isHalf ? env.vfRates?.(dev, number) : undefined;
    if (old === undefined) return {number, options};
    const rates = {minTxRate: minTxRate ?? old.minTxRate, maxTxRate: maxTxRate ?? old.maxTxRate};
    return {number, options: {...options, ...rates}};
  },
  format: ({number, options}, env) => [String(number), ...formatClause(vfOptions, options, env)],
};

/** IFLA_VF_INFO of one `vf`, in the order of the words. */
export function vfRequest({number: vf, options}: Vf): Record<string, unknown> {
  const info: Record<string, unknown> = {};
  const setting = (value: number) => ({vf, setting: value});
  for (const [key, value] of Object.entries(options)) {
    if (key === 'mac') info.mac = {vf, mac: value};
    else if (key === 'vlan') Object.assign(info, vlanRequest(vf, value as Parsed<typeof vlan>));
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

function vlanRequest(vf: number, {vlan: id, qos, vlanProto}: Parsed<typeof vlan>): Record<string, unknown> {
  const tag = {vf, vlan: id, qos};
  return vlanProto === undefined ? {vlan: tag} : {vlanList: {info: [{...tag, vlanProto}]}};
}
