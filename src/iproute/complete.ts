import {completions} from '../grammar/complete.js';
import type {Completion, GrammarEnv, Verbs} from '../grammar/grammar.js';
import {verbOf} from '../grammar/parse.js';
import type {Io} from '../io.js';
import {Names} from '../names/tables.js';
import {native} from '../native.js';
import {routeVerbs} from '../ops/route.js';
import {NETLINK_ROUTE} from '../rtnetlink/constants.js';
import {linkNameRequest} from '../rtnetlink/link/name.js';
import {findObject, objects} from './objects.js';
import {optionNames} from './options.js';

type Kind = Exclude<Completion, readonly string[]>;

/** Grammars of the objects, by the first spelling of each, and of what they are about, where verbs come behind that. */
const grammars: Readonly<Record<string, () => Promise<Verbs>>> = {
  address: () => import('../ops/address.js').then(module => module.addressVerbs),
  addrlabel: () => import('../ops/addrlabel.js').then(module => module.addrlabelVerbs),
  fou: () => import('../ops/fou.js').then(module => module.fouVerbs),
  ila: () => import('../ops/ila.js').then(module => module.ilaVerbs),
  ioam: () => import('../ops/ioam.js').then(module => module.ioamVerbs),
  'ioam namespace': () => import('../ops/ioam.js').then(module => module.namespaceVerbs),
  'ioam schema': () => import('../ops/ioam.js').then(module => module.schemaVerbs),
  l2tp: () => import('../ops/l2tp.js').then(module => module.l2tpVerbs),
  link: () => import('../ops/link.js').then(module => module.linkVerbs),
  macsec: () => import('../ops/macsec.js').then(module => module.macsecVerbs),
  maddress: () => import('../ops/maddress.js').then(module => module.maddressVerbs),
  mptcp: () => import('../ops/mptcp.js').then(module => module.mptcpVerbs),
  'mptcp endpoint': () => import('../ops/mptcp.js').then(module => module.endpointVerbs),
  'mptcp limits': () => import('../ops/mptcp.js').then(module => module.limitsVerbs),
  mroute: () => import('../ops/mroute.js').then(module => module.mrouteVerbs),
  mrule: () => import('../ops/rule.js').then(module => module.ruleVerbs),
  neighbor: () => import('../ops/neigh.js').then(module => module.neighVerbs),
  neighbour: () => import('../ops/neigh.js').then(module => module.neighVerbs),
  netconf: () => import('./netconf.js').then(module => module.netconfVerbs),
  netns: () => import('../ops/netns.js').then(module => module.netnsVerbs),
  nexthop: () => import('../ops/nexthopSpec.js').then(module => module.nexthopVerbs),
  'nexthop bucket': () => import('../ops/nexthopSpec.js').then(module => module.bucketVerbs),
  ntable: () => import('../ops/ntable.js').then(module => module.ntableVerbs),
  ntbl: () => import('../ops/ntable.js').then(module => module.ntableVerbs),
  route: async () => routeVerbs,
  rule: () => import('../ops/rule.js').then(module => module.ruleVerbs),
  sr: () => import('../ops/sr.js').then(module => module.srVerbs),
  'sr hmac': () => import('../ops/sr.js').then(module => module.hmacVerbs),
  'sr tunsrc': () => import('../ops/sr.js').then(module => module.tunsrcVerbs),
  stats: () => import('../ops/stats.js').then(module => module.statsVerbs),
  tap: () => import('../ops/tuntap.js').then(module => module.tuntapVerbs),
  tcp_metrics: () => import('../ops/tcpMetrics.js').then(module => module.tcpMetricsVerbs),
  tcpmetrics: () => import('../ops/tcpMetrics.js').then(module => module.tcpMetricsVerbs),
  token: () => import('../ops/token.js').then(module => module.tokenVerbs),
  tunl: () => import('../ops/tunnel.js').then(module => module.tunnelVerbs),
  tunnel: () => import('../ops/tunnel.js').then(module => module.tunnelVerbs),
  tuntap: () => import('../ops/tuntap.js').then(module => module.tuntapVerbs),
  vrf: () => import('../ops/vrfVerbs.js').then(module => module.vrfVerbs),
  xfrm: () => import('../ops/xfrm.js').then(module => module.xfrmVerbs),
  'xfrm policy': () => import('../ops/xfrmPolicySpec.js').then(module => module.xfrmPolicyVerbs),
  'xfrm state': () => import('../ops/xfrmStateSpec.js').then(module => module.xfrmStateVerbs),
};

/**
 * `tsnet complete PROGRAM WORD...`: what the last word, which may be empty, may become, one offer a line. Shell scripts of
 * `tsnet completion` ask it.
 */
export async function runComplete(argv: readonly string[], io: Io): Promise<number> {
  const [program = '', ...words] = argv;
  const line = program === 'tsnet' && words.length > 1 ? words : [program, ...words];
  if (program === 'tsnet' && words.length < 2) return 0;
  if (!/^(ts)?ip$/.test(line[0] ?? '')) return 0;
  for (const offer of await offers(line.slice(1), io)) io.out.text(`${offer}\n`);
  return 0;
}

async function offers(words: readonly string[], io: Io): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const at = words.findIndex(word => !word.startsWith('-'));
  if (at < 0)
    return optionNames()
      .map(name => `-${name}`)
      .filter(name => name.startsWith(typed));
  const object = words[at] ?? '';
  if (at === words.length - 1) {
    return objects.flatMap(([word, load]) => (load !== undefined && word.startsWith(object) ? [word] : []));
  }
  const [name = ''] = findObject(object) ?? [];
  const whole = await grammars[name]?.();
  if (whole === undefined) return [];
  const line = words.slice(at + 1);
  const [first = ''] = line;
  const part = line.length > 1 ? await grammars[`${name} ${verbOf(whole, first)?.name}`]?.() : undefined;
  const names = new Names();
  const env: GrammarEnv = {family: 0, names, program: io.argv0};
  const {words: literal, kinds} =
    part === undefined ? completions(whole, line, env) : completions(part, line.slice(1), env);
  const found = kinds.flatMap(kind => valuesOf(kind, names, io)).filter(value => value.startsWith(typed));
  return [...new Set([...literal, ...found])];
}

/** Values that exist; none where anything goes. */
function valuesOf(kind: Kind, names: Names, io: Io): readonly string[] {
  switch (kind) {
    case 'device': {
      const devices: string[] = [];
      io.open(NETLINK_ROUTE).dump(linkNameRequest(), link => {
        if (link.ifname !== undefined) devices.push(link.ifname);
      });
      return devices;
    }
    case 'netns': {
      const folder = native().readdir('/run/netns');
      return typeof folder === 'number' ? [] : folder.filter(name => !name.startsWith('.'));
    }
    case 'table':
    case 'protocol':
    case 'scope':
    case 'realm':
    case 'group':
    case 'dsfield':
      return [...names[kind].entries().values()];
    default:
      return [];
  }
}
