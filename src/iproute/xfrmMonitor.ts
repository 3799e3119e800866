import {DecodeError} from '../errors.js';
import type {Cursor} from '../grammar/grammar.js';
import {codecOf} from '../netlink/codec.js';
import {NLMSG_HDRLEN} from '../netlink/constants.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import type {IpSession} from '../ops/session.js';
import {parseXfrmMonitor, watchXfrm, type XfrmMonitorSpec} from '../ops/xfrmMonitor.js';
import {transformName} from '../ops/xfrmValues.js';
import * as xfrm from '../rtnetlink/xfrm/constants.js';
import {
  acquireMessage,
  aeventMessage,
  bareMessage,
  expireMessage,
  flushStateMessage,
  mappingMessage,
  policyDefaultMessage,
  policyExpireMessage,
  policyIdMessage,
  policyMessage,
  reportMessage,
  stateIdMessage,
  stateMessage,
} from '../rtnetlink/xfrm/schema.js';
import type {View} from '../view/view.js';
import {timestampText} from './timestamp.js';
import {acquireView, aeventText, mappingText, reportView} from './views/xfrmEvent.js';
import {policyTypeName, xfrmPolicyView} from './views/xfrmPolicy.js';
import {xfrmStateView} from './views/xfrmState.js';
import {defaultsText} from './xfrmDefaults.js';

/** `ip xfrm monitor`: what becomes of states and policies, as text with `-j`, too. */
export function runXfrmMonitor(cursor: Cursor, session: IpSession): number {
  const spec = parseXfrmMonitor(cursor, session);
  const printer = new Printer(spec, session);
  watchXfrm(spec, session, printer.message, () => session.out.flush());
  return 0;
}

type Show = (buf: Uint8Array, at: number, end: number) => void;

/** Prints events. */
class Printer {
  readonly #spec: XfrmMonitorSpec;
  readonly #session: IpSession;
  readonly #kinds: ReadonlyMap<number, Show>;

  constructor(spec: XfrmMonitorSpec, session: IpSession) {
    this.#spec = spec;
    this.#session = session;
    this.#kinds = this.#table();
  }

  readonly message = (buf: Uint8Array, at: number, end: number, type: number, flags: number, nsid: number): void => {
    const {io, options, out} = this.#session;
    if (options.timestamp) out.ascii(timestampText(io.now(), options.timestampShort));
    if (this.#spec.allNsid === true) out.ascii(nsid < 0 ? '[nsid current]' : `[nsid ${nsid}]`);
    const show = this.#kinds.get(type);
    if (show === undefined) {
      const length = String(end - at + NLMSG_HDRLEN).padStart(8, '0');
      out.ascii(`Unknown message: ${length} ${hex(type)} ${hex(flags)}\n`);
      return;
    }
    show(buf, at, end);
  };

  /** How each type of message is shown. */
  #table(): ReadonlyMap<number, Show> {
    const {out} = this.#session;
    return new Map<number, Show>([
      [xfrm.XFRM_MSG_NEWSA, this.#reader(stateMessage, state => this.#row('', state, xfrmStateView))],
      [xfrm.XFRM_MSG_UPDSA, this.#reader(stateMessage, state => this.#row('Updated ', state, xfrmStateView))],
      [
        xfrm.XFRM_MSG_DELSA,
        this.#reader(stateIdMessage, ({sa, ...rest}) => {
          out.ascii('Deleted ');
          if (sa === undefined) this.#buggy('XFRM_MSG_DELSA: no XFRMA_SA');
          else this.#row('', {...rest, sa, ...sa}, xfrmStateView);
        }),
      ],
      [
        xfrm.XFRM_MSG_EXPIRE,
        this.#reader(expireMessage, event => this.#row('Expired ', {...event, ...event.state}, xfrmStateView)),
      ],
      [xfrm.XFRM_MSG_NEWPOLICY, this.#reader(policyMessage, policy => this.#row('', policy, xfrmPolicyView))],
      [xfrm.XFRM_MSG_UPDPOLICY, this.#reader(policyMessage, policy => this.#row('Updated ', policy, xfrmPolicyView))],
      [
        xfrm.XFRM_MSG_DELPOLICY,
        this.#reader(policyIdMessage, ({policy, ...rest}) => {
          out.ascii('Deleted ');
          if (policy === undefined) this.#buggy('XFRM_MSG_DELPOLICY: no XFRMA_POLICY');
          else this.#row('', {...rest, policy, ...policy}, xfrmPolicyView);
        }),
      ],
      [
        xfrm.XFRM_MSG_POLEXPIRE,
        this.#reader(policyExpireMessage, event => this.#row('Expired ', {...event, ...event.pol}, xfrmPolicyView)),
      ],
      [xfrm.XFRM_MSG_ACQUIRE, this.#reader(acquireMessage, event => this.#row('', event, acquireView))],
      [xfrm.XFRM_MSG_REPORT, this.#reader(reportMessage, event => this.#row('', event, reportView))],
      [xfrm.XFRM_MSG_NEWAE, this.#reader(aeventMessage, event => out.text(aeventText(event)))],
      [xfrm.XFRM_MSG_MAPPING, this.#reader(mappingMessage, event => out.text(mappingText(event)))],
      [
        xfrm.XFRM_MSG_FLUSHSA,
        this.#reader(flushStateMessage, ({proto}) => this.#line(`Flushed state proto ${transformName(proto)}`)),
      ],
      [
        xfrm.XFRM_MSG_FLUSHPOLICY,
        this.#reader(bareMessage, ({policyType: of}) =>
          this.#line(`Flushed policy ${of === undefined ? '' : `ptype ${policyTypeName(of.type)} `}`),
        ),
      ],
      [xfrm.XFRM_MSG_GETDEFAULT, this.#reader(policyDefaultMessage, found => out.ascii(defaultsText(found)))],
    ]);
  }

  #reader<M extends AnyMessage>(message: M, show: (event: Decoded<M>) => void): Show {
    return (buf, at, end) => {
      let event: Decoded<M>;
      try {
        event = codecOf(message).decode(buf, at, end);
      } catch (error) {
        // Files hold anything; the messages behind a broken one may be sound.
        if (!(error instanceof DecodeError)) throw error;
        const {io} = this.#session;
        io.err(`BUG: wrong nlmsg len ${end - at - sizeOf(message)}\n`);
        return;
      }
      show(event);
    };
  }

  #row<R>(before: string, row: R, form: View<R>): void {
    const {options, out, view} = this.#session;
    out.ascii(before);
    form.text(out, row, view);
    if (options.oneline) out.byte(10);
  }

  #line(text: string): void {
    const {options, out} = this.#session;
    out.text(text);
    out.ascii(options.oneline ? '\\\n' : '\n');
  }

  #buggy(what: string): void {
    this.#session.io.err(`Buggy ${what}\n`);
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

/** Bytes of a message's fixed part. */
function sizeOf({fields}: AnyMessage): number {
  return Object.values(fields as Readonly<Record<string, {readonly size: number}>>).reduce(
    (sum, {size}) => sum + size,
    0,
  );
}
