import {clause, keyword, type SpecBag} from '../../grammar/grammar.js';
import {device} from '../../grammar/values.js';
import type {KindContext, LinkKind} from './kind.js';

/** `master` is the older word. */
const options = clause(() => ({conduit: keyword('conduit', device, {as: ['master']})}));

function data({conduit}: SpecBag, context: KindContext): SpecBag {
  return {master: context.index(conduit)};
}

/** `type dsa`. */
export const dsa = (): LinkKind => ({name: 'dsa', options, data, unknown: 'unknown command', help: 'whole'});
