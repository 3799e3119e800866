import type {IpAddress} from '../addr/ip.js';
import type {Palette} from './colour.js';

/** A names file of /etc/iproute2: number to name as the reference shows it. */
export interface NameTable {
  toText(n: number, numeric: boolean): string;
}

/** The name tables that views use. */
export interface NameTables {
  readonly table: NameTable;
  readonly protocol: NameTable;
  readonly scope: NameTable;
  readonly realm: NameTable;
  readonly dsfield: NameTable;
  readonly group: NameTable;
}

/** What rendering depends on besides the record: the output options of a run and its name look-ups. */
export interface ViewContext {
  /** `-o`: lines are joined by backslashes. */
  readonly oneline: boolean;
  /** How often `-d` was given. */
  readonly details: number;
  /** How often `-s` was given. */
  readonly statistics: number;
  /** `-N`: no names for numbers. */
  readonly numeric: boolean;
  /** `-h`: counters with K, M, G. */
  readonly human: boolean;
  /** `-iec`: powers of 1024. */
  readonly iec: boolean;
  /** `-r`: host names for addresses. */
  readonly resolve: boolean;
  /** Undefined for no colour. */
  readonly colour: Palette | undefined;
  readonly names: NameTables;
  /** Name of an interface; `if7` where it has none. */
  ifname(index: number): string;
  /** Host name of an address; undefined where it has none or names are not asked for. */
  resolveHost?(ip: IpAddress): string | undefined;
}
