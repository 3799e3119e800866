/** Listings as lines of `ip`, `ss` and `nstat`, with comments on what those do not show. */

import type {ArpLine} from './arp.js';
import {quoted} from './explainCommands.js';
import type {Family} from './familyWords.js';
import type {IfconfigOptions} from './ifconfig.js';
import {cutName, linkOf} from './interfaceNames.js';
import type {NetstatOptions, NetstatTransport} from './netstatOptions.js';
import {listings} from './routesJson.js';
import {inetOf} from './settingAddress.js';
import type {RouteShowOptions} from './showRoutes.js';

const watching = '# -c: run it again and again with watch -n 1';

const words = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter(part => part !== false && part !== undefined && part !== '').join(' ');

/** `route` and `netstat -r`. */
export function routeListing({families, numeric, cache, fib, form, json}: RouteShowOptions): string[] {
  const ip = words('ip', json && '-j', !numeric && '-r');
  const lines = families.flatMap((family): string[] => {
    const listing = listings[family];
    if (listing === undefined) return [`# no routes of the family ${family} in any kernel`];
    return fib ? [words(ip, ...listing)] : [];
  });
  if (cache) lines.push('# lost: the routing cache, which kernels do not have any more');
  if (fib) lines.push('# lost: the columns Ref and Use; ip names types, scopes and protocols instead of flag letters');
  if (form === 'plain' || families.includes('inet6')) return lines;
  return [...lines, '# MSS, Window and irtt: advmss, window and rtt, where a route has them'];
}

/** `ifconfig` without settings. */
export function interfaceListing({name, all, short, json}: IfconfigOptions): string[] {
  const ip = words('ip', json && '-j', '-s');
  const cut = name === undefined ? undefined : cutName(name);
  if (cut?.includes(':')) {
    return [words('ip', json && '-j', '-4 address show dev', quoted(linkOf(cut)), 'label', quoted(cut))];
  }
  const which = cut === undefined ? (all ? '' : 'up') : `dev ${quoted(cut)}`;
  const lines = [words(ip, short ? 'link' : 'address', 'show', which)];
  return short ? [...lines, '# lost: one line for an interface'] : lines;
}

/** `arp` without changes. */
export function arpListing({options, words: [host]}: ArpLine): string[] {
  const {dev, numeric, json, byHardware} = options;
  const ip = words('ip', json && '-j', !numeric && '-r', '-4 neigh show');
  const to = host === undefined ? undefined : `to ${inetOf(host, 255)}`;
  const device = dev && `dev ${quoted(dev)}`;
  const lines = [words(ip, to, device), words(ip, 'proxy', to, device)];
  if (byHardware) lines.push(`# lost: only entries of the hardware type ${options.hardware.name}`);
  return [...lines, '# lost: the hardware type; states have words: PERMANENT is flag M, others are C'];
}

/** Options of `ss` for what `netstat` calls so; there is none for UDP-Lite. */
const ssOptions: Readonly<Record<NetstatTransport, string>> = {tcp: 't', udp: 'u', raw: 'w', sctp: 'S', udplite: ''};

/** `netstat`. @param tables what `-r` shows */
export function netstatListing(options: NetstatOptions, tables: RouteShowOptions): string[] {
  const lines = viewLines(options, tables);
  return options.continuous ? [...lines, watching] : lines;
}

function viewLines(options: NetstatOptions, tables: RouteShowOptions): string[] {
  const {all, extend, json, numericHosts} = options;
  switch (options.views[0]) {
    case 'route':
      return routeListing(tables);
    case 'interfaces':
      return interfaceListing({all, json, short: extend === 0, verbose: false, name: undefined, words: []});
    case 'statistics':
      return statisticsLines(options);
    case 'masquerade':
      return ['# lost: the table of masqueraded connections, which left the kernel with Linux 2.4'];
  }
  if (!options.groups) return socketLines(options);
  const family = options.families.filter(one => one === 'inet' || one === 'inet6').map(familyOption);
  const ip = words('ip', json && '-j', family.length === 1 && family[0], 'maddress show');
  return numericHosts ? [ip] : [ip, '# lost: names of groups; ip shows numbers'];
}

function familyOption(family: Family): string {
  return family === 'inet6' ? '-6' : '-4';
}

function statisticsLines({transports}: NetstatOptions): string[] {
  const patterns: Readonly<Record<NetstatTransport, string>> = {
    tcp: "'Tcp*'",
    udp: "'Udp*'",
    udplite: "'UdpLite*'",
    sctp: "'Sctp*'",
    raw: "'Ip*' 'Icmp*'",
  };
  return [
    words('nstat -asz', ...[...transports].map(one => patterns[one])),
    '# lost: the sentences; nstat shows the names that the counters have in /proc/net/snmp and /proc/net/netstat',
  ];
}

function socketLines(options: NetstatOptions): string[] {
  const {families, transports, all, listening, json, numericHosts, numericPorts} = options;
  // UNIX sockets have no hosts.
  const isUnix = transports.size === 0 && families.length > 0 && families.every(one => one === 'unix');
  const isListed = [...transports].some(one => ssOptions[one] !== '') || transports.size === 0;
  const letters = [
    ...[...transports].map(one => ssOptions[one]),
    // Without a choice netstat shows internet sockets, then UNIX sockets; ss shows all kinds.
    transports.size === 0 && families.length === 0 ? 'tuwSx' : '',
    transports.size === 0 && families.some(one => one === 'inet' || one === 'inet6') ? 'tuwS' : '',
    families.includes('unix') ? 'x' : '',
    all ? 'a' : listening ? 'l' : '',
    numericPorts ? 'n' : '',
    numericHosts || isUnix ? '' : 'r',
    options.programs ? 'p' : '',
    options.timers ? 'o' : '',
    options.extend > 0 ? 'e' : '',
  ].join('');
  const has4 = families.includes('inet');
  const has6 = families.includes('inet6');
  const family = has4 === has6 ? '' : has4 ? '-4' : '-6';
  const ss = words('ss', family, letters !== '' && `-${letters}`, !all && !listening && 'state connected');
  const lines = isListed ? [ss] : [];
  if (transports.has('udplite')) lines.push('# lost: UDP-Lite sockets, which ss does not list');
  if (options.programs) lines.push('# lost: one program a socket; ss shows all that hold it');
  const others = families.filter(one => !['inet', 'inet6', 'unix'].includes(one));
  if (others.length > 0) lines.push(`# lost: sockets of ${others.join(' and ')}`);
  if (json) lines.push('# lost: -j, ss has no JSON');
  return lines;
}
