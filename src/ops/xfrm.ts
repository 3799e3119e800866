import {usageError} from '../grammar/errors.js';
import {exact, verb, verbs} from '../grammar/grammar.js';
import {words} from './deviceValue.js';
import {xfrmUsage} from './xfrmUsage.js';

/** Objects of `ip xfrm`, in match order. Any other word asks for help. */
export const xfrmVerbs = verbs(
  'xfrm',
  [verb('state', words, {as: [exact('sa')]}), verb('policy', words), verb('monitor', words), verb('help', words)],
  {usage: xfrmUsage, unknown: () => usageError(xfrmUsage())},
);
