import type {UsageError} from '../errors.js';
import {controlMessage} from '../genetlink/controller.js';
import {refuse, usageError} from '../grammar/errors.js';
import {GenericFamily} from '../ops/generic.js';
import type {RunObject} from '../ops/session.js';

/** An object whose family the kernels at hand do not have: its usage, and the refusal. */
export function absent(object: string, forms: readonly string[]): RunObject {
  return ([first], session) => {
    if (first === undefined || (first !== '' && 'help'.startsWith(first))) {
      throw usageError(
        forms.map((form, i) => `${i === 0 ? 'Usage:' : '      '} ${session.io.argv0} ${object} ${form}`),
      );
    }
    new GenericFamily(object, controlMessage, session).connection.close();
    throw refuse(`Object "${object}" is not built yet.`) satisfies UsageError;
  };
}

/** `ip ila`. */
export const ila = absent('ila', ['{ add | del } loc_match LOCATOR_MATCH [ OPTIONS ]', 'list']);
