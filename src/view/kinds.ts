import type {IpAddress} from '../addr/ip.js';
import type {NameTables, ViewContext} from './context.js';
import type {JsonWriter} from './json.js';
import type {Sink} from './sink.js';

/** How a value is written. */
export interface Kind<V> {
  text(out: Sink, value: V, c: ViewContext): void;
  json(json: JsonWriter, value: V, c: ViewContext): void;
}

/** An address and its prefix length: anything of this shape can be shown as `10.0.0.0/8`. */
export interface PrefixLike {
  readonly address: IpAddress;
  readonly length: number;
}

/** Any text; JSON string. */
export const text: Kind<string> = {
  text: (out, value) => out.text(value),
  json: (json, value) => json.string(value),
};

/** Words of our own tables: ASCII without anything to escape. */
export const word: Kind<string> = {
  text: (out, value) => out.ascii(value),
  json: (json, value) => json.word(value),
};

/** Unsigned integer; JSON number. */
export const uint: Kind<number> = {
  text: (out, value) => out.uint(value),
  json: (json, value) => json.uint(value),
};

/** Signed integer; JSON number. */
export const int: Kind<number> = {
  text: (out, value) => out.int(value),
  json: (json, value) => json.int(value),
};

/** `0x1f`; JSON string of the same. */
export const hex: Kind<number> = {
  text: (out, value) => {
    out.ascii('0x');
    out.hex(value);
  },
  json: (json, value) => json.word(`0x${value.toString(16)}`),
};

/** 64-bit counter; JSON number with all its digits. */
export const counter64: Kind<bigint> = {
  text: (out, value) => out.big(value),
  json: (json, value) => json.big(value),
};

/** true or false in both. */
export const bool: Kind<boolean> = {
  text: (out, value) => out.ascii(value ? 'true' : 'false'),
  json: (json, value) => json.bool(value),
};

/** `on` or `off`; JSON boolean. */
export const onOff: Kind<boolean> = {
  text: (out, value) => out.ascii(value ? 'on' : 'off'),
  json: (json, value) => json.bool(value),
};

/** A flag whose text is its template; `"key":null` in JSON. */
export const present: Kind<unknown> = {
  text: () => {},
  json: json => json.null(),
};

function writeAddress(out: Sink, value: IpAddress, c: ViewContext): void {
  if (c.resolve) {
    const host = c.resolveHost?.(value);
    if (host !== undefined) {
      out.text(host);
      return;
    }
  }
  out.address(value);
}

/** An address, or its host name with `-r`; JSON string. */
export const address: Kind<IpAddress> = {
  text: writeAddress,
  json: (json, value, c) => {
    const out = json.raw();
    out.byte(34);
    writeAddress(out, value, c);
    out.byte(34);
  },
};

/** An address that `-r` does not touch. */
export const unresolved: Kind<IpAddress> = {
  text: (out, value) => out.address(value),
  json: (json, value) => json.word(value.toString()),
};

function writePrefix(out: Sink, value: PrefixLike, c: ViewContext): void {
  if (value.length === 0 && value.address.isUnspecified) {
    out.ascii('default');
    return;
  }
  writeAddress(out, value.address, c);
  if (value.length === value.address.bits) return;
  out.byte(47);
  out.uint(value.length);
}

/** `10.0.0.0/8`; no length where it is the full one; `default` for all zero. JSON string. */
export const prefix: Kind<PrefixLike> = {
  text: writePrefix,
  json: (json, value, c) => {
    const out = json.raw();
    out.byte(34);
    writePrefix(out, value, c);
    out.byte(34);
  },
};

/** Name of the interface with this index. */
export const ifname: Kind<number> = {
  text: (out, value, c) => out.text(c.ifname(value)),
  json: (json, value, c) => json.string(c.ifname(value)),
};

/** Link-layer address: hex bytes joined by `:`; JSON string. */
export const lladdr: Kind<Uint8Array> = {
  text: (out, value) => out.lladdr(value),
  json: (json, value) => {
    const out = json.raw();
    out.byte(34);
    out.lladdr(value);
    out.byte(34);
  },
};

/** A number shown by a names file; JSON string of the same. */
export function named(table: keyof NameTables): Kind<number> {
  return {
    text: (out, value, c) => out.text(c.names[table].toText(value, c.numeric)),
    json: (json, value, c) => json.string(c.names[table].toText(value, c.numeric)),
  };
}

/** A name of the TOS byte, or two hexadecimal digits; JSON string of the same. */
export const dsfield: Kind<number> = {
  text: (out, value, c) => out.text(dsfieldText(value, c)),
  json: (json, value, c) => json.string(dsfieldText(value, c)),
};

function dsfieldText(value: number, c: ViewContext): string {
  const name = c.names.dsfield.toText(value, c.numeric);
  return name === String(value) ? `0x${value.toString(16).padStart(2, '0')}` : name;
}

/** A number shown by a table of our own, or as the number itself; JSON string, or number where unnamed. */
export function enumerated(words: readonly (string | undefined)[]): Kind<number> {
  return {
    text: (out, value) => {
      const name = words[value];
      if (name === undefined) out.uint(value);
      else out.ascii(name);
    },
    json: (json, value) => {
      const name = words[value];
      if (name === undefined) json.uint(value);
      else json.word(name);
    },
  };
}

/** Words joined by blanks; JSON array of strings. */
export const words: Kind<readonly string[]> = {
  text: (out, value) => {
    for (let i = 0; i < value.length; i++) {
      if (i > 0) out.byte(32);
      out.text(value[i] as string);
    }
  },
  json: (json, value) => json.words(value),
};

/** Seconds, `forever` for 2^32-1 (JSON keeps the number), with the template's unit: `600sec`. */
export const lifetime: Kind<number> = {
  text: (out, value) => {
    if (value === 0xffffffff) {
      out.ascii('forever');
    } else {
      out.uint(value);
      out.ascii('sec');
    }
  },
  json: (json, value) => json.uint(value),
};
