/** `ipmaddr` and `iptunnel`, the forerunners of two objects of `ip`: their words as those of `ip`. */

/** What a run of an old program comes to: words for `ip`, or a text. */
export type OldRun =
  | {readonly ip: readonly string[]}
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
      case '-version':
      case '--version':
        return {text: `${version}\n`, isError: false, status: 0};
      case '-h':
      case '-help':
      case '--help':
        return usage(program, false);
      // These say nothing here.
      case '-f':
      case '-family':
        at++;
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
  if (program === 'iptunnel') return {ip: ['tunnel', isShow ? 'show' : name, ...words]};
  return isShow ? showGroups(words) : changeGroup(name, words);
}

function showGroups(words: readonly string[]): OldRun {
  let options: readonly string[] = [];
  let device: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const family = Object.hasOwn(familyOptions, word) ? familyOptions[word] : undefined;
    if (family !== undefined) options = family;
    else device = word === 'dev' ? words[++at] : word;
  }
  return {ip: [...options, 'maddress', 'show', ...(device === undefined ? [] : ['dev', device])]};
}

/** An address of six bytes and its device are needed. */
function changeGroup(verb: string, words: readonly string[]): OldRun {
  const at = words.indexOf('dev');
  const [address, ...rest] = at < 0 ? words : [...words.slice(0, at), ...words.slice(at + 2)];
  const device = at < 0 ? undefined : words[at + 1];
  const isAddress = address !== undefined && /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(address);
  if (!isAddress || device === undefined || rest.length > 0) return usage('ipmaddr', true);
  return {ip: ['maddress', verb, address, 'dev', device]};
}
