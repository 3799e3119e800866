import {describe, expect, test} from 'vitest';
import {linkView} from '../../../src/iproute/views/link.js';
import {Names} from '../../../src/names/tables.js';
import type {Link} from '../../../src/rtnetlink/link/schema.js';
import type {ViewContext} from '../../../src/view/context.js';
import {JsonWriter} from '../../../src/view/json.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

const mac = (last: number): Uint8Array => Uint8Array.of(2, 0, 0, 0, 0, last);
const padded = (bytes: Uint8Array): Uint8Array => Uint8Array.of(...bytes, ...new Uint8Array(26));
const broadcast = new Uint8Array(6).fill(255);

/** What no device of the test machines has; the words were seen by giving them to the reference. */
const link = {
  index: 3,
  type: 1,
  flags: 0x1002,
  ifname: 'eth0',
  mtu: 1500,
  qdisc: 'noop',
  operstate: 2,
  linkmode: 0,
  group: 0,
  txqlen: 1000,
  address: mac(1),
  broadcast,
  altnames: [],
};

const setting = (vf: number, value: number) => ({vf, setting: value});

const function0 = {
  mac: {vf: 0, mac: padded(mac(16))},
  broadcast,
  vlan: {vf: 0, vlan: 5, qos: 3},
  vlanList: {info: [{vf: 0, vlan: 5, qos: 3, vlanProto: 0x88a8}]},
  txRate: {vf: 0, rate: 8},
  rate: {vf: 0, minTxRate: 7, maxTxRate: 9},
  spoofchk: setting(0, 0),
  linkState: {vf: 0, linkState: 1},
  trust: setting(0, 1),
  rssQueryEn: setting(0, 1),
};
const function1 = {
  mac: {vf: 1, mac: padded(mac(17))},
  broadcast,
  vlan: {vf: 1, vlan: 6, qos: 0},
  txRate: {vf: 1, rate: 0},
  rate: {vf: 1, minTxRate: 0, maxTxRate: 0},
  spoofchk: setting(1, 0xffffffff),
  linkState: {vf: 1, linkState: 2},
  trust: setting(1, 0xffffffff),
  rssQueryEn: setting(1, 0xffffffff),
};

const context: ViewContext = {
  oneline: false,
  details: 0,
  statistics: 0,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: undefined,
  names: new Names(),
  ifname: index => `if${index}`,
};

function shown(more: object, json = false, isLowerDown = false): string {
  const output = new MemoryOutput();
  const out = new Sink(output);
  const row = {link: {...link, ...more} as unknown as Link, isLowerDown, netnsName: undefined};
  if (json) linkView.json(new JsonWriter(out, false), row, context);
  else linkView.text(out, row, context);
  out.flush();
  return new TextDecoder().decode(output.bytes());
}

const FIRST = '3: eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000';
const SECOND = '\n    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff';

describe('flags', () => {
  test.each([
    [0, false, '<>', []],
    [0, true, '<,M-DOWN>', ['M-DOWN']],
    [0x1002, true, '<BROADCAST,MULTICAST,M-DOWN>', ['BROADCAST', 'MULTICAST', 'M-DOWN']],
  ])('%d, the device below down: %s', (flags, isLowerDown, text, list) => {
    const of = (json: boolean) => shown({flags}, json, isLowerDown);
    expect(of(false)).toContain(`3: eth0: ${text} mtu`);
    expect(JSON.parse(of(true)).flags).toEqual(list);
  });
});

describe('what hardware has', () => {
  test('virtual functions', () => {
    expect(shown({vfinfoList: {info: [function0, function1]}})).toBe(
      `${FIRST}${SECOND}
    vf 0     link/ether 02:00:00:00:00:10 brd ff:ff:ff:ff:ff:ff, vlan 5, qos 3, vlan protocol 802.1ad, tx rate 8 (Mbps), max_tx_rate 9Mbps, min_tx_rate 7Mbps, spoof checking off, link-state enable, trust on, query_rss on
    vf 1     link/ether 02:00:00:00:00:11 brd ff:ff:ff:ff:ff:ff, vlan 6, link-state disable`,
    );
  });
  test('a virtual function without VLAN', () => {
    const info = [{...function0, vlanList: {info: [{vf: 0, vlan: 0, qos: 0, vlanProto: 0}]}}];
    expect(shown({vfinfoList: {info}})).toContain('brd ff:ff:ff:ff:ff:ff, tx rate 8');
    expect(JSON.parse(shown({vfinfoList: {info}}, true)).vfinfo_list[0].vlan_list).toEqual([{}]);
  });
  test('no virtual functions, but a list', () => {
    expect(shown({vfinfoList: {}})).toBe(`${FIRST}${SECOND}`);
    expect(JSON.parse(shown({vfinfoList: {}}, true)).vfinfo_list).toEqual([]);
  });
  test('virtual functions in JSON', () => {
    expect(JSON.parse(shown({vfinfoList: {info: [function0, function1]}}, true)).vfinfo_list).toEqual([
      {
        vf: 0,
        link_type: 'ether',
        address: '02:00:00:00:00:10',
        broadcast: 'ff:ff:ff:ff:ff:ff',
        vlan_list: [{vlan: 5, qos: 3, protocol: '802.1ad'}],
        tx_rate: 8,
        rate: {max_tx: 9, min_tx: 7},
        spoofchk: false,
        link_state: 'enable',
        trust: true,
        query_rss_en: true,
      },
      {
        vf: 1,
        link_type: 'ether',
        address: '02:00:00:00:00:11',
        broadcast: 'ff:ff:ff:ff:ff:ff',
        vlan: 6,
        rate: {max_tx: 0, min_tx: 0},
        link_state: 'disable',
      },
    ]);
  });
  test('another permanent address', () => {
    expect(shown({permAddress: mac(0x77)})).toBe(`${FIRST}${SECOND} permaddr 02:00:00:00:00:77`);
    expect(shown({permAddress: mac(1)})).toBe(FIRST + SECOND);
  });
  test('programs on several hooks', () => {
    expect(shown({xdp: {attached: 4, progId: 7, drvProgId: 5, skbProgId: 6}})).toBe(
      `${FIRST.replace('qdisc', 'xdpmulti qdisc')}${SECOND}
    prog/xdp id 7 
    prog/xdpgeneric id 6 
    prog/xdpdrv id 5 `,
    );
  });
  test('values without a word', () => {
    expect(shown({operstate: 9, linkmode: 5})).toContain(' state 0x9mode 5 group ');
    expect(JSON.parse(shown({operstate: 9, linkmode: 5}, true))).toMatchObject({operstate_index: 9, linkmode_index: 5});
  });
  test('a tunnel has IP addresses', () => {
    const more = {type: 768, flags: 0x90, address: Uint8Array.of(10, 0, 0, 1), broadcast: Uint8Array.of(10, 0, 0, 2)};
    expect(shown(more)).toContain('\n    link/ipip 10.0.0.1 peer 10.0.0.2');
  });
  test('what a notification is about', () => {
    expect(shown({event: 2})).toBe(`${FIRST}event FEATURE CHANGE ${SECOND}`);
  });
});
