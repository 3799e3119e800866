/** `ipmaddr` and `iptunnel`, the forerunners of two objects of `ip`: their words as those of `ip`. */

/** What a run of an old program comes to: words for `ip`, or a text. */
export type OldRun =
  | {
      readonly ip: readonly string[];
      /** Where `ip` would name the call that was refused, only the reason is told, and this is the status. */
      readonly refusal?: {readonly status: number};
    }
  | {readonly text: string; readonly isError: boolean; readonly status: number};

/** Status of a line that cannot be meant. */
const MISUSE = 3;

const usages = {
  ipmaddr: [
    'Usage: ipmaddr [ add | del ] MULTIADDR dev DEVICE',
    '       ipmaddr show [ dev DEVICE ] [ ipv4 | ipv6 | link | all ]',
    '       ipmaddr { -V | -h }',
  ],
  iptunnel: [
    'Usage: iptunnel { add | change | del | show } [ NAME ] [ mode { ipip | gre | sit } ] [ remote ADDRESS ] [ local ADDRESS ]',
    '                [ [i|o]seq ] [ [i|o]key KEY ] [ [i|o]csum ] [ ttl TTL ] [ tos TOS ] [ nopmtudisc ] [ dev DEVICE ]',
    '       iptunnel { -V | -h }',
  ],
} as const;

/** The programs that are translated here. */
export type OldProgram = keyof typeof usages;

function usage(program: OldProgram, isError: boolean): OldRun {
  return {text: `${usages[program].join('\n')}\n`, isError, status: isError ? MISUSE : 0};
}

/** Option of `ip` for the words that choose a family. */
const familyOptions: Readonly<Record<string, readonly string[]>> = {
  ipv4: ['-4'],
  ipv6: ['-6'],
  link: ['-0'],
  all: [],
};

/** What `-f` takes; it chooses nothing. */
const families = ['inet', 'inet6'];

/**
 * Translates a command line.
 * @param version first line of `-V`
 * Source: ipmaddr(8), iptunnel(8); the programs of net-tools 2.10 when run.
 */
export function translateOld(program: OldProgram, argv: readonly string[], version: string): OldRun {
  let at = 0;
  for (; argv[at]?.startsWith('-'); at++) {
    switch (argv[at]) {
      case '-V':
      case '--version':
        return {text: `${version}\nAlexey Kuznetsov\n`, isError: false, status: 0};
      case '-h':
      case '--help':
        return usage(program, false);
      // These say nothing here.
      case '-f':
      case '-family':
        if (!families.includes(argv[++at] ?? '')) return usage(program, true);
        break;
      case '-s':
      case '-statistics':
      case '-r':
      case '-resolve':
        break;
      default:
        return usage(program, true);
    }
  }
  const [verb = 'show', ...words] = argv.slice(at);
  const name = (
    program === 'ipmaddr' ? ['add', 'delete', 'show', 'list'] : ['add', 'change', 'delete', 'show', 'list']
  ).find(one => one.startsWith(verb));
  if (name === undefined || verb === '') return usage(program, true);
  const isShow = name === 'show' || name === 'list';
  if (program === 'ipmaddr') return isShow ? showGroups(words) : changeGroup(name, words);
  return isShow ? {ip: ['tunnel', 'show', ...words]} : changeTunnel(name, words);
}

function showGroups(words: readonly string[]): OldRun {
  let options: readonly string[] = [];
  let device: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const family = Object.hasOwn(familyOptions, word) ? familyOptions[word] : undefined;
    if (family !== undefined) {
      options = family;
    } else {
      device = word === 'dev' ? words[++at] : word;
      if (device === undefined) return usage('ipmaddr', true);
    }
  }
  return {ip: [...options, 'maddress', 'show', ...(device === undefined ? [] : ['dev', device])]};
}

/** A device is needed; an address that is not there is all zero. */
function changeGroup(verb: string, words: readonly string[]): OldRun {
  const at = words.indexOf('dev');
  const [word = '', ...rest] = at < 0 ? words : [...words.slice(0, at), ...words.slice(at + 2)];
  const device = at < 0 ? undefined : words[at + 1];
  const address = groupAddress(word);
  if (address === undefined || device === undefined || rest.length > 0) return usage('ipmaddr', true);
  return {ip: ['maddress', verb, address, 'dev', device]};
}

/** Bytes of two characters, of which the first is a digit; dots and colons may part them. What is missing is zero. */
function groupAddress(text: string): string | undefined {
  const bytes: string[] = [];
  for (let left = text.replace(/^[:.]+/, ''); left !== ''; left = left.slice(2).replace(/^[:.]+/, '')) {
    const [digits] = /^[0-9a-f]{1,2}/i.exec(left.slice(0, 2)) ?? [];
    if (digits === undefined || left.length < 2) return undefined;
    bytes.push(digits.toLowerCase().padStart(2, '0'));
  }
  return [...bytes, '00', '00', '00', '00', '00', '00'].slice(0, 6).join(':');
}

const isByte = (text: string, least: number): boolean =>
  text === 'inherit' || (/^(0x[0-9a-f]+|\d+)$/i.test(text) && Number(text) >= least && Number(text) < 256);
const isKey = (text: string): boolean => /^(\d+|0x[0-9a-f]+|\d+\.\d+\.\d+\.\d+)$/i.test(text);

/** Words of a tunnel that take a value, which is looked at before anything is done; false for one that is a misuse. */
const tunnelValues: Readonly<Record<string, (value: string) => boolean>> = {
  mode: value => ['ipip', 'ip/ip', 'gre', 'gre/ip', 'sit', 'ipv6/ip'].includes(value),
  key: isKey,
  ikey: isKey,
  okey: isKey,
  ttl: value => isByte(value, 0),
  tos: value => isByte(value, 0),
  remote: () => true,
  local: () => true,
  dev: () => true,
};
/** Status of a line that makes no sense to a tunnel, and of a refused call. */
const REFUSED = 255;

function changeTunnel(verb: string, words: readonly string[]): OldRun {
  let mode: string | undefined;
  let hasKey = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const check = Object.hasOwn(tunnelValues, word) ? tunnelValues[word] : undefined;
    if (check === undefined) continue;
    const value = words[++at];
    if (value === undefined || !check(value)) return usage('iptunnel', true);
    if ((word === 'remote' || word === 'local') && value !== 'any' && !/^\d+(\.\d+){3}$/.test(value)) {
      return {text: `ip: ${value} is invalid IPv4 address\n`, isError: true, status: 1};
    }
    if (word === 'mode') mode = value;
    hasKey ||= check === isKey;
  }
  const refusal = (text: string): OldRun => ({text: `${text}\n`, isError: true, status: REFUSED});
  if (verb !== 'delete' && mode === undefined) return refusal('cannot determine tunnel mode (ipip, gre or sit)');
  if (hasKey && mode !== undefined && !mode.startsWith('gre'))
    return refusal('Keys are not allowed with ipip and sit.');
  return {ip: ['tunnel', verb, ...words], refusal: {status: REFUSED}};
}
