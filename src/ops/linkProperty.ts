import {garbage} from '../grammar/errors.js';
import {clause, type Parsed, repeat, rest} from '../grammar/grammar.js';
import {device} from '../grammar/values.js';
import {altname} from './linkValues.js';

/** Words behind `ip link property add` and `del`. */
export const linkProperties = clause({
  altnames: repeat('altname', altname, {match: 'prefix'}),
  dev: rest(device, {noise: 'dev', duplicate: word => garbage('dev', word)}),
});

/** A device, and the alternative names it gets or loses. */
export type PropertySpec = Parsed<typeof linkProperties>;
