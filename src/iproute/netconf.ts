import {NetlinkError, UsageError} from '../errors.js';
import {Cursor, clause, keyword, parseVerbs, verb, verbs, word} from '../grammar/grammar.js';
import {familyName, ignored} from '../grammar/values.js';
import {checkedDevice, deviceEnv} from '../ops/deviceValue.js';
import {dumpRefusal} from '../ops/refusal.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {NETCONFA_IFINDEX_ALL, NETCONFA_IFINDEX_DEFAULT} from '../rtnetlink/constants.js';
import {netconfRequests} from '../rtnetlink/netconf/requests.js';
import type {Netconf} from '../rtnetlink/netconf/schema.js';
import {type Field, field, type ViewContext, view} from '../view/field.js';
import {type Kind, onOff, text} from '../view/kinds.js';

const selector = clause({dev: keyword('dev', checkedDevice), ignored: word(ignored)});

/** Verbs of `ip netconf`. */
export const netconfVerbs = verbs('netconf', [verb('show', selector, {as: ['list', 'lst', 'ls']})], {
  whenAbsent: 'show',
});

/** `ip netconf`. */
export const run: RunObject = (argv, session) => {
  const env = deviceEnv(session, name => new UsageError(1, `Device "${name}" does not exist.`));
  const {spec} = parseVerbs(netconfVerbs, new Cursor(argv), env);
  const {out, view: context} = session;
  const index = spec.dev === undefined ? 0 : session.links.index(spec.dev);
  const rows = view(netconfFields());
  // One record is shown as text with `-j`, too.
  const json = env.family !== 0 && index !== 0 ? undefined : session.json;
  json?.openArray();
  list(env.family, index, session, row => {
    if (json !== undefined) rows.json(json, row, context);
    else {
      rows.text(out, row, context);
      out.byte(10);
    }
  });
  json?.closeArray();
  json?.end();
  return 0;
};

/** One record where family and link are given; else those of a dump that fit. */
function list(family: number, index: number, session: IpSession, each: (row: Netconf) => void): void {
  if (family !== 0 && index !== 0) {
    try {
      each(session.connection().get(netconfRequests.get(family, index)));
    } catch (error) {
      // The reference does not look at a refusal, as of MPLS without MPLS.
      if (!(error instanceof NetlinkError)) throw error;
    }
    return;
  }
  try {
    session.connection().dump(netconfRequests.list(family), row => {
      if ((family === 0 || row.family === family) && (index === 0 || row.ifindex === index)) each(row);
    });
  } catch (error) {
    throw dumpRefusal(error, 'Dump terminated', 1);
  }
}

const linkName: Kind<number> = {
  text: (out, value, c) => out.text(nameOf(value, c)),
  json: (json, value, c) => json.string(nameOf(value, c)),
};

function nameOf(index: number, c: ViewContext): string {
  if (index === NETCONFA_IFINDEX_ALL) return 'all';
  return index === NETCONFA_IFINDEX_DEFAULT ? 'default' : c.ifname(index);
}

const filters = ['off', 'strict', 'loose'];

/** One line of settings; without its end. */
export function netconfFields(): Field<Netconf>[] {
  const setting = (key: string, get: (row: Netconf) => number | undefined): Field<Netconf> =>
    field(key, `${key} %s `, onOff, row => {
      const value = get(row);
      return value === undefined ? undefined : value !== 0;
    });
  return [
    field('family', '%s ', text, row => familyName(row.family)),
    field('interface', '%s ', linkName, row => row.ifindex, {colour: 'ifname'}),
    setting('forwarding', row => row.forwarding),
    field('rp_filter', 'rp_filter %s ', text, row =>
      row.rpFilter === undefined ? undefined : (filters[row.rpFilter] ?? 'unknown'),
    ),
    setting('mc_forwarding', row => row.mcForwarding),
    setting('proxy_neigh', row => row.proxyNeigh),
    setting('ignore_routes_with_linkdown', row => row.ignoreRoutesWithLinkdown),
    setting('input', row => row.input),
  ];
}
