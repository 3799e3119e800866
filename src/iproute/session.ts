import {decodeText} from '../addr/text.js';
import type {Io} from '../io.js';
import {type Files, Names} from '../names/tables.js';
import {isTerminal, native, readWholeFile} from '../native.js';
import type {SyncConnection} from '../netlink/sync.js';
import type {IpOptions, IpSession, Leftovers} from '../ops/session.js';
import {NETLINK_ROUTE} from '../rtnetlink/constants.js';
import {LinkCache} from '../rtnetlink/linkCache.js';
import {paletteFor} from '../view/colour.js';
import type {ViewContext} from '../view/context.js';
import {JsonWriter} from '../view/json.js';
import type {Sink} from '../view/sink.js';

const STDOUT = 1;

/** The session of one run: sockets and tables are made when first asked for. */
export class Session implements IpSession {
  readonly io: Io;
  readonly options: IpOptions;
  readonly names: Names;
  readonly out: Sink;
  readonly links: LinkCache;
  readonly json: JsonWriter | undefined;
  readonly view: ViewContext;
  readonly batching: boolean;
  readonly left: Leftovers = {hasListedLinks: false, maddressDevice: undefined};
  #connection: SyncConnection | undefined;

  constructor(io: Io, options: IpOptions) {
    this.io = io;
    this.options = options;
    this.out = io.out;
    this.names = new Names(undefined, text => io.err(text), files);
    this.batching = options.batch !== undefined;
    this.links = new LinkCache(() => io.open(NETLINK_ROUTE));
    this.json = options.json ? new JsonWriter(io.out, options.pretty) : undefined;
    const {links, names} = this;
    const {oneline, details, statistics, numeric, human, iec, resolve} = options;
    this.view = {
      oneline,
      details,
      statistics,
      numeric,
      human,
      iec,
      resolve,
      colour: options.json ? undefined : paletteFor(options.colour, io.env, () => isTerminal(STDOUT)),
      names,
      ifname: index => links.name(index),
      resolveHost: ip => (resolve ? native().nameinfo(ip.bytes()) : undefined),
    };
  }

  moreStatistics(): void {
    const statistics = this.options.statistics + 1;
    Object.assign(this.options, {statistics});
    Object.assign(this.view, {statistics});
  }

  connection(): SyncConnection {
    if (this.#connection === undefined) {
      const {receiveBuffer} = this.options;
      const strict = !this.batching;
      this.#connection = this.io.open(NETLINK_ROUTE, receiveBuffer === undefined ? {strict} : {strict, receiveBuffer});
      this.#connection.onWarning = text => this.io.err(`Warning: ${text}${text.endsWith('.') ? '' : '.'}\n`);
    }
    return this.#connection;
  }
}

/** Name files through the addon. */
const files: Files = {
  read(path) {
    const bytes = readWholeFile(path);
    return bytes && decodeText(bytes, 0, bytes.length);
  },
  list(directory) {
    const names = native().readdir(directory);
    return typeof names === 'number' ? [] : names;
  },
};
