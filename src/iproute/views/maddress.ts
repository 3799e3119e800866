import type {MaddressBlock} from '../../ops/maddress.js';
import type {Membership} from '../../procfs/multicast.js';
import {AF_INET, AF_INET6} from '../../rtnetlink/constants.js';
import {field, line, list, view, when} from '../../view/field.js';
import {address, type Kind, lladdr, text, uint, word} from '../../view/kinds.js';

/** The name with the tab before it, which the reference colours too. */
const tabbed: Kind<string> = {
  text: (out, value) => out.text(`\t${value}`),
  json: text.json,
};

const member = [
  line<Membership>('\t'),
  field<Membership, Uint8Array>('link', 'link  %s', lladdr, r => r.link, {colour: 'mac'}),
  when<Membership>(
    r => r.address !== undefined,
    [
      field('family', '%-6s', word, r => (r.family === AF_INET ? 'inet' : r.family === AF_INET6 ? 'inet6' : '???')),
      field('address', '%s', address, r => r.address, {colour: 'family'}),
    ],
  ),
  field<Membership, number>('users', ' users %s', uint, r => (r.users === 1 ? undefined : r.users)),
  field<Membership, string>('features', ' %s', word, r => (r.isStatic ? 'static' : undefined)),
];

/** The addresses of a link; without the end of the last line. */
export const maddressView = view<MaddressBlock>([
  field('ifindex', '%s:', uint, r => r.index),
  field('ifname', '%s', tabbed, r => r.ifname, {colour: 'ifname'}),
  list('maddr', ['', '', ''], member, r => r.members),
]);
