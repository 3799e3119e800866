import {wrong} from '../../grammar/errors.js';
import {clause, keyword, type SpecBag, type ValueType} from '../../grammar/grammar.js';
import type {KindContext, LinkKind} from './kind.js';
import {number, option, presentDevice} from './values.js';

const port: ValueType<string> = {...presentDevice(name => wrong(name, 'No such interface')), label: 'SLAVE-IF'};

/** Options of an HSR or PRP device, in match order. Keys are attribute names. */
const options = clause(() => ({
  multicastSpec: option('supervision', number(0xff, 'ADDR-BYTE is invalid')),
  version: option('version', number(0xff, 'version is invalid')),
  protocol: option('proto', number(0xff, 'protocol is invalid')),
  slave1: option('slave1', port),
  slave2: option('slave2', port),
  // Newer than iproute2 6.1: in full only.
  interlink: keyword('interlink', port),
}));

function data(spec: SpecBag, context: KindContext): SpecBag {
  const attributes: SpecBag = {};
  for (const [key, value] of Object.entries(spec)) {
    attributes[key] = typeof value === 'string' ? context.indexOf(value) : value;
  }
  return attributes;
}

/** `type hsr`. */
export const hsr = (): LinkKind => ({name: 'hsr', options, data, unknown: 'what is'});
