import {errnoText} from '../errno.js';
import type {Io} from '../io.js';
import {readText} from '../procfs/file.js';
import type {NetstatOptions, NetstatTransport} from './netstatOptions.js';
import {inet6Sentences, inetSentences, type Sentences} from './statisticsText.js';

/** Sections that are left out when other transports were asked for; all others are always told. */
const owners: Readonly<Record<string, NetstatTransport>> = {
  Ip: 'raw',
  Icmp: 'raw',
  Tcp: 'tcp',
  TcpExt: 'tcp',
  Udp: 'udp',
  Sctp: 'sctp',
  Ip6: 'raw',
  Icmp6: 'raw',
  Udp6: 'udp',
};

/** One counter as the kernel names it. The value is a number of 64 bits without sign in decimal. */
export interface Counter {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

const MOST = (1n << 64n) - 1n;

/** strtoull(3): a minus counts from the other end, too much is the most there is. */
function unsigned(text: string): string {
  if (/^(0|[1-9]\d{0,18})$/.test(text)) return text;
  const digits = /^(-?)(\d+)/.exec(text);
  if (digits === null) return '0';
  const value = BigInt(digits[2] as string);
  if (value > MOST) return String(MOST);
  return String(digits[1] === '-' ? BigInt.asUintN(64, -value) : value);
}

/**
 * Counters of /proc/net/snmp and /proc/net/netstat: a line of names, then a line of values with the same first word.
 * @param fault called where the two do not go together; what follows is not read
 */
export function* pairedCounters(text: string, fault: () => void): Generator<Counter | string> {
  const lines = text.split('\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [first = '', ...names] = (lines[i] as string).trim().split(/\s+/);
    const [second, ...values] = (lines[i + 1] as string).trim().split(/\s+/);
    if (!first.endsWith(':') || first !== second) return fault();
    const section = first.slice(0, -1);
    yield section;
    for (let n = 0; n < names.length && n < values.length; n++) {
      yield {section, name: names[n] as string, value: unsigned(values[n] as string)};
    }
  }
}

/** Counters of /proc/net/snmp6 and /proc/net/sctp/snmp: a name and a value a line, the section is the begin of the name. */
export function* listedCounters(text: string, sectionOf: (name: string) => string): Generator<Counter | string> {
  let current: string | undefined;
  for (const line of text.split('\n')) {
    const [name, value] = line.trim().split(/\s+/);
    if (name === undefined || value === undefined) continue;
    const section = sectionOf(name);
    if (section !== current) yield section;
    current = section;
    yield {section, name, value: unsigned(value)};
  }
}

/** `Ip6InReceives` belongs to `Ip6`; a name without a 6 is a section of its own. */
export function section6(name: string): string {
  return name.slice(0, name.indexOf('6') + 1) || name;
}

/** What becomes of the counters. */
interface Teller {
  /** @param told whether its counters follow */
  section(name: string, told: boolean): void;
  counter(counter: Counter): void;
}

/** Tells counters in English. */
class Prose implements Teller {
  readonly #io: Io;
  readonly #sections: Readonly<Record<string, Sentences>>;
  #sentences: Sentences = {};
  /** The histogram we are in: its counters stand further in. */
  #histogram: 'input' | 'output' | undefined;

  constructor(io: Io, sections: Readonly<Record<string, Sentences>>) {
    this.#io = io;
    this.#sections = sections;
  }

  section(name: string, told: boolean): void {
    const known = this.#sections[name];
    // A section that is not known goes on in the form of the one before it.
    if (known !== undefined) this.#histogram = undefined;
    this.#sentences = known ?? {};
    if (told) this.#io.out.text(`${name}:\n`);
  }

