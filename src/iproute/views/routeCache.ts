import {RTM_F_CLONED, RTM_F_NOTIFY} from '../../rtnetlink/constants.js';
import type {Route} from '../../rtnetlink/route/schema.js';
import {custom, type Field, type ViewContext} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';
import type {Sink} from '../../view/sink.js';

/** Clock ticks of a second. Source: sysconf(_SC_CLK_TCK), the same on every Linux. */
const HZ = 100;

/** Flags of cached routes in rtm_flags, in the order of the reference. Source: uapi linux/in_route.h, RTCF_*. */
const FLAGS: readonly (readonly [bit: number, word: string])[] = [
  [0x80000000, 'local'],
  [0x40000000, 'reject'],
  [0x20000000, 'mc'],
  [0x10000000, 'brd'],
  [0x08000000, 'dst-nat'],
  [0x00800000, 'src-nat'],
  [0x00400000, 'masq'],
  [0x00020000, 'dst-direct'],
  [0x04000000, 'src-direct'],
  [0x00040000, 'redirected'],
  [0x01000000, 'redirect'],
  [0x00200000, 'fastpath'],
  [RTM_F_NOTIFY, 'notify'],
  [0x00080000, 'proxy'],
];

function words(flags: number): string[] {
  return FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, word]) => word);
}

/** Counters of rta_cacheinfo that are shown when they are not zero. */
function counters(r: Route, c: ViewContext): [key: string, text: string, value: number][] {
  const info = r.cacheinfo;
  const all: [string, string, number][] = [];
  if (info === undefined) return all;
  const seconds = Math.trunc(info.expires / HZ);
  if (info.expires !== 0) all.push(['expires', `expires ${seconds}sec `, seconds]);
  if (info.error !== 0) all.push(['error', `error ${info.error} `, info.error]);
  if (c.statistics === 0) return all;
  if (info.clntref !== 0) all.push(['users', `users ${info.clntref} `, info.clntref]);
  if (info.used !== 0) all.push(['used', `used ${info.used} `, info.used]);
  const age = Math.trunc(info.lastuse / HZ);
  if (info.lastuse !== 0) all.push(['age', `age ${age}sec `, age]);
  return all;
}

function cacheText(out: Sink, r: Route, c: ViewContext): void {
  if ((r.flags & RTM_F_CLONED) !== 0 && r.family === 2) {
    out.ascii(c.oneline ? '\\    cache ' : '\n    cache ');
    const set = words(r.flags);
    if (set.length > 0) out.ascii(`<${set.join(',')}> `);
  }
  if (r.cacheinfo !== undefined) for (const [, text] of counters(r, c)) out.ascii(text);
}

function cacheJson(json: JsonWriter, r: Route, c: ViewContext): void {
  if ((r.flags & RTM_F_CLONED) !== 0 && r.family === 2) {
    json.key('cache');
    json.words(words(r.flags));
  }
  for (const [key, , value] of counters(r, c)) {
    json.key(key);
    json.int(value);
  }
}

/** What the kernel keeps of a cached or temporary route: the second line of `ip route get`, `expires`. */
export function cacheField(): Field<Route> {
  return custom(cacheText, cacheJson);
}
