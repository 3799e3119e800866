import {NetlinkError} from '../errors.js';
import type {Names} from '../names/tables.js';
import {native} from '../native.js';
import type {AsyncConnection, CallOptions} from '../netlink/async.js';
import {NLM_F_ECHO} from '../netlink/constants.js';
import type {Request} from '../netlink/message.js';
import type {AnyMessage, Decoded} from '../netlink/schema.js';
import type {Change, Device, InputContext} from './input.js';
import {linkNameRequest} from './link/name.js';

const NETNS_FOLDER = '/run/netns';
const O_RDONLY = 0;

/** What the objects of one RtNetlink share: the connection and how input becomes requests. */
export class Session {
  readonly connection: AsyncConnection;
  readonly names: Names;

  constructor(connection: AsyncConnection, names: Names) {
    this.connection = connection;
    this.names = names;
  }

  /**
   * Index of a link. Names are looked up each time: another program may have renamed the link.
   * @throws {NetlinkError} ENODEV
   */
  async index(device: Device, options?: CallOptions): Promise<number> {
    if (typeof device === 'number') return device;
    return (await this.connection.get(linkNameRequest(device), options)).index;
  }

  /** Sends one change and waits for the acknowledgement. @throws {NetlinkError | InputError} */
  async change<I>(kind: Change<I>, input: I, options?: CallOptions): Promise<void> {
    await this.send(kind, input, 0, options);
  }

  /** As `change`. @returns the object as the kernel made it; undefined when the kernel does not tell */
  async create<I, M extends AnyMessage>(
    kind: Change<I, M>,
    input: I,
    options?: CallOptions,
  ): Promise<Decoded<M> | undefined> {
    return (await this.send(kind, input, NLM_F_ECHO, options))[0] as Decoded<M> | undefined;
  }

  private async send<I>(kind: Change<I>, input: I, flags: number, options?: CallOptions): Promise<unknown[]> {
    const built = await this.build([{kind: kind as Change<unknown>, input}], options);
    try {
      const request = built.requests[0] as Request;
      return await this.connection.request({...request, flags: request.flags | flags}, options);
    } finally {
      built.release();
    }
  }

  /** Builds requests; each device is looked up once. `release` closes what they hold. */
  async build(
    changes: readonly {readonly kind: Change<unknown>; readonly input: unknown}[],
    options?: CallOptions,
  ): Promise<{readonly requests: Request[]; release(): void}> {
    const indexes = new Map<Device, number>();
    for (const {kind, input} of changes) {
      for (const device of kind.devices(input)) {
        if (typeof device === 'string' && !indexes.has(device)) indexes.set(device, await this.index(device, options));
      }
    }
    const files: number[] = [];
    const release = (): void => {
      for (const fd of files.splice(0)) native().close(fd);
    };
    const context: InputContext = {
      names: this.names,
      index: device => (typeof device === 'number' ? device : (indexes.get(device) ?? 0)),
      namespace: name => {
        const fd = native().open(name.includes('/') ? name : `${NETNS_FOLDER}/${name}`, O_RDONLY);
        if (fd < 0) throw new NetlinkError(-fd, `open ${name}`);
        files.push(fd);
        return fd;
      },
    };
    try {
      return {requests: changes.map(({kind, input}) => kind.request(input, context)), release};
    } catch (error) {
      release();
      throw error;
    }
  }

  /** All records of a dump that pass. Tries again when the kernel saw changes meanwhile. */
  async list<M extends AnyMessage>(
    request: Request<M>,
    passes: (record: Decoded<M>) => boolean,
    options?: CallOptions,
  ): Promise<Decoded<M>[]> {
    return (await this.connection.list(request, options)).filter(passes);
  }

  /** Records of a dump that pass, one array per datagram; arrays are never empty. */
  async *stream<M extends AnyMessage>(
    request: Request<M>,
    passes: (record: Decoded<M>) => boolean,
    options?: CallOptions,
  ): AsyncGenerator<Decoded<M>[], void, void> {
    for await (const batch of this.connection.dump(request, options)) {
      const passed = batch.filter(passes);
      if (passed.length > 0) yield passed;
    }
  }

  /**
   * Deletes many objects; those that went meanwhile do not count.
   * @returns how many were deleted
   * @throws {NetlinkError} the first refusal
   */
  async deleteAll(requests: readonly Request[], gone: readonly string[], options?: CallOptions): Promise<number> {
    const results = await this.connection.batch(requests, options);
    let deleted = 0;
    for (const error of results) {
      if (error === undefined) deleted++;
      else if (!gone.includes(error.code)) throw error;
    }
    return deleted;
  }
}
