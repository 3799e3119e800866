import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {SocketRecord} from '../../src/index.js';
import {prepareNamespace, unshareArgv} from '../helpers/netns.js';
import {referencePath} from '../helpers/tools.js';

const root = join(import.meta.dirname, '../..');
const node = `'${process.execPath}'`;
const tsss = `${node} '${root}/bin/tsss.cjs'`;

/** UNIX sockets whose names no format may spoil. */
const names = ['with blank', 'with"quote', 'new\nline', 'bell\u0007'];
const odd = `for (const name of ${JSON.stringify(names)}) require("net").createServer().listen(process.cwd() + "/" + name)`;

/** What the programs print among sockets in every state, one output after another. */
function outputs(lines: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tsss-json-'));
  try {
    const script = [
      prepareNamespace,
      `PATH=${referencePath}; cd ${folder}`,
      'ip link set lo up; ip link add eth0 type veth peer name eth1; ip link set eth0 up; ip link set eth1 up',
      'ip addr add 192.168.1.1/24 dev eth0; ip addr add fe80::1/64 nodad dev eth0; ip neigh add 192.168.1.99 lladdr 02:00:00:00:00:99 dev eth0',
      `${node} '${root}/test/differential/sockets.hold.mjs' & ${node} -e '${odd}' & ${node} '${root}/test/differential/mptcp.hold.mjs' &`,
      'for i in $(seq 200); do [ -e ready ] && [ -e mptcp ] && [ -e with\\ blank ] && break; sleep 0.05; done; sleep 0.2',
      ...lines.map(line => `${line}; printf '\\036'`),
      'kill %1 %2 %3',
    ].join('\n');
    const [file, ...argv] = unshareArgv;
    const run = spawnSync(file ?? '', [...argv, 'bash', '-c', script], {encoding: 'utf8', timeout: 40_000});
    expect(run.stderr).toBe('');
    return run.stdout.split('\u001e').slice(0, -1);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const text = (address: string | null, port: unknown, family6 = false): string =>
  `${address === null ? '*' : family6 && address.includes(':') ? `[${address}]` : address}:${port ?? '*'}`;

test('JSON tells of each socket what the text does', {timeout: 60_000}, () => {
  const [json = '', reference = '', pretty = '', lines = '', unix = '', netlink = '', summary = '', mptcp = ''] =
    outputs([
      `${tsss} -tan -ieomp --tos --json`,
      'ss -tanH',
      `${tsss} -tuan --pretty`,
      `${tsss} -tuan --ndjson`,
      `${tsss} -xlpem -j`,
      `${tsss} -f netlink -em --ndjson`,
      `${tsss} -s -j`,
      `${tsss} -Mn -i -j`,
    ]);
  const records = JSON.parse(json) as SocketRecord[];
  const rows = records.map(({state, recvQ, sendQ, local, peer}) => {
    const name = local.interface === undefined ? '' : `%${local.interface}`;
    const end = text(local.address, local.port, true).replace(/:([^:]*)$/, `${name}:$1`);
    return `${state} ${recvQ} ${sendQ} ${end} ${text(peer.address, peer.port, true)}`;
  });
  expect(rows).toEqual(
    reference
      .trim()
      .split('\n')
      .map(line => line.trim().replace(/\s+/g, ' ')),
  );
  expect(new Set(records.map(({rfcState}) => rfcState))).toContain('ESTABLISHED');
  for (const record of records) {
    expect(record).toMatchObject({netid: 'tcp', recvQ: expect.any(Number), local: {port: expect.any(Number)}});
    expect(record.cookie).toMatch(/^[0-9a-f]+$/);
  }
  const connected = records.find(({state, sendQ}) => state === 'ESTAB' && sendQ === 0);
  expect(connected).toMatchObject({
    processes: [{name: expect.any(String), pid: expect.any(Number), fd: expect.any(Number)}],
    uid: expect.any(Number),
    inode: expect.any(Number),
    shutdown: {read: false, write: false},
    memory: {rcvbuf: expect.any(Number), drops: 0},
    congestion: expect.any(String),
    info: {rtt: expect.any(Number), pacingRate: expect.any(Number), sndCwnd: expect.any(Number)},
  });
  expect(
    lines
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  ).toEqual(JSON.parse(pretty));
  const listeners = JSON.parse(unix) as SocketRecord[];
  expect(listeners[0]).toMatchObject({
    netid: 'u_str',
    processes: [{pid: expect.any(Number)}],
    inode: listeners[0]?.local.port,
    cookie: expect.stringMatching(/^[0-9a-f]+$/),
    shutdown: {read: false, write: false},
    file: {inode: expect.any(Number), device: {major: expect.any(Number), minor: expect.any(Number)}},
    pending: [],
    memory: {rcvbuf: expect.any(Number)},
  });
  const kernel = netlink
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as SocketRecord)
    .find(({local}) => local.address === 'rtnl' && local.port === 'kernel');
  expect(kernel).toMatchObject({netid: 'nl', netlink: {protocol: 0, portId: 0, groups: []}, memory: {drops: 0}});
  const unread = (JSON.parse(mptcp) as SocketRecord[]).find(({recvQ}) => recvQ > 0);
  expect(unread).toMatchObject({
    netid: 'mptcp',
    state: 'ESTAB',
    rfcState: 'ESTABLISHED',
    info: {subflows: 0, token: expect.any(Number), writeSeq: expect.any(Number), rcvNxt: expect.any(Number)},
  });
  const listed = listeners.map(({local}) => local.address?.replace(/.*\//, ''));
  expect(listed).toEqual(expect.arrayContaining(names));
  expect(JSON.parse(summary)).toMatchObject({used: expect.any(Number), transports: {TCP: {ip: expect.any(Number)}}});
});
