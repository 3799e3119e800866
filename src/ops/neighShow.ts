import {sameBits} from '../addr/bits.js';
import type {GrammarEnv} from '../grammar/grammar.js';
import {NTF_EXT_LEARNED, NTF_PROXY, NUD_FAILED, NUD_NOARP, NUD_PERMANENT} from '../rtnetlink/constants.js';
import {neighbourRequests} from '../rtnetlink/neigh/requests.js';
import type {Neighbour} from '../rtnetlink/neigh/schema.js';
import {deviceIndex} from './device.js';
import {flushInRounds, sendDeletions} from './flushRounds.js';
import {lastMaster} from './master.js';
import type {NeighFilterSpec} from './neighSpec.js';
import {dumpRefusal} from './refusal.js';
import type {IpSession} from './session.js';

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

  /**
   * Hands on the entries that pass, in the kernel's order.
   * @param without states that do not count this time
   * @throws {UsageError} when the kernel refuses
   */
  each(take: (neighbour: Neighbour) => void, without = 0): void {
    const states = this.#states & ~without;
    const query = {
      family: this.#family,
      proxy: this.#spec.proxy === true,
      ...(this.index !== 0 && {ifindex: this.index}),
      ...(this.#master !== undefined && {master: this.#master}),
    };
    try {
      this.#session.connection().dump(neighbourRequests.list(query), neighbour => {
        if (this.#accepts(neighbour, states)) take(neighbour);
      });
    } catch (error) {
      throw dumpRefusal(error, 'Dump terminated', 1);
    }
  }

  #accepts(r: Neighbour, states: number): boolean {
    const {unused, protocol, to} = this.#spec;
    return (
      (this.#family === 0 || r.family === this.#family) &&
      (this.index === 0 || r.ifindex === this.index) &&
      hasState(r, states) &&
      (typeof protocol !== 'number' || protocol === 0 || r.protocol === protocol) &&
      (to?.address === undefined || (r.dst?.family === to.address.family && sameBits(r.dst, to.address, to.length))) &&
      (unused !== true || (r.cacheinfo?.refcnt ?? 0) === 0)
    );
  }
}

/** Proxy entries have no state; those learned elsewhere pass in any. */
function hasState({state, flags}: Neighbour, states: number): boolean {
  if ((flags & (NTF_PROXY | NTF_EXT_LEARNED)) !== 0) return true;
  return state === 0 ? (states & STATELESS) !== 0 : (states & state) !== 0;
}

function addState(states: number, state: number | 'all'): number {
  if (state === 'all') return ALL_STATES;
  return states | (state === 0 ? STATELESS : state);
}

/** What `show` lists by default. */
export const SHOWN = 0xff & ~NUD_NOARP;
/** What `flush` deletes by default: those without a state too. */
export const FLUSHED = ALL_STATES & ~(NUD_NOARP | NUD_PERMANENT);

/** The reference does not listen to `-loops` here. */
const ROUNDS = 10;
const MISUSE = 255;
const ENOENT = 2;

/**
 * `ip neigh flush`: lists and deletes until nothing is left.
 * @param show writes an entry that will be deleted, for `-s -s`
 * @returns exit status
 * @throws {UsageError} when the kernel refuses
 */
export function flushNeighbours(filter: NeighFilter, session: IpSession, show: (neighbour: Neighbour) => void): number {
  const isDone = flushInRounds(
    {
      find(round) {
        const doomed: Neighbour[] = [];
        // Deleted entries linger as failed ones.
        filter.each(neighbour => doomed.push(neighbour), round === 0 ? 0 : NUD_FAILED);
        return doomed;
      },
      show,
      remove: doomed => sendDeletions(doomed.map(neighbourRequests.deleteRecord), session, ENOENT, 1),
      noun: 'entries',
      rounds: ROUNDS,
    },
    session,
  );
  if (isDone) return 0;
  session.out.ascii(`*** Flush not complete bailing out after ${ROUNDS} rounds\n`);
  return MISUSE;
}
