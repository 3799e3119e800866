import type {AttrSet, Derived, Fields, Node, SelectTable} from './schema.js';

type AttrRow = readonly [number, Node];

/** One attribute of a set. */
export interface AttrEntry {
  readonly name: string;
  readonly number: number;
  readonly node: Node;
}

/** Names and numbers of a set's attributes in declared order. */
interface SetPlan {
  readonly names: readonly string[];
  readonly numbers: readonly number[];
}

/** What a prototype is made for: a message, set, struct or record. */
interface Shaped {
  readonly derived?: Derived;
  readonly attrs?: AttrSet;
}

let plans: WeakMap<object, SetPlan> | undefined;
let prototypes: WeakMap<object, object> | undefined;

function planOf(set: AttrSet): SetPlan {
  plans ??= new WeakMap();
  let plan = plans.get(set.table);
  if (plan === undefined) {
    const names = Object.keys(set.table);
    const numbers: number[] = [];
    for (let i = 0; i < names.length; i++) numbers.push((set.table[names[i] as string] as AttrRow)[0]);
    plan = {names, numbers};
    plans.set(set.table, plan);
  }
  return plan;
}

/** Names of a set's attributes in declared order, which is the order of a record's properties. */
export function attributeNames(set: AttrSet): readonly string[] {
  return planOf(set).names;
}

/** Number and type of an attribute by its name. */
export function rowOf(set: AttrSet, name: string): AttrRow | undefined {
  return set.table[name];
}

/**
 * Name of an attribute by its number. The numbers are searched one by one: the first messages of a run pay for every table
 * that is built, and code is generated for the later ones.
 */
export function nameOf(set: AttrSet, number: number): string | undefined {
  const {names, numbers} = planOf(set);
  return names[numbers.indexOf(number)];
}

/** All attributes of a set. */
export function entriesOf(set: AttrSet): AttrEntry[] {
  return attributeNames(set).map(name => {
    const [number, node] = rowOf(set, name) as AttrRow;
    return {name, number, node};
  });
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
