import type {Request} from './message.js';
import type {AnyMessage, Decoded} from './schema.js';

export interface SyncOptions {
  /** Name of a namespace under /run/netns, or a path. */
  readonly netns?: string;
  /** NETLINK_GET_STRICT_CHK; on by default. */
  readonly strict?: boolean;
  /** SO_RCVBUF in bytes. */
  readonly receiveBuffer?: number;
}

/** A blocking netlink socket. */
export class SyncConnection {
  static open(_protocol: number, _options: SyncOptions = {}): SyncConnection {
    throw new Error('not yet');
  }

  /** Whether the kernel checks dump requests strictly, and so filters by them. */
  readonly strict: boolean = false;
  /** Gets the kernel's text of a success that comes with a remark; `ip` prints it as `Warning: TEXT`. */
  onWarning: ((text: string) => void) | undefined;

  /** @throws {NetlinkError} */
  dump<M extends AnyMessage, R extends AnyMessage = M>(
    _request: Request<M, R>,
    _each: (record: Decoded<R>, type: number, flags: number) => void,
  ): {interrupted: boolean} {
    throw new Error('not yet');
  }

  /** As `dump`, with the bytes after each message's header; they are only valid during the call. */
  dumpRaw(
    _request: Request,
    _each: (buf: Uint8Array, at: number, end: number, type: number, flags: number) => void,
  ): {interrupted: boolean} {
    throw new Error('not yet');
  }

  /** Sends and waits for the acknowledgement. `each` gets what NLM_F_ECHO sends back. @throws {NetlinkError} */
  request<M extends AnyMessage, R extends AnyMessage = M>(
    _request: Request<M, R>,
    _each?: (record: Decoded<R>, type: number, flags: number) => void,
  ): void {
    throw new Error('not yet');
  }

  /** One answer. @throws {NetlinkError} */
  get<M extends AnyMessage, R extends AnyMessage = M>(_request: Request<M, R>): Decoded<R> {
    throw new Error('not yet');
  }

  close(): void {}
}
