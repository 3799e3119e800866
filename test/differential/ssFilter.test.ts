import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {differential} from '../helpers/differential.js';
import {Netns} from '../helpers/netns.js';
import {binPath} from '../helpers/runTool.js';
import {referenceTool} from '../helpers/tools.js';
import {filterLines} from './filterLines.js';

/** More lines, or others, for a run by hand: `TSIP_FILTERS=2000 TSIP_FILTER_SEED=7`. */
const COUNT = Number(process.env.TSIP_FILTERS ?? 40);
const SEED = Number(process.env.TSIP_FILTER_SEED ?? 6);
/** Lines to one shell, which may take a minute. */
const PART = 25;
/** Status of a program that a signal ended: the reference does so for some mixtures of families. */
const CRASH = 128;

const holder = `'${process.execPath}' '${import.meta.dirname}/sockets.hold.mjs'`;
/** A shell function: a file with a text. */
const file = `file() { printf '%s\\n' "$1" >random; echo random; }`;
const waiting = 'for i in $(seq 200); do [ -e ready ] && exit; sleep 0.05; done; exit 1';
const links = [
  'ip link set lo up',
  'ip link add eth0 type veth peer name eth1; ip link set eth0 up; ip link set eth1 up',
  'ip addr add 192.168.1.1/24 dev eth0; ip addr add fe80::1/64 nodad dev eth0; ip neigh add 192.168.1.99 lladdr 02:00:00:00:00:99 dev eth0',
];

let netns: Netns;

beforeAll(async () => {
  netns = await Netns.create(...links);
  netns.sh(`cd /run; FILTERS=1 ${holder} >/dev/null 2>&1 & cd /run; ${waiting}`);
}, 60_000);

afterAll(() => netns?.close());

/** Runs lines of arguments with both tools. @returns lines whose output, message or status differ, and how many listed something */
function compare(lines: readonly string[]): {readonly different: string[]; readonly listed: number} {
  const different: string[] = [];
  let listed = 0;
  for (let from = 0; from < lines.length; from += PART) {
    const script = lines.slice(from, from + PART).map(
      (line, i) => `
        ${referenceTool('ss')} ${line} >ref 2>ref.err; r=$?
        ${process.execPath} ${binPath('tsss')} ${line} >got 2>got.err; g=$?
        sed -i -E 's/(timer:[(][a-z]+,)[^,]*/\\1/' ref got
        [ $r -gt ${CRASH} ] && [ $r != 255 ] || { cmp -s ref got && cmp -s ref.err got.err && [ $r = $g ]; } ||
          { echo "differs ${from + i}"; diff ref got; diff ref.err got.err; echo "$r $g"; }
        [ $(wc -l <got) -gt 1 ] && echo listed`,
    );
    const {stdout} = netns.run(['sh', '-c', `cd /run\n${file}\n${script.join('\n')}\ntrue`]);
    for (const part of stdout.split(/^(?=differs )/m)) {
      const found = /^differs (\d+)/.exec(part);
      if (found !== null) different.push(`${lines[Number(found[1])]}\n${part}`);
    }
    listed += stdout.split('\n').filter(line => line === 'listed').length;
  }
  return {different, listed};
}

