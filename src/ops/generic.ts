import {NetlinkError, UsageError} from '../errors.js';
import {familyId, NETLINK_GENERIC} from '../genetlink/controller.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage, Decoded, Encodable} from '../netlink/schema.js';
import type {SyncConnection} from '../netlink/sync.js';
import {dumpRefusal, refusalLine} from './refusal.js';
import type {IpSession} from './session.js';

/** A family of generic netlink that is there, with a connection of its own. */
export class GenericFamily<M extends AnyMessage> {
  readonly connection: SyncConnection;
  readonly #id: number;
  readonly #name: string;
  readonly #message: M;

  /** @throws {UsageError} `RTNETLINK answers: No such file or directory`, `Error talking to the kernel` */
  constructor(name: string, message: M, session: IpSession) {
    this.#name = name;
    this.#message = message;
    this.connection = session.io.open(NETLINK_GENERIC);
    try {
      this.#id = familyId(this.connection, name);
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      throw new UsageError(1, [refusalLine(error), 'Error talking to the kernel'], true);
    }
  }

  /** A request of the family, whose versions are all 1. */
  request(cmd: number, body: Encodable<M> = {} as Encodable<M>): Request<M> {
    const whole = {cmd, version: 1, ...(body as object)} as Encodable<M>;
    return {type: this.#id, name: this.#name, flags: 0, message: this.#message, body: whole};
  }

  /**
   * All entries.
   * @throws {UsageError} the refusal and `Dump terminated`, status 1
   */
  dump(cmd: number, each: (record: Decoded<M>) => void): void {
    try {
      this.connection.dump(this.request(cmd), each);
    } catch (error) {
      throw dumpRefusal(error, 'Dump terminated', 1);
    }
  }

  /**
   * A change.
   * @throws {UsageError} the refusal with status 1, where other objects end with 2
   */
  change(cmd: number, body: Encodable<M>): void {
    try {
      this.connection.request(this.request(cmd, body));
    } catch (error) {
      if (error instanceof NetlinkError) throw new UsageError(1, [refusalLine(error)]);
      throw error;
    }
  }
}
