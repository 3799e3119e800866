import {NetlinkError, UsageError} from '../errors.js';
import {
  AF_INET,
  IFF_ALLMULTI,
  IFF_AUTOMEDIA,
  IFF_BROADCAST,
  IFF_DYNAMIC,
  IFF_MULTICAST,
  IFF_NOARP,
  IFF_NOTRAILERS,
  IFF_POINTOPOINT,
  IFF_PROMISC,
  IFF_RUNNING,
  IFF_UP,
} from '../rtnetlink/constants.js';
import {atoi, strtoul} from './cNumbers.js';
import {addAlias} from './ifconfigAlias.js';
import {setHardware, slipCall} from './ifconfigDriver.js';
import {addInet6, deleteInet6, tunnelTo} from './ifconfigInet6.js';
import type {Settings} from './ifconfigSettings.js';
import {misused} from './ifconfigUsage.js';
import {cutName} from './interfaceNames.js';
import {changeLink, getLink, setBroadcast, setDestination} from './oldCalls.js';
import {inetTarget, lastReason} from './settingAddress.js';
import {mediaPort} from './views/media.js';

const EINVAL = 22;
const FAILED = 1;

/** One word of a command line, with those it takes along. */
export type Setting = (run: Settings) => void;

const set =
  (bits: number): Setting =>
  run =>
    run.flag(bits, true);
const clear =
  (bits: number): Setting =>
  run =>
    run.flag(bits, false);
/** Clears a flag and looks whether it is clear. */
const drop =
  (bit: number): Setting =>
  run => {
    run.flag(bit, false);
    run.complainIfKept(bit);
  };

/** What the words do, by word. Source: ifconfig(8); test/differential/ifconfig.test.ts. */
export const settingWords: Readonly<Record<string, Setting>> = {
  up: set(IFF_UP | IFF_RUNNING),
  down: clear(IFF_UP),
  arp: clear(IFF_NOARP),
  '-arp': set(IFF_NOARP),
  trailers: clear(IFF_NOTRAILERS),
  '-trailers': set(IFF_NOTRAILERS),
  promisc: set(IFF_PROMISC),
  '-promisc': drop(IFF_PROMISC),
  multicast: set(IFF_MULTICAST),
  '-multicast': drop(IFF_MULTICAST),
  allmulti: set(IFF_ALLMULTI),
  '-allmulti': drop(IFF_ALLMULTI),
  dynamic: set(IFF_DYNAMIC),
  '-dynamic': drop(IFF_DYNAMIC),
  '-broadcast': drop(IFF_BROADCAST),
  '-pointopoint': drop(IFF_POINTOPOINT),
  broadcast(run) {
    const word = run.next();
    if (word !== undefined) run.inetCall('SIOCSIFBRDADDR', run.address('broadcast', word), setBroadcast);
    run.flag(IFF_BROADCAST, true);
  },
  pointopoint(run) {
    const word = run.next();
    if (word !== undefined) {
      const isInet = run.family.number === AF_INET;
      const {address, net} = isInet ? inetTarget(word) : {address: run.address('pointopoint', word), net: false};
      if (net) throw new UsageError(FAILED, `${word}: ${lastReason()}`);
      run.inetCall('SIOCSIFDSTADDR', address, setDestination);
    }
    run.flag(IFF_POINTOPOINT, true);
  },
  dstaddr(run) {
    run.inetCall('SIOCSIFDSTADDR', run.address('dstaddr', run.value()), setDestination);
  },
  netmask(run) {
    const word = run.value();
    if (run.hasNetmask) throw misused();
    const mask = run.address('netmask', word);
    run.hasNetmask = true;
    run.setMask(mask);
  },
  mtu(run) {
    const mtu = atoi(run.value()) >>> 0;
    run.call('SIOCSIFMTU', () => changeLink(getLink(run.name, run.session).index, {mtu}, run.session));
  },
  txqueuelen(run) {
    const txqlen = Number(BigInt.asIntN(32, strtoul(run.value())));
    run.call('SIOCSIFTXQLEN', () => {
      const link = getLink(run.name, run.session);
      // The attribute has no sign.
      if (txqlen < 0) throw new NetlinkError(EINVAL, 'SIOCSIFTXQLEN');
      changeLink(link.index, {txqlen}, run.session);
    });
  },
  name(run) {
    const ifname = cutName(run.value());
    run.call('SIOCSIFNAME', () => {
      const link = getLink(run.name, run.session);
      // An empty attribute would say nothing.
      if (ifname === '') throw new NetlinkError(EINVAL, 'SIOCSIFNAME');
      changeLink(link.index, {ifname}, run.session);
    });
  },
  hw(run) {
    const type = run.value();
    const word = run.value();
    const complaint = setHardware(run, type, word);
    if (complaint !== undefined) run.fail(complaint);
  },
  mem_start: mapSetting('mem_start', text => ({memStart: strtoul(text)})),
  io_addr: mapSetting('io_addr', text => ({baseAddr: BigInt.asUintN(16, strtoul(text))})),
  irq: mapSetting('irq', text => ({irq: Number(BigInt.asUintN(8, strtoul(text)))})),
  media(run) {
    // The word is looked at once more, as an address: what `auto` does has come before that.
    if (run.peek() === 'auto') {
      run.flag(IFF_AUTOMEDIA, true);
      return;
    }
    const port = mediaPort(run.value());
    if (port === undefined) run.fail('Unknown media type.');
    else run.change('port', {port});
  },
  keepalive(run) {
    const seconds = strtoul(run.value());
    run.attempt('SIOCSKEEPALIVE', () => slipCall('keepalive', run.name, seconds, run.session));
  },
  outfill(run) {
    const seconds = strtoul(run.value());
    run.attempt('SIOCSOUTFILL', () => slipCall('outfill', run.name, seconds, run.session));
  },
  add(run) {
    const word = run.value();
    if (word.includes(':')) addInet6(run, word);
    else addAlias(run, word, true);
  },
  del(run) {
    const word = run.value();
    if (word.includes(':')) deleteInet6(run, word);
    else addAlias(run, word, false);
  },
  tunnel: run => tunnelTo(run, run.value()),
};

function mapSetting(word: string, field: (text: string) => Parameters<Settings['change']>[1]): Setting {
  return run => run.change(word, field(run.value()));
}
