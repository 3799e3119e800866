import {Protocols, Services} from '../names/services.js';
import {localPortRange} from '../procfs/portRange.js';

/** What names the ports: a protocol of services, IP protocols, or services of any protocol. */
export type PortNamer = 'any' | 'tcp' | 'udp' | 'raw';
const NAMERS: readonly PortNamer[] = ['any', 'tcp', 'udp', 'raw'];

/** Text of ports as bytes, made once a port and protocol. */
export class PortNames {
  readonly #services: Services | undefined;
  #protocols: Protocols | undefined;
  /** Tables of UDP, TCP and raw sockets set it, and those listed after them take what they find, as in the reference. */
  namer: PortNamer = 'any';
  readonly #known = new Map<number, Uint8Array>();
  #low = 0;
  #high = -1;

  /**
   * @param numeric no service names
   * @param range file of the local ports that the kernel hands out itself: those are shown as numbers
   */
  constructor(numeric: boolean, range: string) {
    if (numeric) return;
    this.#services = new Services();
    const {low, high} = localPortRange(range);
    this.#low = low;
    this.#high = high;
  }

  /** Whether ports may have names; without, `ss` writes digits. */
  get named(): boolean {
    return this.#services !== undefined;
  }

  text(port: number): Uint8Array {
    const {namer} = this;
    const key = port + NAMERS.indexOf(namer) * 0x10000;
    let bytes = this.#known.get(key);
    if (bytes === undefined) {
      bytes = Buffer.from(namer === 'raw' ? this.#protocol(port) : this.#service(port, namer), 'latin1');
      this.#known.set(key, bytes);
    }
    return bytes;
  }

  #service(port: number, namer: string): string {
    const handedOut = port >= this.#low && port <= this.#high;
    return (handedOut ? undefined : this.#services?.name(port, namer === 'any' ? undefined : namer)) ?? String(port);
  }

  #protocol(number: number): string {
    this.#protocols ??= new Protocols();
    return this.#protocols.name(number) ?? `ipproto-${number}`;
  }
}
