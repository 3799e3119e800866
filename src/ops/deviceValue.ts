import {wrong} from '../grammar/errors.js';
import {clause, type GrammarEnv, type ValueType, word} from '../grammar/grammar.js';
import type {IpSession} from './session.js';

/** A command line whose devices are looked up while it is read, so that the first mistake is the one told. */
export interface DeviceEnv extends GrammarEnv {
  /** Throws where there is no such device. */
  readonly checkDevice?: (name: string) => void;
}

/**
 * What a line that may name a device is read with.
 * @param missing what is wrong with a name that no device has
 */
export function deviceEnv({options, names, io, links}: IpSession, missing: (name: string) => Error): DeviceEnv {
  return {
    family: options.family,
    names,
    program: io.argv0,
    checkDevice(name) {
      if (links.index(name) === 0) throw missing(name);
    },
  };
}

/** Most objects' complaint about a device. */
export const invalidDevice = (name: string): Error => wrong(name, 'dev is invalid\n');

/** Name of a device that is looked up at once. */
export const checkedDevice: ValueType<string> = {
  label: 'DEV',
  complete: 'device',
  parse(cursor, _keyword, env: DeviceEnv) {
    const name = cursor.next();
    env.checkDevice?.(name);
    return name;
  },
  format: value => [value],
};

/** A verb that takes no terms, but may look at its words. */
export const words = clause({
  words: word<readonly string[]>({
    label: '',
    parse: cursor => cursor.rest(),
    format: value => value,
    accepts: () => true,
  }),
});
