import {clause} from '../../grammar/grammar.js';
import type {LinkKind} from './kind.js';
import {number, option} from './values.js';

const options = clause(() => ({muxId: option('mux_id', number(0xffff, 'mux_id is invalid'))}));

/** `type rmnet`. */
export const rmnet = (): LinkKind => ({name: 'rmnet', options, unknown: 'unknown command'});
