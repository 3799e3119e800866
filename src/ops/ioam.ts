import {encodeText} from '../addr/text.js';
import {
  IOAM6_CMD_ADD_NAMESPACE,
  IOAM6_CMD_ADD_SCHEMA,
  IOAM6_CMD_DEL_NAMESPACE,
  IOAM6_CMD_DEL_SCHEMA,
  IOAM6_CMD_DUMP_NAMESPACES,
  IOAM6_CMD_DUMP_SCHEMAS,
  IOAM6_CMD_NS_SET_SCHEMA,
  type Ioam6,
  ioam6Message,
} from '../genetlink/ioam6.js';
import {incomplete, wrong} from '../grammar/errors.js';
import {clause, keyword, type Parsed, rest, type SpecBag, type ValueType, verb, verbs} from '../grammar/grammar.js';
import {uint, uint64} from '../grammar/values.js';
import {words} from './deviceValue.js';
import {GenericFamily} from './generic.js';
import type {IpSession} from './session.js';
import {lastOf, oneValue} from './wordValues.js';

const namespaceId = uint(0xffff, {label: 'ID', text: 'Invalid namespace ID'});
const schemaId = uint(0xffffffff, {label: 'ID', text: 'Invalid schema ID'});
const narrow = uint(0xffffffff, {label: 'DATA32', text: 'Invalid data'});
const wide = uint64({label: 'DATA64', text: 'Invalid wide data'});

/**
 * A value behind the namespace: the first word is that, also one that is a keyword further on.
 * @param before the only word that may follow, if any may
 */
function behindId<V>(value: ValueType<V>, before?: string): ValueType<V> {
  return {
    ...value,
    parse(cursor, keyword, env, spec) {
      if (spec.namespace === undefined) throw wrong(keyword, 'Invalid namespace ID');
      const found = value.parse(cursor, keyword, env, spec);
      const word = cursor.peek();
      if (word !== undefined && word !== before) throw wrong(word, 'Unexpected argument');
      return found;
    },
  };
}

function needsNamespace(spec: SpecBag): void {
  if (spec.namespace === undefined) throw incomplete();
}

const unknown = (word: string): Error => wrong(word, 'Unknown');

const namespaceSpec = clause(
  () => ({
    namespace: rest(namespaceId, {help: false, required: true, duplicate: word => wrong(word, 'Invalid argument')}),
    data: keyword('data', behindId(narrow, 'wide')),
    wide: keyword('wide', behindId(wide)),
  }),
  {finish: needsNamespace},
);

/** A schema for a namespace, or that it is to have none. */
const schemaOrNone: ValueType<number | 'none'> = {
  label: '{ ID | none }',
  complete: ['none'],
  parse(cursor, name, env, spec) {
    if (cursor.peek() !== 'none') return schemaId.parse(cursor, name, env, spec);
    cursor.next();
    return 'none';
  },
  format: value => [String(value)],
};

const bindingSpec = clause(
  () => ({
    namespace: rest(namespaceId, {help: false, required: true, duplicate: unknown}),
    schema: keyword('schema', behindId(lastOf(schemaOrNone))),
  }),
  {
    finish(spec) {
      needsNamespace(spec);
      if (spec.schema === undefined) throw incomplete();
    },
  },
);

/** What a schema says, besides its number. */
interface SchemaSpec {
  readonly schema: number;
  readonly text: string;
}

const schemaSpec: ValueType<SchemaSpec> = {
  label: 'ID DATA',
  parse: (cursor, name, env, spec) => ({schema: schemaId.parse(cursor, name, env, spec), text: cursor.next()}),
  format: ({schema, text}) => [String(schema), text],
};

/** What `ip ioam` is about. */
export const ioamVerbs = verbs(
  'ioam',
  [verb('namespace', words, {match: 'exact'}), verb('schema', words, {match: 'exact'})],
  {helpless: true, unknown},
);
/** Verbs of `ip ioam namespace`. */
export const namespaceVerbs = verbs(
  'ioam namespace',
  [
    verb('show', words, {match: 'exact'}),
    verb('add', namespaceSpec, {match: 'exact'}),
    verb('del', oneValue(namespaceId), {match: 'exact'}),
    verb('set', bindingSpec, {match: 'exact'}),
  ],
  {helpless: true, unknown},
);
/** Verbs of `ip ioam schema`. */
export const schemaVerbs = verbs(
  'ioam schema',
  [
    verb('show', words, {match: 'exact'}),
    verb('add', oneValue(schemaSpec), {match: 'exact'}),
    verb('del', oneValue(schemaId), {match: 'exact'}),
  ],
  {helpless: true, unknown},
);

/** In-situ OAM of IPv6. Source: ip-ioam(8). */
export class Ioam {
  readonly #family: GenericFamily<typeof ioam6Message>;

  /** @throws {UsageError} where the kernel does not know it */
  constructor(session: IpSession) {
    this.#family = new GenericFamily('IOAM6', ioam6Message, session);
  }

  /** `ip ioam namespace show`. */
  eachNamespace(take: (namespace: Ioam6) => void): void {
    this.#family.dump(IOAM6_CMD_DUMP_NAMESPACES, take);
  }

  /** `ip ioam namespace add`. */
  addNamespace(spec: Parsed<typeof namespaceSpec>): void {
    this.#family.change(IOAM6_CMD_ADD_NAMESPACE, spec);
  }

  /** `ip ioam namespace del`. */
  deleteNamespace(namespace: number): void {
    this.#family.change(IOAM6_CMD_DEL_NAMESPACE, {namespace});
  }

  /** `ip ioam namespace set`. */
  bind({namespace, schema}: Parsed<typeof bindingSpec>): void {
    const to = schema === 'none' ? {noSchema: true as const} : {schema};
    this.#family.change(IOAM6_CMD_NS_SET_SCHEMA, {namespace, ...to});
  }

  /** `ip ioam schema show`. */
  eachSchema(take: (schema: Ioam6) => void): void {
    this.#family.dump(IOAM6_CMD_DUMP_SCHEMAS, take);
  }

  /** `ip ioam schema add`. */
  addSchema({schema, text}: SchemaSpec): void {
    this.#family.change(IOAM6_CMD_ADD_SCHEMA, {schema, schemaData: encodeText(text)});
  }

  /** `ip ioam schema del`. */
  deleteSchema(schema: number): void {
    this.#family.change(IOAM6_CMD_DEL_SCHEMA, {schema});
  }
}
