import {readFileSync} from 'node:fs';

/** Words of a file's lines without comments; an absent file has none. */
function lines(path: string): string[][] {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return [];
  }
  const all: string[][] = [];
  for (const line of text.split('\n')) {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words.length >= 2) all.push(words);
  }
  return all;
}

/** Which of several lines gives a number its name: the C library takes the first, netstat the last. */
export type NameOf = 'first' | 'last';

/** Ports by name and back, from /etc/services; read on first use. Source: services(5). */
export class Services {
  readonly #path: string;
  readonly #which: NameOf;
  #ports: Map<string, number> | undefined;
  #names: Map<string, string> | undefined;
  #last: number | undefined;

  constructor(path = '/etc/services', which: NameOf = 'first') {
    this.#path = path;
    this.#which = which;
  }

  /** Name of a port of `tcp`, `udp`, ... or of any protocol; undefined without one. */
  name(port: number, protocol?: string): string | undefined {
    this.#load();
    return this.#names?.get(protocol === undefined ? String(port) : `${port}/${protocol}`);
  }

  /** Port of a name or alias; without a protocol the first line that has it. */
  port(name: string, protocol?: string): number | undefined {
    this.#load();
    return this.#ports?.get(protocol === undefined ? name : `${name}/${protocol}`);
  }

  /** Port of the file's last entry. */
  get last(): number | undefined {
    this.#load();
    return this.#last;
  }

  #load(): void {
    if (this.#names !== undefined) return;
    const names = new Map<string, string>();
    const ports = new Map<string, number>();
    const keep = (key: string, port: number): void => {
      if (!ports.has(key)) ports.set(key, port);
    };
    for (const [name, target, ...aliases] of lines(this.#path)) {
      const [digits, protocol] = (target as string).split('/');
      if (protocol === undefined) continue;
      const port = Number(digits);
      this.#last = port;
      for (const key of [`${port}/${protocol}`, String(port)]) {
        if (this.#which === 'last' || !names.has(key)) names.set(key, name as string);
      }
      for (const one of [name as string, ...aliases]) {
        keep(`${one}/${protocol}`, port);
        keep(one, port);
      }
    }
    this.#ports = ports;
    this.#names = names;
  }
}

/** IP protocols by name and back, from /etc/protocols; read on first use. Source: protocols(5). */
export class Protocols {
  readonly #path: string;
  readonly #which: NameOf;
  #names: Map<number, string> | undefined;
  #numbers: Map<string, number> | undefined;

  constructor(path = '/etc/protocols', which: NameOf = 'first') {
    this.#path = path;
    this.#which = which;
  }

  /** Name of a protocol number, or undefined. */
  name(value: number): string | undefined {
    this.#load();
    return this.#names?.get(value);
  }

  /** Number of a name or alias. */
  number(name: string): number | undefined {
    this.#load();
    return this.#numbers?.get(name);
  }

  #load(): void {
    if (this.#names !== undefined) return;
    const names = new Map<number, string>();
    const numbers = new Map<string, number>();
    for (const [name, digits, ...aliases] of lines(this.#path)) {
      const value = Number(digits);
      if (this.#which === 'last' || !names.has(value)) names.set(value, name as string);
      for (const one of [name as string, ...aliases]) if (!numbers.has(one)) numbers.set(one, value);
    }
    this.#names = names;
    this.#numbers = numbers;
  }
}
