import type {IpAddress} from '../addr/ip.js';
import {parsePrefix} from '../addr/iproute.js';
import {groupId, NETLINK_GENERIC} from '../genetlink/controller.js';
import {
  endpointFlags,
  MPTCP_PM,
  MPTCP_PM_CMD_ADD_ADDR,
  MPTCP_PM_CMD_DEL_ADDR,
  MPTCP_PM_CMD_FLUSH_ADDRS,
  MPTCP_PM_CMD_GET_ADDR,
  MPTCP_PM_CMD_GET_LIMITS,
  MPTCP_PM_CMD_SET_FLAGS,
  MPTCP_PM_CMD_SET_LIMITS,
  MPTCP_PM_EVENTS,
  type MptcpEndpoint,
  type MptcpEndpointRequest,
  mptcpMessage,
} from '../genetlink/mptcp.js';
import {expected, refuse, wrong} from '../grammar/errors.js';
import {
  clause,
  type GrammarEnv,
  keyword,
  type Parsed,
  rest,
  type ValueType,
  verb,
  verbs,
  word,
} from '../grammar/grammar.js';
import {unsigned} from '../grammar/numbers.js';
import {noAddress} from '../netlink/schema.js';
import type {OnEvent} from '../netlink/sync.js';
import {AF_INET6} from '../rtnetlink/constants.js';
import {words} from './deviceValue.js';
import {GenericFamily} from './generic.js';
import {canBeName} from './newName.js';
import type {IpSession} from './session.js';

type FlagWord = keyof typeof endpointFlags;

/** Flags to set; `nobackup` and `nofullmesh` are words that set none. */
const flagWords: readonly string[] = ['signal', 'subflow', 'backup', 'fullmesh', 'nobackup', 'nofullmesh', 'laminar'];

/** Flag words collect in one mask; what does not go together is refused at the word. */
function flagsValue(isChange: boolean): ValueType<number> {
  const {signal, fullmesh, backup} = endpointFlags;
  return {
    label: 'FLAG-LIST',
    complete: flagWords,
    accepts: name => flagWords.includes(name),
    parse(cursor, _keyword, _env, spec) {
      const name = cursor.next();
      const flags = ((spec.flags as number | undefined) ?? 0) | (endpointFlags[name as FlagWord] ?? 0);
      if (isChange && (flags & ~(backup | fullmesh)) !== 0)
        throw plainWrong(name, 'invalid flags, backup and fullmesh only');
      if ((flags & signal) !== 0 && (flags & fullmesh) !== 0) {
        throw plainWrong(name, "flags mustn't have both signal and fullmesh");
      }
      // Undefined where no flag is set yet: a word that sets none leaves no key.
      return flags === 0 ? (spec.flags as number) : flags;
    },
    format: flags => flagWords.filter(name => ((endpointFlags[name as FlagWord] ?? 0) & flags) !== 0),
  };
}

function plainWrong(argument: string, text: string): Error {
  return refuse(`Error: argument "${argument}" is wrong: ${text}`);
}

/** An address of either family, whatever the options say; `any` has no bytes. */
const endpointAddress: ValueType<IpAddress | typeof noAddress> = {
  label: 'ADDRESS',
  complete: 'address',
  parse(cursor) {
    const name = cursor.next();
    const found = name.includes('/') ? undefined : parsePrefix(name, 0);
    if (found === undefined) throw expected('any valid address', name);
    return found.address ?? noAddress;
  },
  format: value => [value === noAddress ? 'any' : value.toString()],
};

function numberValue(label: string, max: number, wrongNumber: (name: string) => Error): ValueType<number> {
  return {
    label,
    parse(cursor) {
      const name = cursor.next();
      const value = unsigned(name, max);
      if (value === undefined) throw wrongNumber(name);
      return value;
    },
    format: value => [String(value)],
  };
}

/** Looks devices up while the line is read. */
interface MptcpEnv extends GrammarEnv {
  readonly deviceIndex?: (name: string) => number;
}

const device: ValueType<number> = {
  label: 'NAME',
  complete: 'device',
  parse(cursor, _keyword, env: MptcpEnv) {
    const name = cursor.next();
    if (!canBeName(name)) throw wrong(name, 'invalid interface name\n');
    const index = env.deviceIndex?.(name) ?? 0;
    if (index === 0) throw wrong(name, 'device does not exist\n');
    return index;
  },
  format: index => [`if${index}`],
};

/** Words about an endpoint. */
function endpointClause(isChange: boolean) {
  return clause(() => ({
    flags: word(flagsValue(isChange)),
    id: keyword(
      'id',
      numberValue('ID', 255, name => wrong(name, 'invalid ID\n')),
      {match: 'prefix'},
    ),
    dev: keyword('dev', device, {match: 'prefix'}),
    port: keyword(
      'port',
      numberValue('NR', 0xffff, name => plainWrong(name, 'expected port')),
      {match: 'prefix'},
    ),
    address: rest(endpointAddress, {help: false}),
  }));
}

const made = endpointClause(false);
const changed = endpointClause(true);

