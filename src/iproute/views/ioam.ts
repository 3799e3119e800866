import type {Ioam6} from '../../genetlink/ioam6.js';
import {custom, field, line, view} from '../../view/field.js';
import {type Kind, uint} from '../../view/kinds.js';

/** 32 bits in eight digits; the reference leaves the prefix out in JSON. */
const data: Kind<number> = {
  text: (out, value) => out.ascii(`0x${value.toString(16).padStart(8, '0')}`),
  json: (json, value) => json.word(value.toString(16)),
};

const wide: Kind<bigint> = {
  text: (out, value) => out.ascii(`0x${value.toString(16).padStart(16, '0')}`),
  json: (json, value) => json.word(`0x${value.toString(16)}`),
};

/** A namespace of in-situ OAM, with the end of its line. */
export const namespaceView = view<Ioam6>([
  field('namespace', 'namespace %s', uint, r => r.namespace),
  field('schema', ' [schema %s]', uint, r => r.schema),
  field('data', ', data %s', data, r => r.data),
  field('wide', ', wide %s', wide, r => r.wide),
  line(''),
]);

/** A schema, with the end of its line. In JSON the reference gives each byte an empty key. */
export const schemaView = view<Ioam6>([
  field('schema', 'schema %s', uint, r => r.schema),
  field('namespace', ' [namespace %s]', uint, r => r.namespace),
  custom(
    (out, r) => {
      out.ascii(', data:');
      for (const byte of r.schemaData ?? []) out.ascii(` ${byte.toString(16).padStart(2, '0')}`);
    },
    (json, r) => {
      json.key('data');
      json.null();
      for (const byte of r.schemaData ?? []) {
        json.key('');
        json.uint(byte);
      }
    },
  ),
  line(''),
]);
