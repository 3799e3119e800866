import {endpointFlags, type MptcpEndpoint, type MptcpEvent} from '../../genetlink/mptcp.js';
import {type Field, field, view} from '../../view/field.js';
import {address, bool, ifname, type Kind, text, uint} from '../../view/kinds.js';

const flagFields: readonly Field<MptcpEndpoint>[] = Object.entries(endpointFlags).map(([word, bit]) =>
  field(word, `${word} `, bool, r => ((r.flags ?? 0) & bit) !== 0 || undefined),
);

/** One endpoint; without the end of its line. */
export const endpointView = view<MptcpEndpoint>([
  field('address', '%s ', address, r => r.addr4 ?? r.addr6),
  field('port', 'port %s ', uint, r => r.port || undefined),
  field('id', 'id %s ', uint, r => r.id),
  ...flagFields,
  field('dev', 'dev %s ', ifname, r => r.ifIdx || undefined),
]);

/** Words of MPTCP_EVENT_ numbers. Source: uapi linux/mptcp.h, enum mptcp_event_type. */
const events: Readonly<Record<number, string>> = {
  1: 'CREATED',
  2: 'ESTABLISHED',
  3: 'CLOSED',
  6: 'ANNOUNCED',
  7: 'REMOVED',
  10: 'SF_ESTABLISHED',
  11: 'SF_CLOSED',
  13: 'SF_PRIO',
};

/** Columns of an event's word. */
const WIDTH = 14;

const hexNumber: Kind<number> = {
  text: (out, value) => out.ascii(value.toString(16)),
  json: (json, value) => json.uint(value),
};

/** Of an event that is not known nothing more is shown. */
function unlessUnknown<V>(get: (event: MptcpEvent) => V): (event: MptcpEvent) => V | undefined {
  return event => (events[event.cmd] === undefined ? undefined : get(event));
}

function eventText({cmd}: MptcpEvent): string {
  const word = events[cmd];
  return word === undefined ? `[UNKNOWN ${cmd}]` : `[${word.padStart(WIDTH)}]`;
}

/** One event of a connection; without the end of its line. */
export const mptcpEventView = view<MptcpEvent>([
  field('event', '%s', text, eventText, {
    json: {text: () => {}, json: (json, value) => json.string(value.slice(1, -1).trim())},
  }),
  field(
    'token',
    ' token=%s',
    hexNumber,
    unlessUnknown(r => r.token),
  ),
  field(
    'remid',
    ' remid=%s',
    uint,
    unlessUnknown(r => r.remId),
  ),
  field(
    'locid',
    ' locid=%s',
    uint,
    unlessUnknown(r => r.locId),
  ),
  field(
    'saddr4',
    ' saddr4=%s',
    address,
    unlessUnknown(r => r.saddr4),
  ),
  field(
    'saddr6',
    ' saddr6=%s',
    address,
    unlessUnknown(r => r.saddr6),
  ),
  field(
    'daddr4',
    ' daddr4=%s',
    address,
    unlessUnknown(r => r.daddr4),
  ),
  field(
    'daddr6',
    ' daddr6=%s',
    address,
    unlessUnknown(r => r.daddr6),
  ),
  field(
    'sport',
    ' sport=%s',
    uint,
    unlessUnknown(r => r.sport),
  ),
  field(
    'dport',
    ' dport=%s',
    uint,
    unlessUnknown(r => r.dport),
  ),
  field(
    'backup',
    ' backup=%s',
    uint,
    unlessUnknown(r => r.backup),
  ),
  field(
    'error',
    ' error=%s',
    uint,
    unlessUnknown(r => r.error),
  ),
  field(
    'flags',
    ' flags=%s',
    hexNumber,
    unlessUnknown(r => r.flags),
  ),
  field(
    'timeout',
    ' timeout=%s',
    uint,
    unlessUnknown(r => r.timeout),
  ),
  field(
    'ifindex',
    ' ifindex=%s',
    uint,
    unlessUnknown(r => r.ifIdx),
  ),
  field(
    'reset_reason',
    ' reset_reason=%s',
    uint,
    unlessUnknown(r => r.resetReason),
  ),
  field(
    'reset_flags',
    ' reset_flags=%s',
    hexNumber,
    unlessUnknown(r => r.resetFlags),
  ),
]);
