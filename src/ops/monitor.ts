import {errnoText} from '../errno.js';
import {refuse, wrong} from '../grammar/errors.js';
import {
  Cursor,
  clause,
  flag,
  type GrammarEnv,
  help,
  keyword,
  type Parsed,
  parseClause,
  type ValueType,
} from '../grammar/grammar.js';
import {text} from '../grammar/values.js';
import {native} from '../native.js';
import {readI32, readU16, readU32} from '../netlink/bytes.js';
import {NLMSG_HDRLEN} from '../netlink/constants.js';
import type {OnEvent} from '../netlink/sync.js';
import {hostIsLittleEndian} from '../netlink/writer.js';
import {NETLINK_ROUTE} from '../rtnetlink/constants.js';
import {groupsOf, monitorObjects, usualObjects} from '../rtnetlink/groups.js';
import type {IpSession} from './session.js';

const O_RDONLY = 0;
/** Room for events that come faster than they are printed, where the process may have it. */
const ROOM = 1 << 26;
/** No message of a file is longer: the reference's buffer. */
const LONGEST = 16384;

const device: ValueType<number> = {
  label: 'DEVICE',
  complete: 'device',
  parse(cursor, _name, env: MonitorEnv) {
    const name = cursor.next();
    const index = env.deviceIndex?.(name) ?? 0;
    if (index === 0) throw wrong(name, 'Device does not exist\n');
    return index;
  },
  format: value => [`if${value}`],
};

/** Devices are looked up while the line is read. */
interface MonitorEnv extends GrammarEnv {
  readonly deviceIndex?: (name: string) => number;
}

/** Words of `ip monitor`, in the reference's match order. */
export const monitorOptions = clause(
  () => ({
    file: keyword('file', text('FILENAME', 'file'), {match: 'prefix'}),
    label: flag('label', {match: 'prefix'}),
    link: flag('link', {match: 'prefix'}),
    address: flag('address', {match: 'prefix'}),
    route: flag('route', {match: 'prefix'}),
    mroute: flag('mroute', {match: 'prefix'}),
    prefix: flag('prefix', {match: 'prefix'}),
    neigh: flag('neigh', {match: 'prefix'}),
    netconf: flag('netconf', {match: 'prefix'}),
    rule: flag('rule', {match: 'prefix'}),
    nsid: flag('nsid', {match: 'prefix'}),
    nexthop: flag('nexthop', {match: 'prefix'}),
    stats: flag('stats'),
    all: flag('all'),
    allNsid: flag('all-nsid', {match: 'prefix'}),
    help: help({match: 'prefix'}),
    dev: keyword('dev', device),
    // Newer than iproute2 6.1: in full only.
    maddress: flag('maddress'),
    acaddress: flag('acaddress'),
  }),
  {unknown: word => refuse(`Argument "${word}" is unknown, try "ip monitor help".`)},
);

/** Words of `ip monitor`, read. */
export type MonitorSpec = Parsed<typeof monitorOptions>;

/** Usage of `ip monitor`. */
export const monitorUsage = [
  'Usage: ip monitor [ all | OBJECTS ] [ FILE ] [ label ] [ all-nsid ]',
  '                  [ dev DEVICE ]',
  `OBJECTS := ${monitorObjects.join(' | ')}`,
  'FILE := file FILENAME',
];

/** Reads the words of `ip monitor`. @throws {UsageError} */
export function parseMonitor(argv: readonly string[], session: IpSession): MonitorSpec {
  const {io, names, options, links} = session;
  const env: MonitorEnv = {
    family: options.family,
    names,
    program: io.argv0,
    deviceIndex: name => links.index(name),
    usage: () => monitorUsage,
  };
  return parseClause(monitorOptions, new Cursor(argv), env);
}

/** Multicast groups of the objects that are named, of all without a name. */
function groupsWatched(spec: MonitorSpec, family: number): number[] {
  const named = monitorObjects.filter(object => spec[object] === true);
  return groupsOf(named.length > 0 ? named : usualObjects, family);
}

/**
 * Listens to the kernel. Does not come back.
 * @param pause is called when there is nothing more to read for now
 * @param lost is called when the socket overran
 * @throws {NetlinkError} when the socket is refused
 */
export function listen(
  spec: MonitorSpec,
  session: IpSession,
  each: OnEvent,
  pause: () => void,
  lost: () => void,
): never {
  const {io, options} = session;
  const connection = io.open(NETLINK_ROUTE, {
    groups: groupsWatched(spec, options.family),
    allNamespaces: spec.allNsid === true,
    receiveBuffer: options.receiveBuffer ?? ROOM,
  });
  session.links.load();
  for (;;) {
    let state = connection.receive(each, false);
    if (state === 'empty') {
      pause();
      state = connection.receive(each);
    }
    if (state === 'lost') lost();
  }
}

/**
 * Reads messages that a file holds, as rtmon(8) writes them.
 * @throws {UsageError} when the file cannot be read, or what it holds is no message
 */
export function replay(path: string, each: OnEvent): void {
  const sys = native();
  const fd = sys.open(path, O_RDONLY);
  if (fd < 0) throw refuse(`Cannot fopen: ${errnoText(-fd)}`);
  const littleEndian = hostIsLittleEndian();
  const buffer = new Uint8Array(LONGEST);
  const fill = (from: number, to: number): boolean => {
    for (let at = from; at < to; ) {
      const got = sys.read(fd, buffer, at, to - at);
      if (got < 0) throw refuse(`rtnl_from_file: fread: ${errnoText(-got)}`, 1);
      if (got === 0 && at === 0) return false;
      if (got === 0) throw refuse('rtnl-from_file: truncated message', 1);
      at += got;
    }
    return true;
  };
  try {
    for (let position = 0; fill(0, NLMSG_HDRLEN); ) {
      const length = readU32(buffer, 0, littleEndian);
      position += NLMSG_HDRLEN;
      if (length < NLMSG_HDRLEN || length > LONGEST) {
        throw refuse(`!!!malformed message: len=${readI32(buffer, 0, littleEndian)} @${position}`, 1);
      }
      fill(NLMSG_HDRLEN, (length + 3) & ~3);
      position += ((length + 3) & ~3) - NLMSG_HDRLEN;
      each(buffer, NLMSG_HDRLEN, length, readU16(buffer, 4, littleEndian), readU16(buffer, 6, littleEndian), -1);
    }
  } finally {
    sys.close(fd);
  }
}