/** Words about an endpoint, read. */
export type EndpointSpec = Parsed<typeof made>;

/** Verbs of `ip mptcp`, in match order. */
export const mptcpVerbs = verbs('mptcp', [
  verb('endpoint', words),
  verb('limits', words),
  verb('monitor', words),
  verb('help', words),
]);

/** Verbs of `ip mptcp endpoint`. There is no help here. */
export const endpointVerbs = verbs(
  'mptcp',
  [verb('add', made), verb('change', changed), verb('delete', made), verb('show', made), verb('flush', words)],
  {whenAbsent: 'show', helpless: true},
);

const limit = (name: string) =>
  keyword(
    name,
    numberValue('NR', 0xffffffff, value => wrong(value, `invalid ${name}\n`)),
    {match: 'prefix'},
  );

const limits = clause(() => ({subflows: limit('subflows'), rcvAddAddrs: limit('add_addr_accepted')}), {
  unknown: name => plainWrong(name, 'unknown limit'),
});

/** Verbs of `ip mptcp limits`. */
export const limitsVerbs = verbs('mptcp', [verb('set', limits), verb('show', limits)], {
  whenAbsent: 'show',
  helpless: true,
});

/** The nest of one endpoint, in the reference's order. */
function nestOf({id, flags, dev, port, address}: EndpointSpec): MptcpEndpointRequest {
  return {
    id,
    flags: flags || undefined,
    ifIdx: dev,
    port: port || undefined,
    ...(address === noAddress && {family: 0, addr6: address}),
    ...(address !== undefined &&
      address !== noAddress && {
        family: address.family,
        ...(address.family === AF_INET6 ? {addr6: address} : {addr4: address}),
      }),
  };
}

function required(what: string): Error {
  return refuse(`Error: argument "${what}" is required`);
}

/** The path manager of Multipath TCP. Source: ip-mptcp(8); Documentation/networking/mptcp.rst. */
export class PathManager {
  readonly #family: GenericFamily<typeof mptcpMessage>;

  /** @throws {UsageError} when the kernel has none */
  constructor(session: IpSession) {
    this.#family = new GenericFamily(MPTCP_PM, mptcpMessage, session);
  }

  /** @throws {UsageError | NetlinkError} */
  change(verb: 'add' | 'change' | 'delete', spec: EndpointSpec): void {
    const {id, flags = 0, port, address} = spec;
    if (verb === 'add') {
      if (address === undefined) throw required('ADDRESS');
      if (port !== undefined && port !== 0 && (flags & endpointFlags.signal) === 0) {
        throw plainWrong('port', 'flags must have signal when using port');
      }
    } else if (verb === 'delete') {
      if (id === undefined) throw required('ID');
      if (id !== 0 && address !== undefined) throw wrong('ADDRESS', 'invalid for non-zero id address\n');
      if (id === 0 && address === undefined) throw wrong('ID', 'address is needed for deleting id 0 address\n');
    } else if (id !== undefined && id !== 0 && port !== undefined) {
      throw plainWrong('port', "port can't be used with id");
    }
    const commands = {add: MPTCP_PM_CMD_ADD_ADDR, change: MPTCP_PM_CMD_SET_FLAGS, delete: MPTCP_PM_CMD_DEL_ADDR};
    this.#request(commands[verb], {addr: nestOf(spec)});
  }

  flush(): void {
    this.#request(MPTCP_PM_CMD_FLUSH_ADDRS, {});
  }

  /** @throws {NetlinkError} ENOENT */
  endpoint(spec: EndpointSpec): MptcpEndpoint | undefined {
    const request = this.#family.request(MPTCP_PM_CMD_GET_ADDR, {addr: nestOf(spec)});
    return this.#family.connection.get(request).addr;
  }

  each(take: (endpoint: MptcpEndpoint) => void): void {
    this.#family.dump(MPTCP_PM_CMD_GET_ADDR, ({addr}) => {
      if (addr !== undefined) take(addr);
    });
  }

  limits(): {readonly subflows: number; readonly rcvAddAddrs: number} {
    const {subflows = 0, rcvAddAddrs = 0} = this.#family.connection.get(this.#family.request(MPTCP_PM_CMD_GET_LIMITS));
    return {subflows, rcvAddAddrs};
  }

  setLimits({subflows, rcvAddAddrs}: Parsed<typeof limits>): void {
    this.#request(MPTCP_PM_CMD_SET_LIMITS, {rcvAddAddrs, subflows});
  }

  #request(cmd: number, body: Parameters<GenericFamily<typeof mptcpMessage>['request']>[1]): void {
    this.#family.connection.request(this.#family.request(cmd, body));
  }
}

/** Listens to what becomes of connections. Does not come back. */
export function listenMptcp({io}: IpSession, each: OnEvent, pause: () => void): never {
  const asking = io.open(NETLINK_GENERIC);
  const connection = io.open(NETLINK_GENERIC, {groups: [groupId(asking, MPTCP_PM, MPTCP_PM_EVENTS)]});
  for (;;) {
    if (connection.receive(each, false) !== 'empty') continue;
    pause();
    connection.receive(each);
  }
}
