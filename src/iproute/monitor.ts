import {DecodeError} from '../errors.js';
import {codecOf} from '../netlink/codec.js';
import {NLMSG_DONE, NLMSG_HDRLEN} from '../netlink/constants.js';
import {message, u32} from '../netlink/schema.js';
import {listen, type MonitorSpec, parseMonitor, replay} from '../ops/monitor.js';
import type {IpSession, RunObject} from '../ops/session.js';
import {RTM_GETNEIGH} from '../rtnetlink/constants.js';
import {type EventKind, EventKinds} from './monitorEvents.js';
import {longTime, timestampText} from './timestamp.js';

/** When the messages that follow in a file were seen. Source: rtmon(8); observed in its files. */
const RTM_TSTAMP = 15;
const timestampMessage = message('timestamp', {seconds: u32, microseconds: u32}, {});

/** `ip monitor`: what changes, as it changes; with `-j` one object a line. */
export const run: RunObject = (argv, session) => {
  const spec = parseMonitor(argv, session);
  const printer = new Printer(spec, session);
  if (spec.file === undefined) {
    return listen(spec, session, printer.message, () => session.out.flush(), printer.lost);
  }
  replay(spec.file, printer.message);
  return 0;
};

/** Prints events. */
class Printer {
  readonly #spec: MonitorSpec;
  readonly #session: IpSession;
  readonly #kinds: EventKinds;

  constructor(spec: MonitorSpec, session: IpSession) {
    this.#spec = spec;
    this.#session = session;
    this.#kinds = new EventKinds(session, spec.dev ?? 0);
  }

  /** The kernel had no room for some events: programs that read JSON must see it too. */
  readonly lost = (): void => {
    const {io, json} = this.#session;
    io.err('netlink receive error No buffer space available (105)\n');
    if (json === undefined) return;
    json.openObject();
    json.key('event');
    json.word('overrun');
    json.closeObject();
    json.end();
  };

  readonly message = (buf: Uint8Array, at: number, end: number, type: number, flags: number, nsid: number): void => {
    if (type === RTM_TSTAMP) {
      const {seconds, microseconds} = codecOf(timestampMessage).decode(buf, at, end);
      if (this.#session.json === undefined) {
        this.#session.out.ascii(`Timestamp: ${longTime(new Date(seconds * 1000))} ${microseconds} us\n`);
      }
      return;
    }
    if (type <= NLMSG_DONE) return;
    const found = this.#kinds.of(type);
    if (found === undefined) {
      this.#session.io.err(unknown(type, flags, end - at + NLMSG_HDRLEN));
      return;
    }
    let record: never;
    try {
      record = codecOf(found.message).decode(buf, at, end) as never;
    } catch (error) {
      // Files hold anything; the messages behind a broken one may be sound.
      if (!(error instanceof DecodeError)) throw error;
      this.#session.io.err(`${error.message}\n`);
      return;
    }
    const kind = found.as?.(record) ?? found;
    this.#kinds.foreign = nsid >= 0;
    if (kind.passes?.(record) === false) return;
    if (this.#session.json === undefined) this.#text(kind, record, type, nsid);
    else this.#json(kind, record, type, nsid);
  };

  /** The reference writes what stands before an event even when a filter then hides it. */
  #text(kind: EventKind, record: never, type: number, nsid: number): void {
    const {out, options, view} = this.#session;
    out.ascii(this.#header(kind, nsid));
    const row = kind.row(record, type) as never;
    if (row === undefined) return;
    if (type === kind.deleted) out.ascii('Deleted ');
    else if (type === RTM_GETNEIGH) out.ascii('miss ');
    if (options.brief && kind.brief !== undefined) {
      kind.view.brief(out, row, view);
      out.ascii(kind.brief.end);
    } else {
      kind.view.text(out, row, view);
      out.ascii(kind.end);
    }
  }

  #header(kind: EventKind, nsid: number): string {
    const {io, options} = this.#session;
    let text = '';
    if (options.timestamp) text = timestampText(io.now(), options.timestampShort);
    if (this.#spec.allNsid === true) text += nsid < 0 ? '[nsid current]' : `[nsid ${nsid}]`;
    // The word `all` asks for labels, too.
    return this.#spec.label === true || this.#spec.all === true ? `${text}[${kind.label}]` : text;
  }

  /** The object as its listing has it, with what happened to it in front. */
  #json(kind: EventKind, record: never, type: number, nsid: number): void {
    const {io, json, options, view} = this.#session;
    const row = kind.row(record, type) as never;
    if (row === undefined || json === undefined) return;
    json.openObject();
    json.key('event');
    json.word(kind.label.toLowerCase());
    if (options.timestamp) {
      json.key('timestamp');
      json.word(new Date(io.now()).toISOString());
    }
    if (nsid >= 0) {
      json.key('nsid');
      json.uint(nsid);
    }
    if (type === kind.deleted) {
      json.key('deleted');
      json.bool(true);
    }
    kind.view.members(json, row, view);
    json.closeObject();
    json.end();
  }
}

function unknown(type: number, flags: number, length: number): string {
  const field = (name: string, value: number): string => `${name}=0x${value.toString(16).padStart(8, '0')}(${value})`;
  return `Unknown message: ${field('type', type)} ${field('flags', flags)} ${field('len', length)}\n`;
}
