import type {Request} from '../netlink/message.js';
import type {SyncConnection} from '../netlink/sync.js';
import {AF_INET} from '../rtnetlink/constants.js';
import {makeRequest} from '../rtnetlink/request.js';
import {
  NETLINK_XFRM,
  stateFlags,
  XFRM_MSG_ALLOCSPI,
  XFRM_MSG_DELSA,
  XFRM_MSG_FLUSHSA,
  XFRM_MSG_GETSA,
  XFRM_MSG_GETSADINFO,
  XFRM_MSG_NEWSA,
  XFRM_MSG_UPDSA,
  xfrmProtocols,
} from '../rtnetlink/xfrm/constants.js';
import {packAddress, packAlgorithm, packContext, packReplayEsn} from '../rtnetlink/xfrm/payloads.js';
import {
  bareMessage,
  flushStateMessage,
  type StateRequest,
  spiMessage,
  stateIdMessage,
  stateMessage,
  stateTableMessage,
  type XfrmState,
} from '../rtnetlink/xfrm/schema.js';
import type {IpSession} from './session.js';
import {covers, type DumpUse, deleteRounds, guardedDump} from './xfrmRows.js';
import {selectorOf} from './xfrmSelector.js';
import {familyOf, type SpiSpec, type StateFilter, type StateName, type StateSpec} from './xfrmStateSpec.js';
import {limitsOf} from './xfrmValues.js';

/** Room of the window in the state itself; longer ones have an attribute. */
const SMALL_WINDOW = 32;
/** SPIs that are handed out where none are named. Source: observed. */
const SPI_MIN = 0x100;
const SPI_MAX = 0x0fffffff;
const COMP_SPI_MAX = 0xffff;
/** Flags of a request for counters: all of them. */
const ALL = 0xffffffff;

/** The states of a namespace. */
export class StateTable {
  readonly #connection: SyncConnection;
  readonly #session: IpSession;

  constructor(session: IpSession) {
    this.#session = session;
    this.#connection = session.io.open(NETLINK_XFRM, {strict: false});
  }

  /** @throws {NetlinkError} EEXIST, ESRCH, ... */
  change(verb: 'add' | 'update', spec: StateSpec): void {
    const type = verb === 'add' ? XFRM_MSG_NEWSA : XFRM_MSG_UPDSA;
    this.#connection.request(makeRequest(stateMessage, type, 0, {...this.#stateOf(spec), ...attributesOf(spec)}));
  }

  /** Takes a free SPI. @throws {NetlinkError} */
  allocate(spec: SpiSpec): XfrmState {
    const isComp = spec.id?.proto === xfrmProtocols.comp;
    const {min = SPI_MIN, max = isComp ? COMP_SPI_MAX : SPI_MAX, mark} = spec;
    const {lft: _, ...info} = this.#stateOf(spec);
    const request = makeRequest(spiMessage, XFRM_MSG_ALLOCSPI, 0, {info, min, max, mark});
    return this.#connection.get({...request, reply: stateMessage});
  }

  /** @throws {NetlinkError} ESRCH */
  delete(name: StateName): void {
    this.#connection.request(this.#nameRequest(XFRM_MSG_DELSA, name));
  }

  /** @throws {NetlinkError} ESRCH */
  get(name: StateName): XfrmState {
    return this.#connection.get({...this.#nameRequest(XFRM_MSG_GETSA, name), reply: stateMessage});
  }

