import {errnoText} from '../errno.js';
import type {Io} from '../io.js';
import {readText} from '../procfs/file.js';

const ESRCH = 3;

/** Sockets of one protocol in use, by address family. */
export interface Count {
  readonly ip: number;
  readonly ip6: number;
}

/** What `ss -s` tells: counts of the namespace from /proc/net/sockstat, sockstat6 and snmp. */
export interface Summary {
  /** Sockets of all families. */
  readonly used: number;
  readonly tcp: {
    readonly total: number;
    readonly established: number;
    readonly closed: number;
    readonly orphaned: number;
    readonly timeWait: number;
  };
  readonly transports: Readonly<Record<'RAW' | 'UDP' | 'TCP' | 'INET' | 'FRAG', Count>>;
}

/**
 * Reads the counts; those of files that are missing are 0.
 * @param complain gets what the reference tells of a file without which it goes on
 */
export function readSummary(env: Io['env'], complain: (line: string) => void): Summary {
  const read = (name: string): string | number =>
    readText(env[`PROC_NET_${name.toUpperCase()}`] ?? `${env.PROC_ROOT ?? '/proc'}/net/${name}`);
  const sockstat = read('sockstat');
  if (typeof sockstat === 'number') complain(`ss: get_sockstat: ${errnoText(-sockstat)}`);
  const four = values(sockstat);
  const six = values(read('sockstat6'));
  const snmp = read('snmp');
  const established = typeof snmp === 'number' ? snmp : currentlyEstablished(snmp);
  if (established < 0) complain(`ss: get_snmpstat: ${errnoText(-established)}`);
  const transport = (name: string): Count => ({ip: four(name, 'inuse'), ip6: six(`${name}6`, 'inuse')});
  const [raw, udp, tcp] = [transport('RAW'), transport('UDP'), transport('TCP')];
  const timeWait = four('TCP', 'tw');
  const allocated = four('TCP', 'alloc');
  return {
    used: four('sockets', 'used'),
    tcp: {
      total: (allocated + timeWait) | 0,
      established: Math.max(established, 0),
      closed: (allocated - tcp.ip - tcp.ip6 + timeWait) | 0,
      orphaned: four('TCP', 'orphan'),
      timeWait,
    },
    transports: {
      RAW: raw,
      UDP: udp,
      TCP: tcp,
      INET: {ip: (raw.ip + udp.ip + tcp.ip) | 0, ip6: (raw.ip6 + udp.ip6 + tcp.ip6) | 0},
      FRAG: transport('FRAG'),
    },
  };
}

/** Look-up in lines `NAME: key value key value`; what is not there is 0. */
function values(text: string | number): (name: string, key: string) => number {
  const lines = typeof text === 'string' ? text.split('\n') : [];
  return (name, key) => {
    const words = lines.find(line => line.startsWith(`${name}:`))?.split(/\s+/) ?? [];
    const at = words.indexOf(key, 1);
    const value = at < 0 ? 0 : Number.parseInt(words[at + 1] ?? '', 10);
    return value | 0;
  };
}

/** Value of CurrEstab of the lines `Tcp:`, names above numbers; a negative errno when it is not there. */
function currentlyEstablished(snmp: string): number {
  const [names, numbers] = snmp
    .split('\n')
    .filter(line => line.startsWith('Tcp:'))
    .map(line => line.split(' '));
  const value = numbers?.[names?.indexOf('CurrEstab') ?? -1];
  return value === undefined ? -ESRCH : Number.parseInt(value, 10) | 0;
}

/** The text of `ss -s`. */
export function summaryLines({used, tcp, transports}: Summary): string[] {
  const {total, established, closed, orphaned, timeWait} = tcp;
  const lines = [
    `Total: ${used}`,
    `TCP:   ${total} (estab ${established}, closed ${closed}, orphaned ${orphaned}, timewait ${timeWait})`,
    '',
    'Transport Total     IP        IPv6',
  ];
  for (const [name, {ip, ip6}] of Object.entries(transports)) {
    lines.push(`${name}\t  ${[(ip + ip6) | 0, ip, ip6].map(n => String(n).padEnd(9)).join(' ')}`);
  }
  return [...lines, ''];
}
