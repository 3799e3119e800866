import {opendirSync, readFileSync} from 'node:fs';
import {decodeText} from '../addr/text.js';

/** Where the reference keeps its name files. */
const DIRECTORY = '/etc/iproute2';

/** Told of a file that cannot be read to its end; the text brings its newlines. */
export type Warn = (text: string) => void;

/** How files are read; what cannot be read is undefined, empty, or throws. */
export interface Files {
  read(path: string): string | undefined;
  /** Names in a directory, in its own order. */
  list(directory: string): readonly string[];
}

/** One file of numbers and names, read on first use. */
export class NameTable {
  /** File name in the directory: `rt_tables`. */
  readonly file: string;
  readonly #shape: Shape;
  readonly #directory: string;
  readonly #warn: Warn | undefined;
  readonly #files: Files;
  #entries: readonly Entry[] = [];
  #names: Map<number, string> | undefined;
  #numbers: Map<string, number> | undefined;

  constructor(directory: string, file: string, shape: Shape, warn?: Warn, files: Files = nodeFiles) {
    this.#directory = directory;
    this.file = file;
    this.#shape = shape;
    this.#warn = warn;
    this.#files = files;
  }

  /** The name of a number, or undefined. */
  name(value: number): string | undefined {
    return (this.#names ?? this.#load()).get(value);
  }

  /** The name, or the number in decimal when it has none or `numeric` is set. */
  toText(value: number, numeric = false): string {
    return (numeric ? undefined : this.name(value)) ?? String(value);
  }

  /** The number of a name; undefined when there is none. Numbers in digits are the caller's affair. */
  toNumber(name: string): number | undefined {
    const names = this.#names ?? this.#load();
    this.#numbers ??= this.#shape.hashed ? numbersByBucket(this.#entries) : numbersInOrder(names);
    return this.#numbers.get(name);
  }

  /** All names, by number. */
  entries(): ReadonlyMap<number, string> {
    return this.#names ?? this.#load();
  }

  #load(): Map<number, string> {
    const {builtin, hashed, parts} = this.#shape;
    const entries: Entry[] = [];
    for (const value in builtin) entries.push([Number(value), builtin[value] as string]);
    const path = `${this.#directory}/${this.file}`;
    const read = (file: string): void => {
      const corrupted = readEntries(file, this.#files, hashed ? 0x7fffffff : 255, entries);
      if (corrupted !== undefined) this.#warn?.(`Database ${file} is corrupted at ${corrupted}\n`);
    };
    read(path);
    if (parts) for (const name of partNames(`${path}.d`, this.#files)) read(`${path}.d/${name}`);
    this.#names = new Map(entries);
    this.#entries = entries;
    return this.#names;
  }
}

type Entry = readonly [value: number, name: string];

/** How a file is kept by the reference. */
interface Shape {
  /** Names known without a file. */
  readonly builtin: Readonly<Record<number, string>>;
  /** A hash of any numbers; otherwise an array of 256. */
  readonly hashed: boolean;
  /** Whether `*.conf` of `FILE.d` are read too. */
  readonly parts: boolean;
}

/** The smallest number of each name; a number has only its last name. */
function numbersInOrder(names: ReadonlyMap<number, string>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const value of [...names.keys()].sort((a, b) => a - b)) {
    const name = names.get(value) as string;
    if (!numbers.has(name)) numbers.set(name, value);
  }
  return numbers;
}

/** In the order of a search through 256 buckets, newest entry first; a replaced name still finds its number. */
function numbersByBucket(entries: readonly Entry[]): Map<string, number> {
  const numbers = new Map<string, number>();
  const bucket = (at: number): number => (entries[at] as Entry)[0] & 255;
  const order = entries.map((_, at) => at).sort((a, b) => bucket(a) - bucket(b) || b - a);
  for (const at of order) {
    const [value, name] = entries[at] as Entry;
    if (!numbers.has(name)) numbers.set(name, value);
  }
  return numbers;
}

/** `*.conf` as the folder lists them: unsorted. */
function partNames(directory: string, files: Files): readonly string[] {
  try {
    return files.list(directory).filter(name => name.endsWith('.conf') && !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** Node's own calls. */
const nodeFiles: Files = {read: readText, list: listDirectory};

function listDirectory(directory: string): readonly string[] {
  const names: string[] = [];
  const folder = opendirSync(directory);
  for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) names.push(entry.name);
  folder.closeSync();
  return names;
}

/** The usual case, nothing but UTF-8, is the one that node reads fast. */
function readText(path: string): string {
  const text = readFileSync(path, 'utf8');
  if (!text.includes('\ufffd')) return text;
  const bytes = readFileSync(path);
  return decodeText(bytes, 0, bytes.length);
}

/** `NUMBER blanks NAME` and nothing else, which is nearly every line; undefined for the rest, which takes a slower look. */
function plainEntry(line: string): Entry | undefined {
  let at = 0;
  let value = 0;
  for (; at < 9; at++) {
    const digit = line.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  const digits = at;
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at++;
  if (digits === 0 || at === digits) return undefined;
  const start = at;
  while (line.charCodeAt(at) > 35 && line.charCodeAt(at) < 127) at++;
  return at > start && line.charCodeAt(at) === 10 ? [value, line.slice(start, at)] : undefined;
}

/** The same of any line: an entry, undefined for a comment, or the line without its blanks where it is neither. */
function otherEntry(line: string): Entry | string | undefined {
  const start = line.replace(/^[ \t]+/, '');
  if (start[0] === '#' || start[0] === '\n') return undefined;
  const found = /^(?:0x\s*([+-]?[0-9a-fA-F]+)|\s*([+-]?\d+))\s*(\S+)(\s*$|\s*#)?/.exec(start);
  if (found === null) return start;
  const number = found[1] === undefined ? BigInt(found[2] as string) : BigInt(`0x${found[1]}`);
  return [Number(BigInt.asIntN(32, number)), found[3] as string];
}

/**
 * Appends what a file lists.
 * @returns the line, with its newline, that is neither entry nor comment and ends the reading
 */
function readEntries(path: string, files: Files, limit: number, entries: Entry[]): string | undefined {
  let text: string | undefined;
  try {
    text = files.read(path);
  } catch {
    return undefined;
  }
  if (text === undefined) return undefined;
  for (let next = 0; next < text.length; ) {
    const newline = text.indexOf('\n', next);
    const line = newline < 0 ? text.slice(next) : text.slice(next, newline + 1);
    next += line.length;
    if (line[0] === '#' || line[0] === '\n') continue;
    const entry = plainEntry(line) ?? otherEntry(line);
    if (typeof entry === 'string') return entry;
    if (entry !== undefined && entry[0] >= 0 && entry[0] <= limit) entries.push(entry);
  }
  return undefined;
}

/** The name files of one run. */
export class Names {
  readonly table: NameTable;
  readonly protocol: NameTable;
  readonly scope: NameTable;
  readonly realm: NameTable;
  readonly dsfield: NameTable;
  readonly group: NameTable;

  /** @param files node's own calls when absent, which cost the start of a program half a millisecond */
  constructor(directory: string = DIRECTORY, warn?: Warn, files?: Files) {
    const table = (file: string, builtin: Shape['builtin'], hashed: boolean, parts: boolean): NameTable =>
      new NameTable(directory, file, {builtin, hashed, parts}, warn, files);
    this.table = table('rt_tables', TABLES, true, true);
    this.protocol = table('rt_protos', PROTOCOLS, false, true);
    this.scope = table('rt_scopes', SCOPES, false, false);
    this.realm = table('rt_realms', REALMS, false, false);
    this.dsfield = table('rt_dsfield', DSFIELDS, false, false);
    this.group = table('group', GROUPS, true, false);
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
