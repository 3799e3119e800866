import {errnoText} from '../errno.js';
import {NetlinkError, UsageError} from '../errors.js';
import {begins} from '../grammar/cursor.js';
import {refuse} from '../grammar/errors.js';
import {clause, flag, keyword, type Parsed, prefix, rest, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {groupId, userId} from '../procfs/accounts.js';
import {type TunUser, tunFlags, tunOwner, tunUsers} from '../procfs/tun.js';
import {kindRequest} from '../rtnetlink/link/kindLink.js';
import {IFF_TAP, IFF_TUN, makeTun, removeTun, tunBits} from '../rtnetlink/tunDevice.js';
import {words} from './deviceValue.js';
import {checkedName} from './newName.js';
import type {IpSession} from './session.js';

/** Any beginning of `tun` and `tap`. */
const mode: ValueType<number> = {
  label: '{ tun | tap }',
  complete: ['tun', 'tap'],
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    const found = begins(word, 'tun') ? IFF_TUN : begins(word, 'tap') ? IFF_TAP : 0;
    if (found === 0) throw refuse(`Unknown tunnel mode "${word}"`);
    if (spec.mode !== undefined && spec.mode !== found) {
      throw refuse('You managed to ask for more than one tunnel mode.');
    }
    return found;
  },
  format: value => [value === IFF_TUN ? 'tun' : 'tap'],
};

/** A number as strtol reads it, cut to 32 bits, or a name. */
function account(label: string, what: string, find: (name: string) => number | undefined): ValueType<number> {
  return {
    label,
    parse(cursor) {
      const word = cursor.next();
      if (/^\s*[+-]?\d+$/.test(word)) return Number(BigInt.asIntN(32, BigInt(word.trim().replace('+', ''))));
      const id = find(word);
      if (id === undefined) throw refuse(`invalid ${what} "${word}"`);
      return id | 0;
    },
    format: value => [String(value)],
  };
}

/** The device's name behind one keyword or another; both fill the same key. */
function nameValue(keyword: string): ValueType<string> {
  return {
    label: 'NAME',
    parse: cursor => checkedName(cursor.next(), keyword),
    format: value => [value],
  };
}

/** `dev NAME`: takes the place of any name before it. */
const device: ValueType<undefined> = {
  label: 'PHYS_DEV',
  complete: 'device',
  parse(cursor, _keyword, _env, spec) {
    spec.name = checkedName(cursor.next(), 'dev');
  },
  format: () => [],
};

const flags = {
  pi: flag('pi', {match: 'prefix'}),
  oneQueue: flag('one_queue', {match: 'prefix'}),
  vnetHdr: flag('vnet_hdr', {match: 'prefix'}),
  multiQueue: flag('multi_queue', {match: 'prefix'}),
  dev: keyword('dev', device, {match: 'prefix'}),
  name: rest(nameValue('name'), {noise: prefix('name'), duplicate: 'garbage', help: 'alone'}),
};

const modeTerm = {mode: keyword('mode', mode, {match: 'prefix'})};

const newDevice = clause({
  ...modeTerm,
  owner: keyword('user', account('USER', 'user', userId), {match: 'prefix'}),
  group: keyword('group', account('GROUP', 'group', groupId), {match: 'prefix'}),
  ...flags,
});

const oldDevice = clause({...modeTerm, ...flags});

/** What is said about a device to be made. */
export type TuntapSpec = Parsed<typeof newDevice>;

/** Verbs of `ip tuntap`, in match order. */
export const tuntapVerbs = verbs(
  'tuntap',
  [verb('add', newDevice), verb('delete', oldDevice), verb('show', words, {as: ['lst', 'list']})],
  {whenAbsent: 'show'},
);

/**
 * `ip tuntap add` and `del`: takes the device and tells it to stay, or to go.
 * @throws {UsageError} `ioctl(TUNSETIFF): Device or resource busy`
 */
export function changeTuntap(name: 'add' | 'delete', spec: TuntapSpec): void {
  if (spec.mode === undefined) throw new UsageError(1, 'You failed to specify a tunnel mode');
  const ifname = spec.name ?? '';
  const bits = tunBits(spec, spec.mode);
  try {
    if (name === 'add') makeTun(ifname, bits, spec);
    else removeTun(ifname, bits);
  } catch (error) {
    if (error instanceof NetlinkError) throw new UsageError(1, `${error.request}: ${errnoText(error.errno)}`);
    throw error;
  }
}

/** A tun/tap device as it is shown. */
export interface TuntapRow {
  readonly ifname: string;
  readonly flags: number;
  readonly user: number | undefined;
  readonly group: number | undefined;
  /** Only with `-d`. */
  readonly users: readonly TunUser[] | undefined;
}

/** The devices of `ip tuntap show`. One that /sys knows nothing of is complained about and left out. */
export function listTuntaps(session: IpSession): readonly TuntapRow[] {
  const names: string[] = [];
  session.connection().dump(kindRequest('tun'), link => {
    if (link.linkinfo?.kind === 'tun' && link.ifname !== undefined) names.push(link.ifname);
  });
  const complain = (text: string): void => session.io.err(`${text}\n`);
  const rows: TuntapRow[] = [];
  for (const ifname of names) {
    const flags = tunFlags(ifname);
    if (flags < 0) {
      complain(`fopen /sys/class/net/${ifname}/tun_flags: ${errnoText(-flags)}`);
      continue;
    }
    rows.push({
      ifname,
      flags,
      user: tunOwner(ifname, 'owner'),
      group: tunOwner(ifname, 'group'),
      users: session.options.details > 0 ? tunUsers(ifname, complain) : undefined,
    });
  }
  return rows;
}
