import {clause} from '../../grammar/grammar.js';
import {text} from '../../grammar/values.js';
import type {LinkKind} from './kind.js';
import {option} from './values.js';

const options = clause(() => ({
  algoName: option('ra', {...text('ROUTING_ALG'), complete: ['BATMAN_IV', 'BATMAN_V']}),
}));

/** `type batadv`. */
export const batadv = (): LinkKind => ({name: 'batadv', options, unknown: 'unknown command'});
