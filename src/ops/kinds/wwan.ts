import {clause} from '../../grammar/grammar.js';
import type {LinkKind} from './kind.js';
import {number, option} from './values.js';

const options = clause(() => ({linkId: option('linkid', number(0xffffffff, 'linkid'))}));

/** `type wwan`. */
export const wwan = (): LinkKind => ({name: 'wwan', options, unknown: 'unknown command'});