  /** States that a filter lets through. */
  each(filter: StateFilter, take: (state: XfrmState) => void): void {
    const {src, dst, proto} = filter.id ?? {};
    const {family} = this.#session.options;
    this.#dump(
      {
        protocol: proto,
        addressFilter: {
          saddr: packAddress(src?.address),
          daddr: packAddress(dst?.address),
          family: familyOf(filter.id) ?? family,
          splen: src?.length,
          dplen: dst?.length,
        },
      },
      filter,
      take,
    );
  }

  /** Deletes all that a filter lets through. */
  deleteAll(filter: StateFilter): void {
    const find = (): Request[] => {
      const doomed: Request[] = [];
      const take = ({id, saddr, family, mark}: XfrmState): void => {
        const {daddr, spi, proto} = id;
        doomed.push(makeRequest(stateIdMessage, XFRM_MSG_DELSA, 0, {daddr, spi, family, proto, srcaddr: saddr, mark}));
      };
      this.#dump({}, filter, take, 'Delete-all');
      return doomed;
    };
    deleteRounds(find, this.#connection, this.#session);
  }

  flush(proto: number): void {
    this.#connection.request(makeRequest(flushStateMessage, XFRM_MSG_FLUSHSA, 0, {proto}));
  }

  /** How many there are, and of the buckets of their table how many there are and may be. */
  count(): {readonly states: number | undefined; readonly buckets: {sadhcnt: number; sadhmcnt: number} | undefined} {
    const request = makeRequest(stateTableMessage, XFRM_MSG_GETSADINFO, 0, {flags: ALL});
    const {cnt, hinfo} = this.#connection.get(request);
    return {states: cnt, buckets: hinfo};
  }

  #dump(body: object, filter: StateFilter, take: (state: XfrmState) => void, use: DumpUse = 'Dump'): void {
    const request = makeRequest(bareMessage, XFRM_MSG_GETSA, 0, body);
    const {family} = this.#session.options;
    guardedDump(use, () =>
      this.#connection.dump({...request, reply: stateMessage}, state => {
        if (family !== 0 && state.family !== family) return;
        if (passes(state, filter)) take(state);
      }),
    );
  }

  #nameRequest(type: number, {id = {}, mark}: StateName): Request<typeof stateIdMessage> {
    const {src, dst, spi, proto} = id;
    const family = familyOf(id) ?? (this.#session.options.family || AF_INET);
    return makeRequest(stateIdMessage, type, 0, {
      daddr: packAddress(dst?.address),
      spi,
      family,
      proto,
      ...(proto !== undefined && {srcaddr: packAddress(src?.address)}),
      mark,
    });
  }

  #stateOf({id = {}, mode, reqid, seq, ...rest}: StateSpec | SpiSpec): StateRequest {
    const {src, dst, spi, proto} = id;
    const {sel = {}, limits, replayWindow = 0, flags = 0} = rest as StateSpec;
    return {
      sel: selectorOf(sel, 0),
      id: {daddr: packAddress(dst?.address), spi, proto},
      saddr: packAddress(src?.address),
      lft: limitsOf(limits),
      seq: seq === undefined ? undefined : networkOrder(seq),
      reqid,
      family: familyOf(id) ?? (this.#session.options.family || AF_INET),
      mode,
      replayWindow: hasLongWindow(replayWindow, flags) ? 0 : replayWindow,
      flags,
    };
  }
}

/** The reference sends this number in network order, where the kernel has it in its own. */
function networkOrder(n: number): number {
  return (((n & 0xff) << 24) | ((n & 0xff00) << 8) | ((n >>> 8) & 0xff00) | (n >>> 24)) >>> 0;
}

function hasLongWindow(replayWindow: number, flags: number): boolean {
  return replayWindow > SMALL_WINDOW || (flags & stateFlags.esn) !== 0;
}

/** Attributes of a state, in the reference's order. */
function attributesOf(spec: StateSpec): StateRequest {
  const {
    replayWindow = 0,
    replaySeq: seq = 0,
    replayOseq: oseq = 0,
    replaySeqHi: seqHi = 0,
    replayOseqHi: oseqHi = 0,
  } = spec;
  const isLong = hasLongWindow(replayWindow, spec.flags ?? 0);
  const {aead, auth, authTrunc, enc, comp, encap, coa, ctx, outputMark} = spec;
  return {
    algAead: aead && packAlgorithm(aead),
    algAuth: auth && packAlgorithm(auth),
    algAuthTrunc: authTrunc && packAlgorithm(authTrunc),
    algCrypt: enc && packAlgorithm(enc),
    algComp: comp && packAlgorithm(comp),
    encap: encap && {...encap, oa: packAddress(encap.oa)},
    coaddr: coa && packAddress(coa),
    mark: spec.mark,
    ifId: spec.ifId,
    secCtx: ctx === undefined ? undefined : packContext(ctx),
    offloadDev: spec.offload,
    saExtraFlags: spec.extraFlags || undefined,
    setMark: outputMark?.v || undefined,
    setMarkMask: outputMark?.m || undefined,
    tfcpad: spec.tfcpad || undefined,
    ...(isLong && {replayEsnVal: packReplayEsn({oseq, seq, oseqHi, seqHi, replayWindow})}),
    ...(!isLong && (seq !== 0 || oseq !== 0) && {replayVal: {oseq, seq, bitmap: 0}}),
  };
}

/** What the kernel does not check, or does not in a dump without a filter. */
function passes(state: XfrmState, {id = {}, mode, reqid, flags}: StateFilter): boolean {
  return (
    covers(id.src, state.saddr, state.family) &&
    covers(id.dst, state.id.daddr, state.family) &&
    (id.proto === undefined || id.proto === state.id.proto) &&
    (id.spi === undefined || id.spi === state.id.spi) &&
    (mode === undefined || mode === state.mode) &&
    (reqid === undefined || reqid === state.reqid) &&
    (flags === undefined || (flags & state.flags) !== 0)
  );
}
