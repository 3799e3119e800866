/** Numbers that look random and are the same in each run. */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Options, each with the family its host words are read for. */
const options = [
  ['-tan', 'inet'],
  ['-tan', 'inet'],
  ['-tn', 'inet'],
  ['-uan', 'inet'],
  ['-tuan', 'inet'],
  ['-4tan', 'inet'],
  ['-6tan', 'inet6'],
  ['-ltn', 'inet'],
  ['-Htu', 'inet'],
  ['-ta', 'inet'],
  ['-xan', 'unix'],
  ['-xa', 'unix'],
  ['-0an', 'link'],
  ['-tan -f inet', 'inet'],
  ['-xtan', 'inet'],
  ['-an -A all,!netlink', 'any'],
  ['-A unix_dgram,udp -a', 'unix'],
  ['-0utn -6', 'inet6'],
  ['--vsock -an', 'vsock'],
  ['-x -f vsock -an', 'vsock'],
  ['-tan -f tipc', 'inet'],
  ['--xdp -tan', 'inet'],
] as const;
type Family = (typeof options)[number][1];
const families = ['inet', 'inet', 'inet6', 'unix', 'link', 'vsock'] as const;

const ports = [
  '22',
  ':22',
  ':443',
  '8001',
  ':8443',
  ':40001',
  ':40004',
  ':40006',
  ':53',
  ':5353',
  ':69',
  ':0',
  ':65535',
  ':70000',
  ':-1',
  ':0x16',
  ':026',
  'ssh',
  ':ssh',
  ':https',
  ':domain',
  ':tftp',
  ':nosuch',
  '*',
  ':',
  '*:22',
  '[22]',
  'inet::22',
  'inet6:443',
  ':22x',
  '+22',
  '1.2.3.4:22',
];
const inetHosts = [
  '127.0.0.1',
  '127/8',
  '127.0.0.1/32',
  '127.0.0.0/31',
  '10/8',
  '0/0',
  '0.0.0.0',
  '0.0.0.0/0',
  '128/1',
  '192.168.1/24',
  '192.168.1',
  'default',
  'all',
  'any',
  '*',
  'localhost',

  '127.0.0.1/',
  '127.0.0.1/33',
  '127.0.0.1/255.0.0.0',
  '256.1.1.1',
];
const inet6Hosts = [
  '[::1]',
  '::1/128',
  '[::]',
  '::/0',
  'fe80::/64',
  '[fe80::1]',
  '::ffff:0:0/96',
  '[::ffff:127.0.0.1]',
  '::1',
  '[::1',
  '::/129',
];
const unixHosts = [
  '*',
  '/run/*',
  '*a*',
  '@*',
  '@abs?ract',
  '*/UN[H-J]X*',
  '[!@]*',
  '',
  'nothing',
  '\\\\@ab*',
  'unix:*',
  '*[',
  '?',
  '*\\\\ *',
];
const linkHosts = ['*', 'ip', 'arp', 'ALL', '0x800', '3', '*:lo', ':eth0', 'ip:lo', 'ip:9', 'nosuch', '70000'];
const vsockHosts = ['*', '2', '*:22', '1:x', '0x2:5', 'any', ':9', '4294967295', '2:4294967296'];
const comparisons = [
  '=',
  '==',
  'eq',
  '!=',
  'ne',
  'neq',
  '<',
  'lt',
  '>',
  'gt',
  '<=',
  'le',
  'leq',
  '>=',
  'ge',
  'geq',
  '\\>',
  '=>',
  '',
];
const equalities = ['', '', '', '=', '==', 'eq'];

/**
 * Arguments of `ss` with a filter, mostly one without a mistake.
 * @returns one shell line a filter; some write it with a shell function `file` that gives the file's name
 */
export function filterLines(seed: number, count: number): string[] {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;

  const host = (family: Family): string => {
    if (family === 'unix') return pick(unixHosts);
    if (family === 'link') return pick(linkHosts);
    if (family === 'vsock') return pick(vsockHosts);
    if (family === 'any') return pick(['', 'unix:', 'inet:', 'inet6:', 'link:', 'vsock:']) + host(pick(families));
    const address = family === 'inet6' || random(3) === 0 ? pick(inet6Hosts) : pick(inetHosts);
    const prefix = random(12) === 0 ? pick(['inet:', 'inet6:']) : '';
    const port = random(3) === 0 ? pick([':22', ':443', ':8001', ':*', ':40002', ':ssh', ':x', ':']) : '';
    return `${prefix}${address}${port}`;
  };
  const condition = (family: Family): string => {
    switch (random(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return `${pick(['src', 'dst'])} ${pick(equalities)} ${host(family)}`;
      case 4:
        return 'autobound';
      case 5:
        return `dev ${pick(['', '=', '!=', '>'])} ${pick(['lo', 'eth0', 'eth0', '0', '1', 'if2', 'nosuch'])}`;
      case 6:
        return `fwmark ${pick(['', '=', 'ne', 'lt'])} ${pick(['0', '7', '0x7/0xf', '0/0', '1/0', 'x', '08', '1/'])}`;
      case 7:
        return `cgroup ${pick(['', '!='])} ${pick(['/', '/nosuch', '/tmp'])}`;
      default:
        return `${pick(['sport', 'dport'])} ${pick(comparisons)} ${pick(family === 'unix' ? unixHosts : family === 'vsock' ? vsockHosts : ports)}`;
    }
  };
  const expression = (family: Family, depth: number): string => {
    if (depth === 0 || random(3) === 0) return condition(family);
    switch (random(8)) {
      case 0:
        return `${pick(['not', '!'])} ${expression(family, depth - 1)}`;
      case 1:
        return `( ${expression(family, depth - 1)} )`;
      case 2:
        return `${pick(['not', '!'])} ( ${expression(family, depth - 1)} )`;
      default:
        return `${expression(family, depth - 1)} ${pick(['and', '&', '&&', '', 'or', '|', '||'])} ${expression(family, depth - 1)}`;
    }
  };
  const spoil = (text: string): string => {
    const words = text.split(' ').filter(word => word !== '');
    const at = random(words.length);
    words.splice(
      at,
      random(2),
      ...(random(2) === 0 ? [pick(['and', ')', '(', '=', 'src', 'or', 'bogus', 'not', '\\'])] : []),
    );
    return words.join(' ');
  };
  const states = [
    'established',
    'listening',
    'time-wait',
    'connected',
    'closed',
    'all',
    'BIG',
    'bucket',
    'synchronized',
    'nosuch',
  ];

  return Array.from({length: count}, () => {
    const [option, family] = pick(options);
    const words: string[] = [];
    for (let i = random(6) === 0 ? 1 + random(2) : 0; i > 0; i--)
      words.push(`${pick(['state', 'exclude'])} ${pick(states)}`);
    let text = expression(family, 1 + random(3));
    if (random(10) === 0) text = spoil(text);
    // The words of a filter are one argument, or one each.
    const quoted = random(2) === 0 ? quote(text) : text.split(' ').filter(Boolean).map(quote).join(' ');
    if (random(12) === 0) {
      const lines = text.replaceAll(' ', () => pick([' ', ' ', '\n']));
      return [option, ...words, `-F "$(file ${quote(lines)})"`, ...(random(3) === 0 ? [quoted] : [])].join(' ');
    }
    return [option, ...words, quoted].join(' ');
  });
}

function quote(word: string): string {
  return `'${word}'`;
}