  counter({name, value}: Counter): void {
    const {always, nonzero, input, output, hidden} = this.#sentences;
    if (hidden?.includes(name)) return;
    const plain = always?.[name] ?? (value === '0' ? undefined : nonzero?.[name]);
    if (plain !== undefined) {
      this.#histogram = undefined;
      this.#line(plain.replace('%', value));
      return;
    }
    if (nonzero !== undefined && Object.hasOwn(nonzero, name)) return;
    const which = input?.[name] !== undefined ? 'input' : output?.[name] !== undefined ? 'output' : undefined;
    if (which !== undefined && which !== this.#histogram) {
      this.#line(`ICMP ${which} histogram:`);
      this.#histogram = which;
    }
    if (value !== '0') this.#line((input?.[name] ?? output?.[name] ?? `${name}: %`).replace('%', value));
  }

  #line(text: string): void {
    this.#io.out.text(`${this.#histogram === undefined ? '    ' : '        '}${text}\n`);
  }
}

/** Tells counters as JSON, as `nstat -j` does: one object, names with those of their sections before them. */
class Json implements Teller {
  readonly #counters: string[] = [];

  section(): void {}

  counter({section, name, value}: Counter): void {
    const key = name.startsWith(section) ? name : section + name;
    this.#counters.push(`${JSON.stringify(key)}:${value}`);
  }

  /** One line; values are numbers of up to 64 bits. */
  text(): string {
    return `{"kernel":{${this.#counters.join(',')}}}\n`;
  }
}

/**
 * `netstat -s`. The files, not netlink: the kernel gives most of these counters nowhere else.
 * @returns the exit status
 */
export function showStatistics(options: NetstatOptions, io: Io): number {
  const {families, transports} = options;
  if (families.length > 1 || (families[0] !== undefined && !/^inet6?$/.test(families[0]))) {
    io.out.ascii(`netstat: No statistics support for specified address family: ${families.join(',')}\n`);
    return 1;
  }
  const six = families[0] === 'inet6';
  const inet = inetSentences();
  const json = new Json();
  const teller = (sections: Readonly<Record<string, Sentences>>): Teller =>
    options.json ? json : new Prose(io, sections);
  const wanted = (section: string, known: Readonly<Record<string, Sentences>>): boolean => {
    const owner = Object.hasOwn(known, section) ? owners[section] : undefined;
    return owner === undefined || transports.size === 0 || transports.has(owner);
  };
  const tell = (
    counters: Iterable<Counter | string>,
    into: Teller,
    known: Readonly<Record<string, Sentences>>,
    only?: string,
  ): void => {
    for (const one of counters) {
      const section = typeof one === 'string' ? one : one.section;
      const told = wanted(section, known) && (only === undefined || section === only);
      if (typeof one === 'string') into.section(one, told);
      else if (told) into.counter(one);
    }
  };
  /** @returns undefined when the file cannot be read, which ends the listing */
  const need = (path: string): string | undefined => {
    const text = readText(path);
    if (typeof text === 'string') return text;
    io.err(`cannot open ${path}: ${errnoText(-text)}\n`);
    return undefined;
  };
  const fault = (path: string) => (): void => io.err(`Problem while parsing ${path}\n`);
  const told = teller(six ? inet6Sentences() : inet);
  if (six) {
    const text = need('/proc/net/snmp6');
    if (text === undefined) return 0;
    tell(listedCounters(text, section6), told, inet6Sentences());
  }
  const snmp = need('/proc/net/snmp');
  if (snmp === undefined) return 0;
  const rest = six ? teller(inet) : told;
  tell(pairedCounters(snmp, fault('/proc/net/snmp')), rest, inet, six ? 'Tcp' : undefined);
  if (!six) {
    const more = readText('/proc/net/netstat');
    if (typeof more === 'string') tell(pairedCounters(more, fault('/proc/net/netstat')), rest, inet);
    const sctp = readText('/proc/net/sctp/snmp');
    if (typeof sctp === 'string')
      tell(
        listedCounters(sctp, () => 'Sctp'),
        rest,
        inet,
      );
  }
  if (options.json) io.out.text(json.text());
  return 0;
}
