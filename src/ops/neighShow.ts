import {sameBits} from '../addr/bits.js';
import {UsageError} from '../errors.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {NTF_EXT_LEARNED, NTF_PROXY, NUD_NOARP, NUD_PERMANENT} from '../rtnetlink/constants.js';
import {neighbourRequests} from '../rtnetlink/neigh/requests.js';
import type {Neighbour} from '../rtnetlink/neigh/schema.js';
import {deviceIndex} from './device.js';
import type {NeighFilterSpec} from './neighSpec.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';
import {lastMaster} from './vrf.js';

/** Bit of a filter for entries without a state. */
const STATELESS = 0x100;
const ALL_STATES = 0x1ff;

/** A listing with its names looked up. */
export class NeighFilter {
  /** The one device, whose name the lines then leave out; 0 for all. */
  readonly index: number;
  readonly #spec: NeighFilterSpec;
  readonly #family: number;
  readonly #master: number | undefined;
  readonly #states: number;
  readonly #session: IpSession;

  /**
   * @param usual states that are wanted unless words say so
   * @throws {UsageError} when a device does not exist
   */
  constructor(spec: NeighFilterSpec, usual: number, session: IpSession, env: GrammarEnv) {
    this.#spec = spec;
    this.#family = env.family;
    this.#session = session;
    this.#master = lastMaster(spec, session);
    this.index = spec.dev === undefined ? 0 : deviceIndex(spec.dev, session);
    this.#states = spec.states === undefined ? usual : spec.states.reduce<number>(addState, 0);
  }

  /** Hands on the entries that pass, in the kernel's order. @throws {UsageError} when the kernel refuses */
  each(take: (neighbour: Neighbour) => void): void {
    const query = {
      family: this.#family,
      proxy: this.#spec.proxy === true,
      ...(this.index !== 0 && {ifindex: this.index}),
      ...(this.#master !== undefined && {master: this.#master}),
    };
    try {
      this.#session.connection().dump(neighbourRequests.list(query), neighbour => {
        if (this.#accepts(neighbour)) take(neighbour);
      });
    } catch (error) {
      throw dumpRefusal(error, 'Dump terminated', 1);
    }
  }

  #accepts(r: Neighbour): boolean {
    const {unused, protocol, to} = this.#spec;
    return (
      (this.#family === 0 || r.family === this.#family) &&
      (this.index === 0 || r.ifindex === this.index) &&
      this.#hasState(r) &&
      (protocol === undefined || (r.protocol ?? 0) === protocol) &&
      (to?.address === undefined || (r.dst?.family === to.address.family && sameBits(r.dst, to.address, to.length))) &&
      (unused !== true || (r.cacheinfo?.refcnt ?? 0) === 0)
    );
  }

  /** Proxy entries have no state; those learned elsewhere pass in any. */
  #hasState({state, flags}: Neighbour): boolean {
    if ((flags & (NTF_PROXY | NTF_EXT_LEARNED)) !== 0) return true;
    return state === 0 ? (this.#states & STATELESS) !== 0 : (this.#states & state) !== 0;
  }
}

function addState(states: number, state: number | 'all'): number {
  if (state === 'all') return ALL_STATES;
  return states | (state === 0 ? STATELESS : state);
}

/** What `show` lists by default. */
export const SHOWN = 0xff & ~NUD_NOARP;
/** What `flush` deletes by default: those without a state too. */
export const FLUSHED = ALL_STATES & ~(NUD_NOARP | NUD_PERMANENT);

/**
 * `ip neigh flush`: lists and deletes until nothing is left.
 * @param show writes an entry that will be deleted, for `-s -s`
 * @throws {UsageError} when entries keep coming back
 */
export function flushNeighbours(filter: NeighFilter, session: IpSession, show: (neighbour: Neighbour) => void): void {
  const {options, out} = session;
  const isTold = options.statistics > 0;
  for (let round = 0; ; round++) {
    const doomed: Neighbour[] = [];
    filter.each(neighbour => doomed.push(neighbour));
    if (doomed.length === 0) {
      if (isTold && round === 0) out.ascii('Nothing to flush.\n');
      else if (isTold) out.ascii(`*** Flush is complete after ${round} round${round === 1 ? '' : 's'} ***\n`);
      return;
    }
    if (options.loops !== 0 && round >= options.loops) {
      throw new UsageError(1, `*** Flush not complete bailing out after ${options.loops} rounds`);
    }
    if (options.statistics > 1) doomed.forEach(show);
    const requests = doomed.map(({family, ifindex, state, flags, dst, lladdr}) =>
      neighbourRequests.delete({family, ifindex, state, flags, dst, ...(dst === undefined && {lladdr})}),
    );
    session.connection().batch(requests, () => {});
    if (isTold) out.ascii(`\n*** Round ${round + 1}, deleting ${doomed.length} entries ***\n`);
  }
}
