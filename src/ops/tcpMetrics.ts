import {sameBits} from '../addr/bits.js';
import type {ParsedPrefix} from '../addr/iproute.js';
import {errnoText} from '../errno.js';
import {UsageError} from '../errors.js';
import {
  TCP_METRICS_CMD_DEL,
  TCP_METRICS_CMD_GET,
  type TcpMetrics,
  type TcpMetricsRequest,
  tcpMetricsMessage,
} from '../genetlink/tcpMetrics.js';
import {begins} from '../grammar/cursor.js';
import {GOES_ON, garbage, refuse} from '../grammar/errors.js';
import {
  clause,
  exact,
  type GrammarEnv,
  keyword,
  type Parsed,
  rest,
  type ValueType,
  verb,
  verbs,
} from '../grammar/grammar.js';
import {formatPrefix, prefixOf} from '../grammar/values.js';
import {AF_INET, AF_INET6} from '../rtnetlink/constants.js';
import {firstRefusal, flushInRounds} from './flushRounds.js';
import {GenericFamily} from './generic.js';
import type {IpSession} from './session.js';

/** A prefix of the family the options gave. The reference passes over the word behind each one. */
function peer(key: 'source' | 'address', isPrefix: boolean): ValueType<ParsedPrefix> {
  return {
    label: isPrefix ? 'PREFIX' : 'ADDRESS',
    complete: 'address',
    parse(cursor, keyword, env, spec) {
      const word = cursor.next();
      if (begins(word, 'help')) throw new UsageError(255, env.usage?.() ?? []);
      if (spec[key] !== undefined) throw garbage(keyword, word);
      const found = prefixOf(word, env.family);
      if (!isPrefix && !isSpecific(found)) {
        throw new UsageError(1, `Error: a specific IP address is expected rather than "${word}"`, GOES_ON);
      }
      if (!cursor.done) cursor.next();
      return found;
    },
    // A word to be passed over.
    format: value => [formatPrefix(value), '-'],
  };
}

function isSpecific({address, length}: ParsedPrefix): boolean {
  return address !== undefined && length === address.bits;
}

function selectorOf(isPrefix: boolean) {
  return clause(() => ({
    source: keyword('source', peer('source', false)),
    src: keyword('src', into('source', false)),
    addr: keyword('addr', into('address', isPrefix)),
    address: rest(peer('address', isPrefix), {noise: exact('address'), help: false}),
  }));
}

/** Another spelling of a keyword, which is named as it was written. */
function into(key: 'source' | 'address', isPrefix: boolean): ValueType<undefined> {
  const value = peer(key, isPrefix);
  return {
    label: value.label,
    parse(cursor, name, env, spec) {
      spec[key] = value.parse(cursor, name, env, spec);
    },
    format: () => [],
  };
}

const selector = selectorOf(true);
const one = selectorOf(false);

/** Verbs of `ip tcp_metrics`, in match order. */
export const tcpMetricsVerbs = verbs(
  'tcp_metrics',
  [verb('delete', one), verb('flush', selector), verb('show', selector, {as: ['lst', 'list']})],
  {whenAbsent: 'show'},
);

/** Which peers. */
export type TcpMetricsSelector = Parsed<typeof selector>;

/**
 * What the reference refuses before it reads the words.
 * @throws {UsageError} with `-0`, `-M` and the like
 */
export function checkFamily({family}: GrammarEnv): void {
  if (family !== 0 && family !== AF_INET && family !== AF_INET6) {
    throw new UsageError(1, `Unsupported protocol family: ${family}`);
  }
}

function open(session: IpSession): GenericFamily<typeof tcpMetricsMessage> {
  return new GenericFamily('tcp_metrics', tcpMetricsMessage, session);
}

/** Attributes of one peer. */
function keyOf({address, source}: TcpMetricsSelector): TcpMetricsRequest {
  const dst = address?.address;
  const src = source?.address;
  return {
    ...(dst !== undefined && (dst.family === AF_INET ? {dst4: dst} : {dst6: dst})),
    ...(src !== undefined && (src.family === AF_INET ? {src4: src} : {src6: src})),
  };
}

/** The one peer that words name; undefined where they name many. */
export function onePeer(spec: TcpMetricsSelector, session: IpSession): TcpMetrics | undefined {
  if (spec.address === undefined || !isSpecific(spec.address)) return undefined;
  const family = open(session);
  return family.connection.get(family.request(TCP_METRICS_CMD_GET, keyOf(spec)));
}

/** All peers that words fit, in the kernel's order. */
export function eachPeer(
  spec: TcpMetricsSelector,
  env: GrammarEnv,
  session: IpSession,
  take: (peer: TcpMetrics) => void,
): void {
  list(open(session), spec, env, take);
}

function list(
  family: GenericFamily<typeof tcpMetricsMessage>,
  {address, source}: TcpMetricsSelector,
  env: GrammarEnv,
  take: (peer: TcpMetrics) => void,
): void {
  const wanted = address?.address?.family ?? env.family;
  family.dump(TCP_METRICS_CMD_GET, peer => {
    const dst = peer.dst4 ?? peer.dst6;
    const src = peer.src4 ?? peer.src6;
    if (dst === undefined || (wanted !== 0 && dst.family !== wanted)) return;
    if (address?.address !== undefined && !sameBits(dst, address.address, address.length)) return;
    if (source?.address !== undefined && src?.equals(source.address) !== true) return;
    take(peer);
  });
}

/**
 * `ip tcp_metrics delete`.
 * @throws {UsageError} without an address
 * @throws {NetlinkError} when the kernel refuses
 */
export function deletePeer(spec: TcpMetricsSelector, session: IpSession): void {
  if (spec.address === undefined) throw refuse('Error: argument "address" is required');
  remove(open(session), keyOf(spec));
}

function remove(family: GenericFamily<typeof tcpMetricsMessage>, key: TcpMetricsRequest): void {
  family.connection.request(family.request(TCP_METRICS_CMD_DEL, key));
}

/** The reference does not listen to `-loops` here. */
const ROUNDS = 10;

/**
 * `ip tcp_metrics flush`: the kernel forgets all peers, or one, at a single word; others are listed and deleted.
 * @param show writes a peer that will be deleted, for `-s -s`
 * @throws {UsageError | NetlinkError} when the kernel refuses
 */
export function flushPeers(
  spec: TcpMetricsSelector,
  env: GrammarEnv,
  session: IpSession,
  show: (peer: TcpMetrics) => void,
): void {
  const {address, source} = spec;
  const family = open(session);
  const isAll = env.family === 0 && source === undefined && (address === undefined || address.length === 0);
  if (isAll || (address !== undefined && isSpecific(address))) {
    remove(family, isAll ? {} : keyOf(spec));
    return;
  }
  flushInRounds(
    {
      find() {
        const doomed: TcpMetrics[] = [];
        list(family, spec, env, peer => doomed.push(peer));
        return doomed;
      },
      show,
      remove(doomed) {
        const refusal = firstRefusal(
          doomed.map(({dst4, dst6, src4, src6}) => family.request(TCP_METRICS_CMD_DEL, {dst4, dst6, src4, src6})),
          family.connection,
          0,
        );
        if (refusal !== undefined) throw new UsageError(1, ['Failed to send flush request', `: ${errnoText(refusal)}`]);
      },
      noun: 'entries',
      rounds: ROUNDS,
      saysNothing: true,
    },
    session,
  );
}
