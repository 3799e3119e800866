import type {SyncConnection} from './netlink/sync.js';
import type {Sink} from './view/sink.js';

/** What a run of a program touches outside itself; tests pass their own. */
export interface Io {
  /** Standard output. */
  readonly out: Sink;
  /** Writes to standard error at once, as C's unbuffered stderr does; the text brings its own newline. */
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the reference program that runs: messages and usage name `ip`, not `tsip`. */
  readonly argv0: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Opens a netlink socket in the namespace of the run.
   * @param protocol NETLINK_ROUTE, NETLINK_SOCK_DIAG, ...
   * @param options `strict` asks for strict dump checking, `receiveBuffer` is SO_RCVBUF in bytes
   * @throws {NetlinkError} when the kernel refuses the socket
   */
  open(protocol: number, options?: OpenOptions): SyncConnection;
}

/** Options of one netlink socket. */
export interface OpenOptions {
  readonly strict?: boolean;
  readonly receiveBuffer?: number;
  /** SO_SNDBUF in bytes. */
  readonly sendBuffer?: number;
  /** Multicast groups to join, by number. */
  readonly groups?: readonly number[];
  /** Events of all namespaces that have an id in ours. */
  readonly allNamespaces?: boolean;
}

/**
 * A program, as its chunk exports it.
 * @param argv words after the program's name
 * @returns exit status; output may be left in `io.out`, the caller flushes
 */
export type RunTool = (argv: readonly string[], io: Io) => number | Promise<number>;