/** Lines with a name, so that the titles tell what a filter can say. */
const usages: Readonly<Record<string, readonly string[]>> = {
  'usages from the manual page': [
    `-o state established '( dport = :ssh or sport = :ssh )' -t`,
    `-x src '/tmp/.X11-unix/*'`,
    `-to state fin-wait-1 '( sport = :http or sport = :https )' dst 193.233.7/24`,
    '-ltn sport le 500',
    '-t dport \\> :1024',
    `-eipnt '( dport = :mysql )'`,
    '-to state time-wait -n',
  ],
  'a service that only UDP has, where both are listed': [
    '-tuan sport = :tftp',
    '-uan sport = :tftp',
    '-tan sport = :tftp',
  ],
  'names of unix sockets': [
    `-xa src '@abs*'`,
    `-xa 'src /run/un[h-j]x* or autobound'`,
    `-xa not src '*'`,
    `-xan src 'unix:'`,
  ],
  'a name and its addresses': ['-tan src localhost', '-4tan dst localhost:8001', '-6tan dst localhost'],
  'addresses of families that have none': [
    '-f tipc -t src any',
    '-f tipc -t not src 1.2.3',
    '-f tipc -t src 10/8',
    '-f xdp -tu dst localhost',
    `-f xdp -t dst '[::1]:22'`,
    '-f xdp -un -d sport :443',
  ],
  'an IPv4 address in IPv6, by its end and by its beginning': [
    '-tan not src 0.0.0.0',
    '-tan dst 0/8 dev 0',
    '-tan not dst 127/8',
    `-4tan src '[::ffff:127.0.0.1]'`,
  ],
  'a backslash alone is a value of no characters': [
    `-tan src '\\'`,
    `-tan 'fwmark 08 \\'`,
    `-tan dev lo '\\' or`,
    `-tan cgroup '\\'`,
    `--vsock -a src '\\'`,
    `-tan not '\\'`,
  ],
  'order of mistakes': [
    '-tn state nosuch bogus',
    '-tn state',
    '-tn bogus state established',
    `-t -A '!all' bogus`,
    `-A '!all' state nosuch`,
    '-tn -F /nosuch -h',
    '-tn -F filter -F filter',
    `-tn -F filter '('`,
  ],
  'filters in files': [
    '-tan -F filter',
    '-tan -F filter sport = :8001',
    '-tan -F - <filter',
    '-tan -F -whatever <filter',
    '-tan -F long',
    '-tan -F comments',
    '-tan -F zeros',
    '-tan -F states',
    '-tan -F /run',
    '-tan -F filter state established',
  ],
};

describe('filters', () => {
  test.each(Object.entries(usages))(
    '%s',
    (_, lines) => {
      netns.sh(`cd /run; printf 'sport = :8001\\nor dport = :8001\\n' >filter; printf 'state established\\n' >states
        printf '# none\\n\\nautobound\\n#\\n or sport = :22' >comments; printf 'sport = :22\\n0/0 or bogus\\nor sport =\\n 8001' >zeros; printf 'sport = :%1100d\\n' 22 >long`);
      expect(compare(lines).different).toEqual([]);
    },
    60_000,
  );

  test(
    'random expressions, good and bad',
    () => {
      const {different, listed} = compare(filterLines(SEED, COUNT));
      expect(different).toEqual([]);
      expect(listed).toBeGreaterThan(COUNT / 10);
    },
    60_000 + COUNT * 1000,
  );
});

const sockets = [...links, `${holder} & ${waiting}`];

describe('closing sockets', () => {
  // Where nothing may be closed the files of /proc are listed.
  const unable = 'setpriv --inh-caps=-all --bounding-set=-all';
  differential('without the right to', {
    setup: sockets,
    state: false,
    umbrella: false,
    stdout: 'sorted',
    steps: ['-K -tn', '-K -tln', '-K -un', '-K -tun', '-K -4tn dport = :8001', '-K -wan'].map(
      line => `${unable} ss ${line}`,
    ),
  });

  differential('those that a filter means, and no others', {
    setup: sockets,
    state: false,
    umbrella: false,
    stdout: 'sorted',
    steps: [
      'ss -K -tn dport = :8001',
      'ss -tan',
      'ss -K -un src 127.0.0.1',
      'ss -uan',
      'ss -K -tn state syn-sent',
      'ss -K -tln sport = :5353; ss -tln',
      'ss -K -tn dst 203.0.113.1',
    ],
  });
});

// Which event comes first settles the widths of the others: test/unit/view has those.
describe('events', () => {
  const reset = `'${process.execPath}' '${import.meta.dirname}/sockets.reset.mjs'`;
  differential('connections as they are reset, on a terminal', {
    setup: ['ip link set lo up'],
    state: false,
    umbrella: false,
    stdout: 'sorted',
    steps: ['-E -tn', '-EH', '-E -4n sport = :41001', '-EtnO state established'].map(
      line => `
        mkfifo open; exec 3<>open
        script -qfec 'stty cols 100 -opost; exec ss ${line}' /dev/null >out 2>/dev/null <&3 & tool=$!
        for i in $(seq 60); do ${reset}; [ $(wc -l <out) -ge 4 ] && break; done
        kill $tool; wait $tool 2>/dev/null; tr -s ' ' <out | grep -v killed | sort -u; rm -f open out`,
    ),
  });
});
