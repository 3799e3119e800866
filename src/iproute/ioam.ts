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
import {usageError, wrong} from '../grammar/errors.js';
import {Cursor} from '../grammar/grammar.js';
import {unsigned, unsigned64} from '../grammar/numbers.js';
import {GenericFamily} from '../ops/generic.js';
import type {RunObject} from '../ops/session.js';
import type {View} from '../view/view.js';
import {namespaceView, schemaView} from './views/ioam.js';

const usage = [
  'Usage: ip ioam namespace show',
  '       ip ioam namespace add ID [ data DATA32 ] [ wide DATA64 ]',
  '       ip ioam namespace del ID',
  '       ip ioam namespace set ID schema { ID | none }',
  '       ip ioam schema show',
  '       ip ioam schema add ID DATA',
  '       ip ioam schema del ID',
];

function number(cursor: Cursor, max: number, what: string): number {
  const word = cursor.next();
  const value = unsigned(word, max);
  if (value === undefined) throw wrong(word, `Invalid ${what}`);
  return value;
}

const namespaceId = (cursor: Cursor): number => number(cursor, 0xffff, 'namespace ID');
const schemaId = (cursor: Cursor): number => number(cursor, 0xffffffff, 'schema ID');

/** `ip ioam`. */
export const run: RunObject = (argv, session) => {
  const [object] = argv;
  if (object === undefined || object === 'help') throw usageError(usage);
  const cursor = new Cursor(argv, 1);
  if (object !== 'namespace' && object !== 'schema') throw wrong(object, 'Unknown');
  const family = (): GenericFamily<typeof ioam6Message> => new GenericFamily('IOAM6', ioam6Message, session);
  const list = (cmd: number, form: View<Ioam6>): void => {
    const {json, out, view} = session;
    const found = family();
    json?.openArray();
    found.dump(cmd, record => {
      if (json !== undefined) form.json(json, record, view);
      else form.text(out, record, view);
    });
    json?.closeArray();
    json?.end();
  };
  const verb = cursor.next();
  switch (`${object} ${verb}`) {
    case 'namespace show':
      list(IOAM6_CMD_DUMP_NAMESPACES, namespaceView);
      break;
    case 'schema show':
      list(IOAM6_CMD_DUMP_SCHEMAS, schemaView);
      break;
    case 'namespace add':
      addNamespace(cursor, family);
      break;
    case 'namespace del': {
      const namespace = namespaceId(cursor);
      family().change(IOAM6_CMD_DEL_NAMESPACE, {namespace});
      break;
    }
    case 'namespace set': {
      const namespace = namespaceId(cursor);
      const word = cursor.next();
      if (word !== 'schema') throw wrong(word, 'Unknown');
      if (cursor.peek() === 'none') family().change(IOAM6_CMD_NS_SET_SCHEMA, {namespace, noSchema: true});
      else {
        const schema = schemaId(cursor);
        family().change(IOAM6_CMD_NS_SET_SCHEMA, {namespace, schema});
      }
      break;
    }
    case 'schema add': {
      const schema = schemaId(cursor);
      const schemaData = encodeText(cursor.next());
      family().change(IOAM6_CMD_ADD_SCHEMA, {schema, schemaData});
      break;
    }
    case 'schema del': {
      const schema = schemaId(cursor);
      family().change(IOAM6_CMD_DEL_SCHEMA, {schema});
      break;
    }
    default:
      throw wrong(verb, 'Unknown');
  }
  return 0;
};

/** `data` may stand before `wide` only. */
function addNamespace(cursor: Cursor, family: () => GenericFamily<typeof ioam6Message>): void {
  const namespace = namespaceId(cursor);
  let data: number | undefined;
  let wide: bigint | undefined;
  let word = cursor.done ? undefined : cursor.next();
  if (word === 'data') {
    data = number(cursor, 0xffffffff, 'data');
    word = cursor.done ? undefined : cursor.next();
  } else if (word !== undefined && word !== 'wide') throw wrong(word, 'Invalid argument');
  if (word !== undefined) {
    if (word !== 'wide') throw wrong(word, 'Invalid argument');
    const value = cursor.next();
    wide = unsigned64(value);
    if (wide === undefined) throw wrong(value, 'Invalid wide data');
    if (cursor.peek() === 'data') throw wrong('data', 'Unexpected argument');
  }
  family().change(IOAM6_CMD_ADD_NAMESPACE, {
    namespace,
    ...(data !== undefined && {data}),
    ...(wide !== undefined && {wide}),
  });
}
