import {verb, verbs} from '../grammar/grammar.js';
import {allWords} from './wordValues.js';

const name = allWords('NAME', 'device');

/** Verbs of `ip vrf`, in match order. */
export const vrfVerbs = verbs(
  'vrf',
  [
    verb('identify', allWords('PID')),
    verb('pids', name),
    verb('exec', allWords('NAME CMD ...', 'device')),
    verb('show', name, {as: ['lst', 'list']}),
  ],
  {whenAbsent: 'show'},
);
