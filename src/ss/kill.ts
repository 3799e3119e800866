import {errnoText} from '../errno.js';
import {NetlinkError} from '../errors.js';
import type {Io} from '../io.js';
import {codecOf} from '../netlink/codec.js';
import {NETLINK_SOCK_DIAG} from '../netlink/constants.js';
import type {SyncConnection} from '../netlink/sync.js';
import {inetDiag} from '../sockdiag/inet.js';
import {inetDestroy, type Transport} from '../sockdiag/requests.js';
import type {SocketKiller} from './context.js';

const ENOENT = 2;
const EOPNOTSUPP = 95;

/** `-K`: closes sockets, on a netlink socket of its own since the listing is under way on the other one. */
export class Killer implements SocketKiller {
  readonly #io: Io;
  #connection: SyncConnection | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  kill(transport: Transport, buf: Uint8Array, at: number, end: number): boolean | 'stop' {
    this.#connection ??= this.#io.open(NETLINK_SOCK_DIAG);
    try {
      this.#connection.request(inetDestroy(transport, codecOf(inetDiag).decode(buf, at, end)));
      return true;
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      // Gone by itself, or of a kind that cannot be closed.
      if (error.errno === ENOENT || error.errno === EOPNOTSUPP) return false;
      this.#io.err(`SOCK_DESTROY answers: ${errnoText(error.errno)}\n`);
      return 'stop';
    }
  }
}
