import {NetlinkError} from '../errors.js';
import type {SyncConnection} from '../netlink/sync.js';
import {linkNameRequest, MAX_NAME} from './link/name.js';

/** Look-ups by index that are answered one by one; the next one fetches all links. */
const SINGLE_LOOKUPS = 16;

/** Names of links by index and the other way round, asked from the kernel as they are needed. */
export class LinkCache {
  private readonly connect: () => SyncConnection;
  private connection: SyncConnection | undefined;
  private names: (string | undefined)[] = [];
  private indexes = new Map<string, number>();
  private lookups = 0;

  /** @param connect opens a socket of the cache's own: look-ups happen while another one is in mid-dump */
  constructor(connect: () => SyncConnection) {
    this.connect = connect;
  }

  /**
   * Name of a link.
   * @returns `if7` for an index without a link, `*` for 0
   */
  name(index: number): string {
    const known = this.names[index];
    if (known !== undefined) return known;
    if (index === 0) return '*';
    this.remember(index, this.lookUpName(index));
    this.names[index] ??= `if${index}`;
    return this.names[index];
  }

  /**
   * Index of a link by its name, by one of its alternative names, with the label of an address behind it (`eth0:1`), or as
   * `if7` when no link is called so.
   * @returns 0 when there is none; `if7` is taken at its word
   */
  index(name: string): number {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const record = this.get(name);
    if (record === undefined) return this.labelled(name) ?? numbered(name);
    this.remember(record.index, record.ifname);
    this.indexes.set(name, record.index);
    return record.index;
  }

  /** Whether a name that was looked up is a link's own or alternative one. */
  knows(name: string): boolean {
    return this.indexes.has(name);
  }

  /** Takes a name from a record that came along anyway. */
  remember(index: number, name: string | undefined): void {
    if (name === undefined) return;
    this.names[index] = name;
    this.indexes.set(name, index);
  }

  /** Fetches the names of all links. */
  load(): void {
    this.open().dump(linkNameRequest(), link => this.remember(link.index, link.ifname));
  }

  /**
   * Forgets the name of one link, after it was changed or deleted. Its alternative names stay known, as they do in the
   * reference, until it is dropped again.
   */
  drop(index: number): void {
    const name = this.names[index] ?? [...this.indexes].find(([, known]) => known === index)?.[0];
    this.names[index] = undefined;
    if (name !== undefined) this.indexes.delete(name);
  }

  /** Forgets all names, after links were changed. */
  forget(): void {
    this.names = [];
    this.indexes.clear();
    this.lookups = 0;
  }

  /** Closes the cache's socket; the next look-up opens another. */
  close(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  /** The reference's last resort but one is the old ioctl, which cuts its sixteen bytes off at a colon. */
  private labelled(name: string): number | undefined {
    const colon = name.indexOf(':');
    return colon <= 0 || name.length > MAX_NAME ? undefined : this.get(name.slice(0, colon))?.index;
  }

  private lookUpName(index: number): string | undefined {
    if (this.lookups++ === SINGLE_LOOKUPS) {
      this.load();
      if (this.names[index] !== undefined) return this.names[index];
    }
    return this.get(index)?.ifname;
  }

  private get(wanted: number | string) {
    try {
      return this.open().get(linkNameRequest(wanted));
    } catch (error) {
      if (error instanceof NetlinkError) return undefined;
      throw error;
    }
  }

  private open(): SyncConnection {
    this.connection ??= this.connect();
    return this.connection;
  }
}

/** The reference reads `if7` with scanf: rubbish behind the digits does not matter. */
function numbered(name: string): number {
  const digits = /^if\s*([+-]?\d+)/.exec(name)?.[1];
  return digits === undefined ? 0 : Number(digits) | 0;
}
