import {refuse} from '../../grammar/errors.js';
import {clause, type SpecBag} from '../../grammar/grammar.js';
import {etherType} from '../linkValues.js';
import type {LinkKind} from './kind.js';
import {number, once, option, toggle} from './values.js';

/** Options of a tunnel of one protocol over UDP, in match order. Keys are attribute names. */
const options = clause(() => ({
  port: option('dstport', once('port', 'dstport', number(0xffff, 'dstport'))),
  ethertype: option(
    'ethertype',
    once('ethertype', 'ethertype', etherType('ethertype', ['ip', 'ipv6', 'mpls_uc', 'mpls_mc'])),
  ),
  srcportMin: option('srcportmin', once('srcportMin', 'srcportmin', number(0xffff, 'srcportmin'))),
  multiprotoMode: toggle('multiproto'),
}));

function data({port, ethertype, srcportMin, multiprotoMode}: SpecBag): SpecBag {
  if (port === undefined) throw refuse('Error: argument "dstport" is required');
  if (ethertype === undefined) throw refuse('Error: argument "ethertype" is required');
  const attributes: SpecBag = {port, ethertype};
  if (srcportMin !== undefined) attributes.srcportMin = srcportMin;
  if (multiprotoMode === 1) attributes.multiprotoMode = true;
  return attributes;
}

/** `type bareudp`. */
export const bareudp = (): LinkKind => ({name: 'bareudp', options, data, unknown: 'unknown command'});
