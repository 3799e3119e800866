import type {AttrSet, Derived, Fields, Node, SelectTable} from './schema.js';

type AttrRow = readonly [number, Node];

/** One attribute of a set. */
export interface AttrEntry {
  readonly name: string;
  readonly number: number;
  readonly node: Node;
}

/** Names, numbers and types of a set's attributes in declared order. */
export interface SetPlan {
  readonly names: readonly string[];
  readonly numbers: readonly number[];
  readonly nodes: readonly Node[];
}

/** What a prototype is made for: a message, set, struct or record. */
interface Shaped {
  readonly derived?: Derived;
  readonly attrs?: AttrSet;
}

let plans: WeakMap<object, SetPlan> | undefined;
let prototypes: WeakMap<object, object> | undefined;
let tables: WeakMap<Node, SelectTable> | undefined;

/**
 * The plan of a set. Attributes are found in it by `numbers.indexOf`: the first messages of a run pay for every table that
 * is built, and code is generated for the later ones.
 */
export function planOf({table}: AttrSet): SetPlan {
  plans ??= new WeakMap();
  let plan = plans.get(table);
  if (plan === undefined) {
    const numbers: number[] = [];
    const nodes: Node[] = [];
    const names = Object.keys(table);
    for (const name of names) {
      const row = table[name] as AttrRow;
      numbers.push(row[0]);
      nodes.push(row[1]);
    }
    plan = {names, numbers, nodes};
    plans.set(table, plan);
  }
  return plan;
}

/** Number and type of an attribute by its name. */
export function rowOf(set: AttrSet, name: string): AttrRow | undefined {
  return set.table[name];
}

/** Name of an attribute by its number. */
export function nameOf(set: AttrSet, number: number): string | undefined {
  const {names, numbers} = planOf(set);
  return names[numbers.indexOf(number)];
}

/** All attributes of a set. */
export function entriesOf(set: AttrSet): AttrEntry[] {
  const {names, numbers, nodes} = planOf(set);
  return names.map((name, i) => ({name, number: numbers[i] as number, node: nodes[i] as Node}));
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

/** The table of a `select`: one that is given as a function is made once. */
export function selectTable(node: Node): SelectTable {
  if (typeof node.table !== 'function') return node.table ?? {};
  tables ??= new WeakMap();
  let table = tables.get(node);
  if (table === undefined) {
    table = node.table();
    tables.set(node, table);
  }
  return table;
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
