import {readFileSync} from 'node:fs';
import {Services} from '../names/services.js';

/** Local ports the kernel hands out itself: `ss` shows those as numbers. */
const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';

/** Text of ports as bytes, made once a port and protocol. */
export class PortNames {
  readonly #services: Services | undefined;
  readonly #known = new Map<number, Uint8Array>();
  #low = 0;
  #high = -1;

  /** @param numeric no service names */
  constructor(numeric: boolean) {
    if (numeric) return;
    this.#services = new Services();
    try {
      const [low, high] = readFileSync(RANGE, 'latin1').trim().split(/\s+/);
      this.#low = Number(low);
      this.#high = Number(high);
    } catch {
      // Without the file every port may have a name.
    }
  }

  /** Whether ports may have names; without, `ss` writes digits. */
  get named(): boolean {
    return this.#services !== undefined;
  }

  /** @param udp of UDP, not TCP */
  text(port: number, udp: boolean): Uint8Array {
    const key = udp ? port + 0x10000 : port;
    let bytes = this.#known.get(key);
    if (bytes === undefined) {
      const handedOut = port >= this.#low && port <= this.#high;
      const name = handedOut ? undefined : this.#services?.name(port, udp ? 'udp' : 'tcp');
      bytes = Buffer.from(name ?? String(port), 'latin1');
      this.#known.set(key, bytes);
    }
    return bytes;
  }
}
