import type {Outcome} from '../helpers/netns.js';

/** Lines whose answers may differ, each with its reason. */
export const accepted: readonly {readonly line: RegExp; readonly reason: string}[] = [
  {
    line: new RegExp(
      `\\b(${[
        ...[
          'g[sr]o_ipv4_max_size',
          'bclim',
          'mab',
          'neigh_vlan_suppress',
          'backup_nhid',
          '(no)?localbypass',
          'interlink',
        ],
        ...['(no)?mcroute', 'reserved_bits', 'dscp', 'flowlabel', 'hw_stats', 'extern_valid', 'mcast_reprobes'],
        ...['tcp_usec_ts', 'tunsrc', 'actor_port_prio', 'laminar', 'novf'],
        ...['fdb_max_learned', 'mst_enabled', 'mdb_offload_fail_notification', 'fdb_local_vlan_0'],
      ].join('|')})\\b`,
    ),
    reason: 'keywords that are newer than iproute2 6.1',
  },
  {line: /\brou?t?e? g\w* .*ff0/, reason: 'the kernel adds the multicast routes of two devices in any order'},
  {
    line: /-batch .*\b(vr?f?|netn?s?) ex?e?c? /,
    reason: 'the child that cannot enter goes on with the lines that are left, and so does its parent',
  },
  {line: /6rd-reset/, reason: 'the reference crashes'},
  {line: /xst?a?t?s? .*bond/, reason: 'the reference overruns its stack when it is given no device'},
];

const timers = 'hello|tcn|topology_change|gc|forward_delay|hold|message_age';

/** What a clock, the random generator or the peer's traffic puts into a listing. */
const free: readonly (readonly [RegExp, string])[] = [
  // Addresses that the kernel made: those of the world and of `argv.values.ts` begin otherwise.
  [/\b(?!02:00:0)[0-9a-f]?[26ae](:[0-9a-f]{2}){5}\b/g, '~mac'],
  [/\b[0-9a-f]{4}\.(?!2:0:0:0)[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}\b/g, '~id'],
  [/\bfe80::[0-9a-f]+:[0-9a-f]+:[0-9a-f]+:[0-9a-f]+\b/g, '~ll'],
  [/\bff02::1:ff[0-9a-f]{2}:[0-9a-f]+\b/g, '~snm'],
  [/\b33:33:ff(:[0-9a-f]{2}){3}\b/g, '~snm'],
  // Proxies without a device are those of all namespaces of the machine.
  [/^\S+ (proto \S+ )?(router )?proxy *\n?/gm, ''],
  // Ages and what is left of lifetimes.
  [/\b(valid_lft|preferred_lft|expires|age) \d+sec/g, '$1 ~'],
  [/"(valid_life_time|preferred_life_time|expires|used|confirmed|updated|age)":( ?)\d+/g, '"$1":~'],
  [/\bused \d+\/\d+\/\d+/g, 'used ~'],
  [/\bprobes \d+/g, 'probes ~'],
  [/"?\brefcnt"?[: ]+\d+/g, 'refcnt ~'],
  [/"probes": ?\d+/g, '"probes":~'],
  [new RegExp(`"?(${timers})_timer"?[: ]+[\\d.]+`, 'g'), '$1 ~'],
  [/"?\b(reachable|last_flush|last_rand|idle_time|unbalanced_time)"?[: ]+[\d.]+/g, '$1 ~'],
  // We load no eBPF, and so do not mount its file system first.
  [/^mount -t bpf .*\nContinuing without mounted.*\n/gm, ''],
  [/\b(REACHABLE|STALE|DELAY|PROBE)\b/g, '~nud'],
];

function blanked(text: string): string {
  let result = text;
  for (const [pattern, by] of free) result = result.replace(pattern, by);
  return result;
}

/** What `save` writes, without sequence and port numbers and the ages of addresses. */
function unstamped(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 4; at + 16 <= bytes.length; ) {
    const end = at + bytes.readUInt32LE(at);
    if (end < at + 16 || end > bytes.length) break;
    bytes.fill(0, at + 8, at + 16);
    const isAddress = bytes.readUInt16LE(at + 4) === RTM_NEWADDR;
    for (let own = at + 24; isAddress && own + 4 <= end; own += (bytes.readUInt16LE(own) + 3) & ~3) {
      if (bytes.readUInt16LE(own) < 4) break;
      if (bytes.readUInt16LE(own + 2) === IFA_CACHEINFO) bytes.fill(0, own + 12, own + 20);
    }
    at = (end + 3) & ~3;
  }
  return bytes.toString('latin1');
}

/** First bytes of what `save` of addresses, routes and rules writes. */
const magics = ['\x22\x12\x36\x47', '\x24\x12\x31\x45', '\x86\x69\x70\x71'];
const RTM_NEWADDR = 20;
const IFA_CACHEINFO = 6;

/** Lines, and objects of a JSON array, in an order of ours: the kernel's hash tables have a random one. */
function sorted(text: string): string {
  return text
    .split(/\n|(?<=\}),(?=\{)/)
    .sort()
    .join('\n');
}

/** What is equal when two runs of a line are. */
export function comparable({stdout, stderr, status}: Outcome, line: readonly string[]): object {
  // What waited too long, for a name to be resolved, wrote as much as there was time for.
  if (status === 'SIGTERM') return {status};
  const hasCounters = line.some(word => /^sta?t?s?$|^--?(s|st|sta|stat.*|t|h|iec)$/.test(word));
  const canonical = (text: string): string => {
    // Help texts are ours, from the word on.
    const result = blanked(text.replace(/^(\s*\S*usage:)[\s\S]*/im, '$1...\n'));
    return hasCounters ? result.replace(/ *\b\d+([.,]\d+)?[KMGTi]*\b */g, ' 0 ') : result;
  };
  if (magics.some(magic => stdout.startsWith(magic)))
    return {stdout: unstamped(stdout), stderr: canonical(stderr), status};
  const isHashed = line.some(word => /^(n|ne|nei.*|m|ma.*|nt.*)$/.test(word));
  return {stdout: isHashed ? sorted(canonical(stdout)) : canonical(stdout), stderr: canonical(stderr), status};
}

/** The kernel's state as it is compared. */
export function comparableState(state: string): readonly string[] {
  return blanked(state).split('\n').sort();
}
