import {NetlinkError} from '../errors.js';
import {native} from '../native.js';
import type {CallOptions} from '../netlink/async.js';
import {InputError} from './input.js';
import {
  attachNetns,
  createNetns,
  isNetnsName,
  namesOfProcess,
  netnsNames,
  openNetns,
  processesOf,
  removeNetns,
} from './netns.js';
import {nsidRequests} from './nsid/requests.js';
import {NOT_ASSIGNED} from './nsid/schema.js';
import type {Session} from './session.js';

/** A named namespace. */
export interface NamedNamespace {
  readonly name: string;
  /** Its number in the namespace of the connection. */
  readonly id: number | undefined;
}

/** Named network namespaces of this machine, as `ip netns` keeps them under /run/netns. */
export class Namespaces {
  private readonly session: Session;

  /** Made by RtNetlink. */
  constructor(session: Session) {
    this.session = session;
  }

  /** `ip netns list`. @throws {NetlinkError} when the folder cannot be read */
  async list(options?: CallOptions): Promise<NamedNamespace[]> {
    const all: NamedNamespace[] = [];
    for (const name of netnsNames()) all.push({name, id: await this.idOf(name, options)});
    return all;
  }

  /** Makes a namespace: `ip netns add`. @throws {InputError | NetlinkError} EEXIST; nothing is left when a step fails */
  async add(name: string): Promise<void> {
    createNetns(checked(name));
  }

  /** Names the namespace of a process: `ip netns attach`. @throws {InputError | NetlinkError} */
  async attach(name: string, pid: number): Promise<void> {
    attachNetns(checked(name), pid);
  }

  /** `ip netns delete`: the namespace lives on while somebody uses it. @throws {InputError | NetlinkError} ENOENT */
  async delete(name: string): Promise<void> {
    removeNetns(checked(name));
  }

  /**
   * Gives a namespace a number in that of the connection: `ip netns set`.
   * @param id chosen by the kernel when absent
   * @throws {InputError | NetlinkError} EEXIST when it has one
   */
  async setId(name: string, id: number = NOT_ASSIGNED, options?: CallOptions): Promise<void> {
    const fd = openNetns(checked(name));
    if (fd < 0) throw new NetlinkError(-fd, `open ${name}`);
    try {
      await this.session.connection.request(nsidRequests.set({fd, nsid: id}), options);
    } finally {
      native().close(fd);
    }
  }

  /** Names of a process's namespace, its own by default: `ip netns identify`. @throws {NetlinkError} ENOENT */
  async identify(pid: number | 'self' = 'self'): Promise<string[]> {
    return namesOfProcess(String(pid));
  }

  /** Processes in a namespace: `ip netns pids`. @throws {InputError | NetlinkError} ENOENT */
  async pids(name: string): Promise<number[]> {
    return processesOf(checked(name));
  }

  private async idOf(name: string, options: CallOptions | undefined): Promise<number | undefined> {
    const fd = openNetns(name);
    if (fd < 0) return undefined;
    try {
      const {nsid = NOT_ASSIGNED} = await this.session.connection.get(nsidRequests.get({fd}), options);
      return nsid === NOT_ASSIGNED ? undefined : nsid;
    } catch (error) {
      // A file that is no namespace.
      if (error instanceof NetlinkError && error.code === 'EINVAL') return undefined;
      throw error;
    } finally {
      native().close(fd);
    }
  }
}

function checked(name: string): string {
  if (!isNetnsName(name)) throw new InputError('name', name);
  return name;
}
