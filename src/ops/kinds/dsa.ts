import {clause, keyword, type SpecBag} from '../../grammar/grammar.js';
import type {KindContext, LinkKind} from './kind.js';
import {portDevice} from './values.js';

/** `master` is the older word. */
const options = clause(() => ({conduit: keyword('conduit', portDevice, {as: ['master']})}));

function data({conduit}: SpecBag, context: KindContext): SpecBag {
  return {master: context.indexOf(conduit)};
}

/** `type dsa`. */
export const dsa = (): LinkKind => ({name: 'dsa', options, data, unknown: 'unknown command', help: 'whole'});
