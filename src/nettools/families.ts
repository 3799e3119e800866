import {AF_INET, AF_INET6, AF_UNSPEC} from '../rtnetlink/constants.js';

/** An address family that `ifconfig` and `arp` know by name. Source: linux bits/socket.h, AF_*. */
export interface FamilyName {
  readonly name: string;
  readonly title: string;
  readonly number: number;
  /** How calls on its socket are refused, EBADF where the system has none of it; undefined where they work. */
  readonly refusal: number | undefined;
}

/** Families without routing tables. */
const unrouted = ['unix', 'ec', 'ash'];

/** Families that usage texts of `route` and `netstat` list. */
export function routedFamilies(): readonly FamilyName[] {
  return familyNames().filter(({name}) => !unrouted.includes(name));
}

const EBADF = 9;
const ENOTTY = 25;

function family(name: string, title: string, number: number): FamilyName {
  return {name, title, number, refusal: EBADF};
}

/** In the order in which usage texts list them. */
export function familyNames(): readonly FamilyName[] {
  return [
    {name: 'unix', title: 'UNIX Domain', number: 1, refusal: undefined},
    {name: 'inet', title: 'DARPA Internet', number: AF_INET, refusal: undefined},
    {name: 'inet6', title: 'IPv6', number: AF_INET6, refusal: undefined},
    family('ax25', 'AMPR AX.25', 3),
    family('netrom', 'AMPR NET/ROM', 6),
    family('rose', 'AMPR ROSE', 11),
    family('ipx', 'Novell IPX', 4),
    family('ddp', 'Appletalk DDP', 5),
    family('ec', 'Econet', 19),
    family('ash', 'Ash', 18),
    family('x25', 'CCITT X.25', 9),
  ];
}

/** Family by name; `unspec` is one too, but in no list. */
export function familyNamed(name: string): FamilyName | undefined {
  if (name === 'unspec') return {name, title: 'UNSPEC', number: AF_UNSPEC, refusal: ENOTTY};
  return familyNames().find(one => one.name === name);
}

/** Names with their titles, three on a line, as usage texts show them. */
export function titleLines(entries: readonly {readonly name: string; readonly title: string}[]): string {
  let text = '';
  entries.forEach(({name, title}, i) => {
    text += `${i % 3 === 0 ? '    ' : ''}${name} (${title}) ${i % 3 === 2 || i === entries.length - 1 ? '\n' : ''}`;
  });
  return text;
}
