import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import {refuse} from '../grammar/errors.js';
import {clause, flag, keyword, type Parsed, prefix, rest, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {native, noData} from '../native.js';
import {groupId, userId} from '../procfs/accounts.js';
import {type TunUser, tunFlags, tunOwner, tunUsers} from '../procfs/tun.js';
import {kindRequest} from '../rtnetlink/link/kindLink.js';
import {words} from './deviceValue.js';
import {IFNAMSIZ, interfaceRequest} from './interfaceIoctl.js';
import {checkedName} from './newName.js';
import type {IpSession} from './session.js';

/** Source: uapi linux/if_tun.h. */
const TUNSETIFF = 0x400454ca;
const TUNSETPERSIST = 0x400454cb;
const TUNSETOWNER = 0x400454cc;
const TUNSETGROUP = 0x400454ce;
export const IFF_TUN = 0x1;
export const IFF_TAP = 0x2;
export const IFF_MULTI_QUEUE = 0x100;
export const IFF_PERSIST = 0x800;
/** IFF_NOFILTER has the same value. */
export const IFF_NO_PI = 0x1000;
export const IFF_ONE_QUEUE = 0x2000;
export const IFF_VNET_HDR = 0x4000;
const IFF_TUN_EXCL = 0x8000;

const O_RDWR = 2;

/** Any beginning of `tun` and `tap`. */
const mode: ValueType<number> = {
  label: '{ tun | tap }',
  complete: ['tun', 'tap'],
  parse(cursor, _keyword, _env, spec) {
    const word = cursor.next();
    const found = word !== '' && 'tun'.startsWith(word) ? IFF_TUN : word !== '' && 'tap'.startsWith(word) ? IFF_TAP : 0;
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
  const isNew = name === 'add';
  const request = interfaceRequest(spec.name ?? '');
  const view = new DataView(request.buffer);
  view.setUint16(IFNAMSIZ, flagsOf(spec, spec.mode, isNew), littleEndian());
  const sys = native();
  const fd = sys.open('/dev/net/tun', O_RDWR);
  if (fd < 0) throw new UsageError(1, `open: ${errnoText(-fd)}`);
  try {
    check('TUNSETIFF', sys.ioctl(fd, TUNSETIFF, request, noData()));
    // -1 is for everybody.
    if (isNew && spec.owner !== undefined && spec.owner !== -1) {
      check('TUNSETOWNER', sys.ioctlNumber(fd, TUNSETOWNER, spec.owner));
    }
    if (isNew && spec.group !== undefined && spec.group !== -1) {
      check('TUNSETGROUP', sys.ioctlNumber(fd, TUNSETGROUP, spec.group));
    }
    check('TUNSETPERSIST', sys.ioctlNumber(fd, TUNSETPERSIST, isNew ? 1 : 0));
  } finally {
    sys.close(fd);
  }
}

function littleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

function check(name: string, result: number): void {
  if (result < 0) throw new UsageError(1, `ioctl(${name}): ${errnoText(-result)}`);
}

function flagsOf({pi, oneQueue, vnetHdr, multiQueue}: TuntapSpec, mode: number, isNew: boolean): number {
  return (
    mode |
    (isNew ? IFF_TUN_EXCL : 0) |
    (pi ? 0 : IFF_NO_PI) |
    (oneQueue ? IFF_ONE_QUEUE : 0) |
    (vnetHdr ? IFF_VNET_HDR : 0) |
    (multiQueue ? IFF_MULTI_QUEUE : 0)
  );
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
