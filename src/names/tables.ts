import {readdirSync, readFileSync} from 'node:fs';

/** Where the reference keeps its name files. */
const DIRECTORY = '/etc/iproute2';

/** One file of numbers and names, read on first use. */
export class NameTable {
  /** File name in the directory: `rt_tables`. */
  readonly file: string;
  readonly #builtin: Readonly<Record<number, string>>;
  readonly #limit: number;
  readonly #directory: string;
  readonly #withParts: boolean;
  #names: Map<number, string> | undefined;
  #numbers: Map<string, number> | undefined;

  /**
   * @param builtin names without a file
   * @param limit largest number
   * @param withParts whether `*.conf` of `FILE.d` are read too
   */
  constructor(
    directory: string,
    file: string,
    builtin: Readonly<Record<number, string>>,
    limit: number,
    withParts: boolean,
  ) {
    this.#directory = directory;
    this.file = file;
    this.#builtin = builtin;
    this.#limit = limit;
    this.#withParts = withParts;
  }

  /** The name of a number, or undefined. */
  name(value: number): string | undefined {
    return this.#load().get(value);
  }

  /** The name, or the number in decimal when it has none or `numeric` is set. */
  toText(value: number, numeric = false): string {
    return (numeric ? undefined : this.name(value)) ?? String(value);
  }

  /** The number of a name; undefined when there is none. Numbers in digits are the caller's affair. */
  toNumber(name: string): number | undefined {
    this.#load();
    return this.#numbers?.get(name);
  }

  /** All names, by number. */
  entries(): ReadonlyMap<number, string> {
    return this.#load();
  }

  #load(): Map<number, string> {
    if (this.#names !== undefined) return this.#names;
    const names = new Map<number, string>(Object.entries(this.#builtin).map(([n, name]) => [Number(n), name]));
    this.#names = names;
    const path = `${this.#directory}/${this.file}`;
    readInto(path, names, this.#limit);
    if (this.#withParts) for (const part of parts(`${path}.d`)) readInto(part, names, this.#limit);
    const numbers = new Map<string, number>();
    for (const [value, name] of names) if (!numbers.has(name)) numbers.set(name, value);
    this.#numbers = numbers;
    return names;
  }
}

function parts(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter(name => name.endsWith('.conf') && !name.startsWith('.'))
      .map(name => `${directory}/${name}`);
  } catch {
    return [];
  }
}

function readInto(path: string, names: Map<number, string>, limit: number): void {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return;
  }
  for (const line of text.split('\n')) {
    const found = /^\s*(0x[0-9a-fA-F]+|\d+)\s+(\S+)/.exec(line);
    if (found === null) continue;
    const value = Number(found[1]);
    if (value <= limit) names.set(value, found[2] as string);
  }
}

/** The name files of one run. */
export class Names {
  readonly table: NameTable;
  readonly protocol: NameTable;
  readonly scope: NameTable;
  readonly realm: NameTable;
  readonly dsfield: NameTable;
  readonly group: NameTable;

  constructor(directory: string = DIRECTORY) {
    this.table = new NameTable(directory, 'rt_tables', TABLES, 0xffffffff, true);
    this.protocol = new NameTable(directory, 'rt_protos', PROTOCOLS, 255, true);
    this.scope = new NameTable(directory, 'rt_scopes', SCOPES, 255, false);
    this.realm = new NameTable(directory, 'rt_realms', REALMS, 255, false);
    this.dsfield = new NameTable(directory, 'rt_dsfield', DSFIELDS, 255, false);
    this.group = new NameTable(directory, 'group', GROUPS, 0xffffffff, false);
  }
}

const TABLES = {253: 'default', 254: 'main', 255: 'local'};
const SCOPES = {0: 'global', 200: 'site', 253: 'link', 254: 'host', 255: 'nowhere'};
const REALMS = {0: 'unknown'};
const DSFIELDS = {0: '0'};
const GROUPS = {0: 'default'};
const PROTOCOLS = {
  0: 'unspec',
  1: 'redirect',
  2: 'kernel',
  3: 'boot',
  4: 'static',
  8: 'gated',
  9: 'ra',
  10: 'mrt',
  11: 'zebra',
  12: 'bird',
  13: 'dnrouted',
  14: 'xorp',
  15: 'ntk',
  16: 'dhcp',
  18: 'keepalived',
  42: 'babel',
  186: 'bgp',
  187: 'isis',
  188: 'ospf',
  189: 'rip',
  192: 'eigrp',
};
