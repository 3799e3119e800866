import {AF_INET} from '../addr/ip.js';
import {NetlinkError} from '../errors.js';
import type {Receiver} from '../netlink/exchange.js';
import type {SyncConnection} from '../netlink/sync.js';
import {type OldTransport, oldInetDump} from '../sockdiag/oldRequests.js';
import type {InetDump} from '../sockdiag/requests.js';

const AF_UNSPEC = 0;
/** Bytes of messages in one block. */
const BLOCK = 1 << 18;
/** Most bytes of IPv6 messages that wait: what is beyond is asked for again. */
const MOST_KEPT = 1 << 26;

/** Netlink messages' bodies in the order they came, each valid until the end. */
class KeptMessages {
  bytes = 0;
  #blocks: Uint8Array[] = [];
  /** Block, start and end of each message. */
  #places: number[] = [];
  #block = new Uint8Array(0);
  #at = 0;

  add(buf: Uint8Array, at: number, end: number): void {
    const length = end - at;
    if (this.#at + length > this.#block.length) {
      this.#block = new Uint8Array(Math.max(BLOCK, length));
      this.#blocks.push(this.#block);
      this.#at = 0;
    }
    this.#block.set(buf.subarray(at, end), this.#at);
    this.#places.push(this.#blocks.length - 1, this.#at, this.#at + length);
    this.#at += (length + 3) & ~3;
    this.bytes += length;
  }

  each(row: Receiver): void {
    const places = this.#places;
    for (let i = 0; i < places.length; i += 3) {
      const block = this.#blocks[places[i] as number] as Uint8Array;
      row(block, places[i + 1] as number, places[i + 2] as number, 0, 0);
    }
  }

  clear(): void {
    this.#blocks = [];
    this.#places = [];
    this.#block = new Uint8Array(0);
    this.#at = 0;
  }
}

/** What to ask for beside the family. */
export type BothFamilies = Omit<InetDump, 'family' | 'transport'>;

/**
 * Dumps the sockets of both families in one pass of the kernel through its table of all namespaces' sockets, which costs a
 * tenth of a long listing. Only the requests of old kernels ask for both families; answers are
 * the same. Rows come as from two dumps, IPv4 first.
 * @param row gets each message; its type and flags count only for IPv4
 * @returns how many families are done: 0 where the kernel refuses, 1 where there are too many IPv6 sockets to keep
 * @throws {NetlinkError} in mid-dump
 */
export function dumpBothFamilies(
  connection: SyncConnection,
  transport: OldTransport,
  what: BothFamilies,
  row: Receiver,
): 0 | 1 | 2 {
  const kept = new KeptMessages();
  let some = false;
  let tooMany = false;
  const sort: Receiver = (buf, at, end, type, flags) => {
    some = true;
    if (buf[at] === AF_INET) row(buf, at, end, type, flags);
    else if (!tooMany) {
      kept.add(buf, at, end);
      tooMany = kept.bytes > MOST_KEPT;
      if (tooMany) kept.clear();
    }
  };
  try {
    connection.dumpRaw(oldInetDump(transport, {...what, family: AF_UNSPEC}), sort);
  } catch (error) {
    if (some || !(error instanceof NetlinkError)) throw error;
    return 0;
  }
  kept.each(row);
  return tooMany ? 1 : 2;
}
