import type {CallOptions} from '../netlink/async.js';
import type {Request} from '../netlink/message.js';
import type {Session} from './session.js';

/** A dump, and which of its records are meant: kernels without strict checking send all. */
export interface Query<T> {
  readonly request: Request;
  passes(record: T): boolean;
}

/** Objects of one kind in one namespace: what all kinds have in common. F says which, T is one. */
export abstract class Listing<F extends object, T> {
  protected readonly session: Session;

  /** Made by RtNetlink. */
  constructor(session: Session) {
    this.session = session;
  }

  protected abstract query(filter: F, options?: CallOptions): Query<T> | Promise<Query<T>>;

  /**
   * All that fit, in the kernel's order: `show` of the object. A dump the kernel saw changed is asked for again.
   * @throws {NetlinkError} also when something that the filter names does not exist
   */
  async list(filter: F = {} as F, options?: CallOptions): Promise<T[]> {
    const {request, passes} = await this.query(filter, options);
    return this.session.list(request, passes as (record: unknown) => boolean, options) as Promise<T[]>;
  }

  /** As `list`, one array per datagram, for what is too large to hold. A dump the kernel saw changed is not repeated. */
  async *stream(filter: F = {} as F, options?: CallOptions): AsyncGenerator<T[], void, void> {
    const {request, passes} = await this.query(filter, options);
    yield* this.session.stream(request, passes as (record: unknown) => boolean, options) as AsyncGenerator<T[]>;
  }
}
