import {fstatSync, readFileSync} from 'node:fs';
import {UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {isTerminal} from '../native.js';
import {readU16, readU32} from '../netlink/bytes.js';
import {codecOf} from '../netlink/codec.js';
import {NLM_F_CREATE, NLM_F_REQUEST, NLMSG_HDRLEN} from '../netlink/constants.js';
import {hostIsLittleEndian} from '../netlink/writer.js';
import {RTM_NEWROUTE, RTN_LOCAL} from '../rtnetlink/constants.js';
import {makeRequest} from '../rtnetlink/request.js';
import {type Route, routeMessage} from '../rtnetlink/route/schema.js';
import type {RouteSelector} from './route.js';
import {nothingHidden, passes} from './routeFilter.js';
import {dumpMessages, filterOf, type RouteWriter} from './routeShow.js';
import type {IpSession} from './session.js';

/** First four bytes of a saved table. Source: observed, test/differential/route.test.ts. */
const MAGIC = 0x45311224;
const STDIN = 0;
const STDOUT = 1;
const EEXIST = 17;

/**
 * Begins the output of `ip route save`.
 * @throws {UsageError} when standard output is a terminal
 */
export function openSave({out}: IpSession): void {
  if (isTerminal(STDOUT)) throw new UsageError(1, 'Not sending a binary stream to stdout');
  out.bytes(words(MAGIC));
}

/** `ip route save`: the kernel's own messages behind the magic number. */
export function saveRoutes(selector: RouteSelector, env: GrammarEnv, session: IpSession): number {
  const filter = filterOf(selector, env, session);
  const codec = codecOf(routeMessage);
  const {out} = session;
  dumpMessages(filter, session, 'Dump terminated', (buf, at, end, type, flags) => {
    if (type !== RTM_NEWROUTE || !passes(codec.decode(buf, at, end), filter)) return;
    out.bytes(words(end - at + NLMSG_HDRLEN));
    out.bytes(new Uint8Array(Uint16Array.of(type, flags).buffer));
    out.bytes(words(0, 0));
    out.bytes(buf.subarray(at, end));
    for (let length = end - at; (length & 3) !== 0; length++) out.byte(0);
  });
  session.json?.openArray();
  session.json?.closeArray();
  session.json?.end();
  return 0;
}

/** Host order, as the messages are. */
function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** A saved message. */
interface Saved {
  readonly flags: number;
  readonly route: Route;
}

/**
 * Messages on standard input.
 * @throws {UsageError} when it is a terminal, or no saved table
 */
function* savedRoutes(session: IpSession): Generator<Saved> {
  const bytes = readFileSync(STDIN);
  const littleEndian = hostIsLittleEndian();
  const magic = bytes.length < 4 ? 0 : readU32(bytes, 0, littleEndian);
  if (magic !== MAGIC) {
    throw new UsageError(1, `Magic mismatch (${bytes.length < 4 ? 0 : 1} elems, ${magic.toString(16)} magic)`);
  }
  const codec = codecOf(routeMessage);
  for (let at = 4; at < bytes.length; ) {
    const size = bytes.length - at < NLMSG_HDRLEN ? 0 : readU32(bytes, at, littleEndian);
    if (size < NLMSG_HDRLEN || size > bytes.length - at) {
      session.io.err('rtnl-from_file: truncated message\n');
      throw new UsageError(2, []);
    }
    if (readU16(bytes, at + 4, littleEndian) === RTM_NEWROUTE) {
      yield {flags: readU16(bytes, at + 6, littleEndian), route: codec.decode(bytes, at + NLMSG_HDRLEN, at + size)};
    }
    at += (size + 3) & ~3;
  }
}

function refuseTerminal(): void {
  if (isTerminal(STDIN)) throw new UsageError(1, "Can't restore route dump from a terminal");
}

/**
 * Routes in an order that works: local addresses and what needs nothing, then networks of ours, then what lies
 * behind gateways.
 */
function turnOf(route: Route): number {
  if (route.gateway !== undefined) return 2;
  return route.prefsrc === undefined || route.type === RTN_LOCAL ? 0 : 1;
}

/** `ip route restore`: routes that exist already are told and passed over. */
export function restoreRoutes(session: IpSession): number {
  refuseTerminal();
  const saved: Saved[] = [...savedRoutes(session)];
  if (!fstatSync(STDIN).isFile()) throw new UsageError(1, 'Failed to restore: ftell: Illegal seek');
  const connection = session.connection();
  for (const turn of [0, 1, 2]) {
    for (const {flags, route} of saved) {
      if (turnOf(route) !== turn) continue;
      const request = makeRequest(routeMessage, RTM_NEWROUTE, flags | NLM_F_REQUEST | NLM_F_CREATE, route);
      const failure = attempt(() => connection.request(request));
      if (failure === undefined) continue;
      if (failure.errno !== EEXIST) throw failure;
      session.io.err('RTNETLINK answers: File exists\n');
    }
  }
  return 0;
}

function attempt(run: () => void): {readonly errno: number} | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'errno' in error) return error as Error & {errno: number};
    throw error;
  }
}

/** `ip route showdump`: always text. */
export function showSaved(env: GrammarEnv, session: IpSession, writer: RouteWriter): number {
  refuseTerminal();
  const write = writer(nothingHidden, session);
  for (const {route} of savedRoutes(session)) {
    if (env.family === 0 || route.family === env.family) write(route, session);
  }
  return 0;
}
