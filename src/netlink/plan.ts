import type {AttrSet, Derived, Fields, Node, SelectTable} from './schema.js';

/** One attribute of a set, found by name or number. */
export interface AttrEntry {
  readonly name: string;
  readonly number: number;
  readonly node: Node;
}

/** An attribute set with its look-up tables, built at first use. */
export interface SetPlan {
  readonly entries: readonly AttrEntry[];
  readonly byNumber: ReadonlyMap<number, AttrEntry>;
  readonly byName: ReadonlyMap<string, AttrEntry>;
}

/** What a prototype is made for: a message, set, struct or record. */
interface Shaped {
  readonly derived?: Derived;
  readonly attrs?: AttrSet;
}

let plans: WeakMap<object, SetPlan> | undefined;
let prototypes: WeakMap<object, object> | undefined;

/** Look-up tables of an attribute set. */
export function planOf(set: AttrSet): SetPlan {
  plans ??= new WeakMap();
  let plan = plans.get(set.table);
  if (plan !== undefined) return plan;
  const entries: AttrEntry[] = [];
  for (const name of Object.keys(set.table)) {
    const row = set.table[name] as readonly [number, Node];
    entries.push({name, number: row[0], node: row[1]});
  }
  plan = {
    entries,
    byNumber: new Map(entries.map(entry => [entry.number, entry])),
    byName: new Map(entries.map(entry => [entry.name, entry])),
  };
  plans.set(set.table, plan);
  return plan;
}

/** Bytes of a header. */
export function sizeOf(fields: Fields): number {
  let size = 0;
  for (const name of Object.keys(fields)) size += (fields[name] as Node).size ?? 0;
  return size;
}

/** All fields of a struct, the ones that newer kernels append included. */
export function structFields(node: Node): Fields {
  const fields = node.fields ?? {};
  return node.tail === undefined ? fields : {...fields, ...node.tail};
}

/** Shortest form of a struct. */
export function structMinimum(node: Node): number {
  return node.grows === true ? 0 : (node.size ?? 0);
}

/** The type of a `select` by its discriminator's value, `undefined` where it takes copied bytes. */
export function selected(node: Node, value: unknown): Node | undefined {
  const table = selectTable(node);
  if ((typeof value === 'string' || typeof value === 'number') && Object.hasOwn(table, value)) return table[value];
  return node.otherwise;
}

/** The table of a `select`. */
export function selectTable(node: Node): SelectTable {
  return (typeof node.table === 'function' ? node.table() : node.table) ?? {};
}

/** JSON form of a decoded value: 64-bit numbers as decimal text, byte strings as hex pairs with colons. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Array.from(value, byte => byte.toString(16).padStart(2, '0')).join(':');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const own = (value as {toJSON?: unknown}).toJSON;
  if (typeof own === 'function' && own !== recordToJSON) return own.call(value);
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner !== undefined) out[key] = plain(inner);
  }
  return out;
}

function recordToJSON(this: object): unknown {
  return plain(this);
}

/**
 * The prototype of the records of a message, set, struct or record type: derived getters and toJSON. One object, whichever
 * decoder makes the record.
 */
export function prototypeOf(shaped: Shaped): object {
  prototypes ??= new WeakMap();
  let prototype = prototypes.get(shaped);
  if (prototype !== undefined) return prototype;
  prototype = {};
  Object.defineProperty(prototype, 'toJSON', {value: recordToJSON, writable: true, configurable: true});
  for (const from of [shaped.attrs?.derived, shaped.derived]) {
    for (const name of Object.keys(from ?? {})) {
      const getter = (from as Derived)[name] as (record: unknown) => unknown;
      Object.defineProperty(prototype, name, {
        get(this: unknown) {
          return getter(this);
        },
        configurable: true,
      });
    }
  }
  prototypes.set(shaped, prototype);
  return prototype;
}
