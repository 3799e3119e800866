import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {InputError, IpAddress, type NetlinkError, RtNetlink, SockDiag} from '../../src/index.js';

/** The reference, in this process's namespace. */
const ip = (...argv: readonly string[]): string => execFileSync('ip', argv, {encoding: 'utf8'});
const code = (wanted: string) => (error: unknown) => (error as NetlinkError).code === wanted;

/** A veth pair that is up, with 192.168.1.2/24 and fd00::2/64 on v0. */
async function ready(): Promise<RtNetlink> {
  const rt = await RtNetlink.open();
  await rt.links.add({kind: 'veth', name: 'v0', address: '02:00:00:00:00:01', up: true, peer: {name: 'v1'}});
  await rt.links.change({dev: 'v1', up: true});
  await rt.addresses.add({dev: 'v0', address: '192.168.1.2/24', broadcast: '+'});
  await rt.addresses.add({dev: 'v0', address: 'fd00::2/64', noDad: true});
  return rt;
}

/** Each runs in a process of its own, in a fresh network namespace; the reference is the witness. */
export const cases: Readonly<Record<string, () => Promise<void>>> = {
  'links: add makes what ip shows': async () => {
    const rt = await ready();
    await rt.links.add({kind: 'bridge', name: 'br0', data: {forwardDelay: 400, stpState: 1}});
    await rt.links.change({dev: 'v1', master: 'br0', mtu: 1400, alias: 'a port', txqueuelen: 7, group: 5});
    assert.match(ip('link', 'show', 'v0'), /v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP>[\s\S]*02:00:00:00:00:01/);
    assert.match(ip('-d', 'link', 'show', 'br0'), /bridge forward_delay 400 .* stp_state 1/);
    assert.match(ip('link', 'show', 'v1'), /mtu 1400 .* master br0 .* group 5 qlen 7[\s\S]*alias a port/);
    await rt.links.change({dev: 'v1', portKind: 'bridge', portData: {cost: 9}});
    assert.match(ip('-d', 'link', 'show', 'v1'), /bridge_slave .* cost 9 /);
    await rt.links.change({dev: 'v1', master: null});
    assert.doesNotMatch(ip('link', 'show', 'v1'), /master/);
  },

  'links: list, stream and get tell the same': async () => {
    const rt = await ready();
    const names = (await rt.links.list()).map(link => link.ifname);
    assert.deepEqual([...names].sort(), ['lo', 'v0', 'v1']);
    const streamed: (string | undefined)[] = [];
    for await (const batch of rt.links.stream()) streamed.push(...batch.map(link => link.ifname));
    assert.deepEqual(streamed, names);
    assert.deepEqual((await rt.links.list({kind: 'veth', up: true})).map(link => link.ifname).sort(), ['v0', 'v1']);
    const one = await rt.links.get('v0');
    assert.equal(one.kind, 'veth');
    assert.equal((await rt.links.get(one.index)).ifname, 'v0');
    assert.equal(typeof one.stats64?.rxBytes, 'bigint');
  },

  'links: alternative names of any length find the link': async () => {
    const rt = await ready();
    await rt.links.addNames('v0', ['short', 'longer-than-fifteen-characters']);
    assert.deepEqual((await rt.links.get('longer-than-fifteen-characters')).altnames, [
      'short',
      'longer-than-fifteen-characters',
    ]);
    await rt.links.deleteNames('v0', ['longer-than-fifteen-characters']);
    assert.equal((await rt.links.get('short')).ifname, 'v0');
    await assert.rejects(rt.links.get('longer-than-fifteen-characters'), code('ENODEV'));
  },

  'links: delete and its refusals': async () => {
    const rt = await ready();
    await rt.links.delete('v0');
    await assert.rejects(rt.links.delete('v0'), code('ENODEV'));
    await assert.rejects(rt.links.delete('lo'), code('EOPNOTSUPP'));
    await assert.rejects(rt.links.add({kind: 'no-such-kind', name: 'x'}), code('EOPNOTSUPP'));
    await assert.rejects(rt.links.add({kind: 'ifb', name: 'lo'}), code('EEXIST'));
  },

  'links: flags switch on and off': async () => {
    const rt = await ready();
    await rt.links.change({dev: 'v0', up: false, promisc: true, arp: false, multicast: false});
    assert.match(ip('link', 'show', 'v0'), /<BROADCAST,NOARP,PROMISC/);
    await rt.links.change({dev: 'v0', promisc: false, arp: true});
    assert.match(ip('link', 'show', 'v0'), /<BROADCAST>|<BROADCAST,M-DOWN>/);
  },

  'links: a link moves to the namespace of a process or a file': async () => {
    const rt = await ready();
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
    await once(holder.stdout, 'data');
    const path = `/proc/${holder.pid}/ns/net`;
    await rt.links.change({dev: 'v1', netns: path});
    await rt.links.add({kind: 'veth', name: 'v2', peer: {name: 'v3', netns: holder.pid}});
    await using there = await RtNetlink.open({netns: path});
    assert.deepEqual((await there.links.list()).map(link => link.ifname).sort(), ['lo', 'v1', 'v3']);
    assert.deepEqual((await rt.links.list()).map(link => link.ifname).sort(), ['lo', 'v0', 'v2']);
    holder.kill();
  },

  'addresses: add makes what ip shows': async () => {
    const rt = await ready();
    await rt.addresses.add({
      dev: 'v0',
      address: '10.0.0.1/24',
      label: 'v0:x',
      scope: 'link',
      metric: 7,
      validSeconds: 100,
      preferredSeconds: 50,
      noPrefixRoute: true,
    });
    await rt.addresses.add({dev: 'v0', address: '10.1.0.1', peer: '10.1.0.2/31'});
    const shown = ip('address', 'show', 'dev', 'v0');
    assert.match(shown, /inet 192\.168\.1\.2\/24 brd 192\.168\.1\.255 scope global v0/);
    assert.match(
      shown,
      /inet 10\.0\.0\.1\/24 metric 7 scope link dynamic noprefixroute v0:x\s+valid_lft (100|99)sec preferred_lft (50|49)sec/,
    );
    assert.match(shown, /inet 10\.1\.0\.1 peer 10\.1\.0\.2\/31 scope global v0/);
  },

  'addresses: list, get, change, replace, delete': async () => {
    const rt = await ready();
    assert.deepEqual(
      (await rt.addresses.list({dev: 'v0', scope: 'global'})).map(a => String(a.prefix)),
      ['192.168.1.2/24', 'fd00::2/64'],
    );
    await rt.addresses.replace({dev: 'v0', address: 'fd00::2/64', validSeconds: 1000});
    const changed = await rt.addresses.get({dev: 'v0', address: 'fd00::2'});
    assert.ok((changed.cacheinfo?.valid ?? 0) <= 1000);
    await assert.rejects(rt.addresses.add({dev: 'v0', address: '192.168.1.2/24'}), code('EEXIST'));
    await rt.addresses.delete({dev: 'v0', address: '192.168.1.2/24'});
    await assert.rejects(rt.addresses.get({dev: 'v0', address: '192.168.1.2'}), code('EADDRNOTAVAIL'));
    await assert.rejects(rt.addresses.delete({dev: 'v0', address: '192.168.1.2/24'}), code('EADDRNOTAVAIL'));
  },

  'addresses: flush deletes what fits': async () => {
    const rt = await ready();
    await rt.addresses.add({dev: 'v0', address: '10.0.0.1/24'});
    assert.equal(await rt.addresses.flush({dev: 'v0', to: '10.0.0.0/8'}), 1);
    assert.match(ip('-4', 'address', 'show', 'dev', 'v0'), /192\.168\.1\.2/);
    assert.equal(await rt.addresses.flush({dev: 'v0', family: 'inet'}), 1);
    assert.equal(ip('-4', 'address', 'show', 'dev', 'v0'), '');
  },

  'routes: add, as in the first sentence of the README': async () => {
    const rt = await ready();
    await rt.routes.add({dst: '172.16.32.0/24', gateway: '192.168.1.1'});
    assert.match(ip('route'), /^172\.16\.32\.0\/24 via 192\.168\.1\.1 dev v0 $/m);
    await assert.rejects(rt.routes.add({dst: '172.16.32.0/24', gateway: '192.168.1.1'}), code('EEXIST'));
    const lines: string[] = [];
    for await (const batch of rt.routes.stream({family: 'inet', table: 'main'})) {
      for (const route of batch) lines.push(`${route.destination} ${route.gateway ?? '-'}`);
    }
    assert.deepEqual(lines, ['172.16.32.0/24 192.168.1.1', '192.168.1.0/24 -']);
  },

  'routes: every field reaches the kernel': async () => {
    const rt = await ready();
    await rt.routes.add({
      dst: '10.0.0.0/8',
      gateway: '192.168.1.1',
      dev: 'v0',
      metric: 5,
      prefsrc: '192.168.1.2',
      table: 1000,
      protocol: 'static',
      tos: 0x10,
      onlink: true,
      metrics: {mtu: 1400, lock: 1 << 2, advmss: 1000},
    });
    assert.match(
      ip('route', 'show', 'table', '1000'),
      /^10\.0\.0\.0\/8 tos 0x10 via 192\.168\.1\.1 dev v0 proto static src 192\.168\.1\.2 metric 5 onlink mtu lock 1400 advmss 1000 $/m,
    );
    await rt.routes.add({dst: 'default', gateway: 'fe80::1', dev: 'v0', expiresSeconds: 100, table: 99});
    assert.match(
      ip('-6', 'route', 'show', 'table', '99'),
      /^default via fe80::1 dev v0 metric 1024 expires (100|99)sec pref medium$/m,
    );
    await rt.routes.add({dst: '10.5.0.0/16', gateway: 'fd00::9'});
    assert.match(ip('route', 'show', '10.5.0.0/16'), /^10\.5\.0\.0\/16 via inet6 fd00::9 dev v0 $/m);
    await rt.routes.add({dst: '198.51.100.0/24', type: 'blackhole'});
    assert.match(ip('route'), /^blackhole 198\.51\.100\.0\/24 $/m);
  },

  'routes: several legs': async () => {
    const rt = await ready();
    await rt.routes.add({
      dst: '10.0.0.0/8',
      nexthops: [
        {gateway: '192.168.1.1', weight: 3},
        {gateway: '203.0.113.1', dev: 'v0', onlink: true},
      ],
    });
    assert.match(
      ip('route', 'show', '10.0.0.0/8'),
      /nexthop via 192\.168\.1\.1 dev v0 weight 3 \n\s*nexthop via 203\.0\.113\.1 dev v0 weight 1 onlink/,
    );
    const [route] = await rt.routes.list({dst: '10.0.0.0/8'});
    assert.deepEqual(
      route?.multipath?.map(leg => [String(leg.gateway), leg.hops]),
      [
        ['192.168.1.1', 2],
        ['203.0.113.1', 0],
      ],
    );
    assert.equal((await rt.routes.list({dev: 'v0', dst: '10.0.0.0/8'})).length, 1);
  },

  'routes: change, replace, append, prepend, delete': async () => {
    const rt = await ready();
    const dst = '10.0.0.0/8';
    await assert.rejects(rt.routes.change({dst, dev: 'v0'}), code('ENOENT'));
    await rt.routes.replace({dst, gateway: '192.168.1.1'});
    await rt.routes.replace({dst, gateway: '192.168.1.2'}).catch(() => undefined);
    await rt.routes.replace({dst, gateway: '192.168.1.3'});
    await rt.routes.append({dst, gateway: '192.168.1.4'});
    await rt.routes.prepend({dst, gateway: '192.168.1.5'});
    const gateways = async () => (await rt.routes.list({dst})).map(route => route.gateway?.toString());
    assert.deepEqual(await gateways(), ['192.168.1.5', '192.168.1.3', '192.168.1.4']);
    await rt.routes.delete({dst, gateway: '192.168.1.3'});
    assert.deepEqual(await gateways(), ['192.168.1.5', '192.168.1.4']);
    await rt.routes.delete({dst});
    await rt.routes.delete({dst});
    await assert.rejects(rt.routes.delete({dst}), code('ESRCH'));
  },

  'routes: get answers for a packet, and refuses as the kernel does': async () => {
    const rt = await ready();
    await rt.routes.add({dst: '172.16.32.0/24', gateway: '192.168.1.1'});
    const route = await rt.routes.get('172.16.32.5');
    assert.deepEqual(
      [String(route.gateway), String(route.dst), String(route.prefsrc)],
      ['192.168.1.1', '172.16.32.5', '192.168.1.2'],
    );
    const matched = await rt.routes.get({dst: '172.16.32.5', dev: 'v0', fibMatch: true});
    assert.equal(String(matched.destination), '172.16.32.0/24');
    await assert.rejects(rt.routes.get('198.51.100.1'), code('ENETUNREACH'));
    assert.equal((await rt.routes.get(IpAddress.parse('fd00::7'))).oif, (await rt.links.get('v0')).index);
  },

  'routes: flush deletes what fits': async () => {
    const rt = await ready();
    const errors = await rt.batch(batch => {
      for (let i = 0; i < 1000; i++)
        batch.routes.add({dst: `10.${i >> 8}.${i & 255}.0/24`, gateway: '192.168.1.1', table: 70});
    });
    assert.equal(errors.filter(error => error !== undefined).length, 0);
    assert.equal((await rt.routes.list({table: 70})).length, 1000);
    assert.equal(await rt.routes.flush({table: 70}), 1000);
    assert.deepEqual(await rt.routes.list({table: 'all', gateway: '192.168.1.1'}), []);
    assert.equal((await rt.routes.list({family: 'inet'})).length, 1);
  },

  'routes: flush deletes what the kernel reports, of every form': async () => {
    const rt = await ready();
    const table = 71;
    await rt.routes.add({dst: '2001:db8:1::/48', gateway: 'fd00::9', table, metric: 5, metrics: {mtu: 1400}});
    await rt.routes.add({
      dst: '2001:db8:2::/48',
      nexthops: [{gateway: 'fd00::9'}, {gateway: 'fd00::8', weight: 2}],
      table,
    });
    await rt.routes.add({dst: '2001:db8:3::/48', type: 'unreachable', table});
    await rt.routes.add({dst: '2001:db8:4::/48', gateway: 'fd00::9', expiresSeconds: 100, table});
    await rt.routes.add({dst: 'default', gateway: 'fd00::9', table});
    await rt.routes.add({dst: '10.1.0.0/16', gateway: '192.168.1.1', table, tos: 0x10, metrics: {ccAlgo: 'cubic'}});
    await rt.routes.add({dst: '10.2.0.0/16', nexthops: [{gateway: '192.168.1.1'}, {gateway: '192.168.1.3'}], table});
    await rt.routes.add({dst: '10.3.0.0/16', type: 'throw', table});
    await rt.routes.add({dst: '10.4.0.0/16', gateway: 'fd00::9', table});
    await rt.routes.add({dst: 'default', gateway: '192.168.1.1', table, prefsrc: '192.168.1.2'});
    assert.equal((await rt.routes.list({table})).length, 10);
    assert.equal(await rt.routes.flush({table, family: 'inet6'}), 5);
    assert.equal(await rt.routes.flush({table}), 5);
    assert.deepEqual(await rt.routes.list({table}), []);
  },

  'routes: a table that does not exist is the kernel’s refusal': async () => {
    const rt = await ready();
    await assert.rejects(rt.routes.list({family: 'inet', table: 4711}), code('ENOENT'));
  },

  'rules: add, list, delete, flush': async () => {
    const rt = await ready();
    await rt.rules.add({
      priority: 50,
      from: '10.0.0.0/8',
      to: '10.1.0.0/16',
      iif: 'v0',
      fwmark: 5,
      fwmask: 7,
      table: 1000,
      ipProto: 6,
      sport: [5, 6],
      dport: 80,
      uid: 0,
      not: true,
    });
    assert.match(
      ip('rule', 'show', 'pref', '50'),
      /^50:\tnot from 10\.0\.0\.0\/8 to 10\.1\.0\.0\/16 fwmark 0x5\/0x7 iif v0 uidrange 0-0 ipproto tcp sport 5-6 dport 80 lookup 1000$/m,
    );
    await rt.rules.add({priority: 55, from: '11.0.0.0/8', table: 1000});
    await assert.rejects(rt.rules.add({priority: 55, from: '11.0.0.0/8', table: 1000}), code('EEXIST'));
    await rt.rules.add({priority: 60, action: 'blackhole', from: 'fd00::/64'});
    await rt.rules.add({priority: 70, goto: 32766});
    assert.match(ip('rule'), /^70:\tfrom all goto 32766$/m);
    assert.match(ip('-6', 'rule'), /^60:\tfrom fd00::\/64 blackhole$/m);
    assert.deepEqual(
      (await rt.rules.list({family: 'inet'})).map(rule => rule.priority ?? 0),
      [0, 50, 55, 70, 32766, 32767],
    );
    assert.equal((await rt.rules.get({priority: 70})).goto, 32766);
    await rt.rules.delete({priority: 70});
    await assert.rejects(rt.rules.get({priority: 70}), code('ENOENT'));
    await assert.rejects(rt.rules.delete({priority: 70}), code('ENOENT'));
    assert.equal(await rt.rules.flush({family: 'inet6', priority: 60}), 1);
    assert.equal(await rt.rules.flush({table: 1000}), 2);
    assert.equal((await rt.rules.list()).length, 5);
  },

  'neighbours: add, list, get, change, replace, delete, flush': async () => {
    const rt = await ready();
    const entry = {dev: 'v0', address: '192.168.1.9', lladdr: '02:00:00:00:00:09'};
    await rt.neighbours.add(entry);
    assert.match(ip('neigh'), /^192\.168\.1\.9 dev v0 lladdr 02:00:00:00:00:09 PERMANENT *$/m);
    await assert.rejects(rt.neighbours.add(entry), code('EEXIST'));
    await rt.neighbours.replace({...entry, state: 'reachable', protocol: 'static'});
    assert.match(ip('neigh'), /^192\.168\.1\.9 dev v0 lladdr 02:00:00:00:00:09 REACHABLE proto static *$/m);
    const one = await rt.neighbours.get(entry);
    assert.deepEqual([one.state, [...(one.lladdr ?? [])]], [2, [2, 0, 0, 0, 0, 9]]);
    await rt.neighbours.change({...entry, lladdr: '02:00:00:00:00:0a'});
    await rt.neighbours.add({dev: 'v0', address: 'fd00::9', lladdr: '02:00:00:00:00:09', state: 'stale', router: true});
    assert.deepEqual(
      (await rt.neighbours.list({dev: 'v0', states: ['stale']})).map(n => String(n.dst)),
      ['fd00::9'],
    );
    await rt.neighbours.add({dev: 'v0', address: '192.168.1.77', proxy: true});
    assert.match(ip('neigh', 'show', 'proxy'), /^192\.168\.1\.77 dev v0 +proxy *$/m);
    assert.deepEqual(
      (await rt.neighbours.list({proxy: true})).map(n => String(n.dst)),
      ['192.168.1.77'],
    );
    await rt.neighbours.delete({dev: 'v0', address: 'fd00::9'});
    await assert.rejects(rt.neighbours.get({dev: 'v0', address: 'fd00::9'}), code('ENOENT'));
    assert.equal(await rt.neighbours.flush({dev: 'v0', states: ['permanent']}), 1);
    assert.deepEqual(await rt.neighbours.list({dev: 'v0', states: ['permanent']}), []);
  },

  'nexthops: single ones, groups, resilient groups and routes over them': async () => {
    const rt = await ready();
    await rt.nexthops.add({id: 1, gateway: '192.168.1.1', dev: 'v0'});
    await rt.nexthops.add({id: 2, gateway: 'fd00::1', dev: 'v0', protocol: 'static'});
    await rt.nexthops.add({id: 3, gateway: '192.168.1.3', dev: 'v0', onlink: true});
    await rt.nexthops.add({id: 10, group: [{id: 1, weight: 3}, {id: 3}]});
    await rt.nexthops.add({id: 11, group: [{id: 1}], resilient: {buckets: 4, idleTimerSeconds: 5}});
    assert.match(ip('nexthop', 'show', 'id', '10'), /^id 10 group 1,3\/3 $/m);
    assert.match(ip('nexthop', 'show', 'id', '11'), /type resilient buckets 4 idle_timer 5 /);
    await rt.routes.add({dst: '10.0.0.0/8', nexthopId: 10});
    assert.match(ip('route', 'show', '10.0.0.0/8'), /^10\.0\.0\.0\/8 nhid 10 /m);
    assert.equal((await rt.nexthops.get(2)).gateway?.toString(), 'fd00::1');
    assert.deepEqual(
      (await rt.nexthops.list({groups: true})).map(nexthop => nexthop.id),
      [10, 11],
    );
    assert.deepEqual(
      (await rt.nexthops.list({protocol: 'static'})).map(nexthop => nexthop.id),
      [2],
    );
    assert.deepEqual(
      (await rt.nexthops.buckets(11)).map(bucket => bucket.resBucket?.nhId),
      [1, 1, 1, 1],
    );
    await rt.nexthops.replace({id: 10, group: [{id: 3}]});
    await rt.nexthops.delete(1);
    await assert.rejects(rt.nexthops.get(1), code('ENOENT'));
    assert.equal(await rt.nexthops.flush({protocol: 'static'}), 1);
    const id = await rt.nexthops.add({gateway: '192.168.1.7', dev: 'v0'});
    assert.equal((await rt.nexthops.get(id)).gateway?.toString(), '192.168.1.7');
  },

  'batch: answers come in order, refusals do not stop it': async () => {
    const rt = await ready();
    const errors = await rt.batch(batch => {
      batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
      batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
      batch.links.change({dev: 'v1', mtu: 1300});
      batch.addresses.add({dev: 'v0', address: '10.9.0.1/24'});
      batch.rules.add({priority: 5, table: 'main'});
      batch.neighbours.add({dev: 'v0', address: '192.168.1.9', lladdr: '02:00:00:00:00:09'});
      batch.nexthops.delete(4711);
    });
    assert.deepEqual(
      errors.map(error => error?.code),
      [undefined, 'EEXIST', undefined, undefined, undefined, undefined, 'ENOENT'],
    );
    assert.equal((await rt.links.get('v1')).mtu, 1300);
  },

  'batch: nothing is sent when a device does not exist or input is wrong': async () => {
    const rt = await ready();
    const before = ip('route');
    await assert.rejects(
      rt.batch(batch => {
        batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
        batch.routes.add({dst: '11.0.0.0/8', dev: 'nope'});
      }),
      code('ENODEV'),
    );
    await assert.rejects(
      rt.batch(batch => {
        batch.routes.add({dst: '10.0.0.0/8', dev: 'v0'});
        batch.routes.add({dst: '11.0.0.0/33', dev: 'v0'});
      }),
      InputError,
    );
    assert.equal(ip('route'), before);
  },

  'sockets: what listens and what is connected': async () => {
    ip('link', 'set', 'lo', 'up');
    const server = createServer().listen(8080);
    await once(server, 'listening');
    const client = connect(8080, '127.0.0.1');
    await once(client, 'connect');
    const udp = createSocket('udp4').bind(53, '127.0.0.1');
    await once(udp, 'listening');
    await using diag = await SockDiag.open();
    const [listener] = await diag.list({states: ['listen']});
    assert.deepEqual(
      [listener?.stateName, listener?.family, listener?.sport, listener?.wqueue],
      ['listen', 10, 8080, 511],
    );
    const [connection] = await diag.list({
      family: 'inet',
      localPort: client.localPort ?? 0,
      attributes: ['info', 'cong'],
    });
    assert.deepEqual(
      [String(connection?.src), String(connection?.dst), connection?.dport],
      ['127.0.0.1', '127.0.0.1', 8080],
    );
    assert.ok((connection?.info?.sndMss ?? 0) > 0 && typeof connection?.cong === 'string');
    const ports: number[] = [];
    for await (const batch of diag.stream({transport: 'udp'})) ports.push(...batch.map(socket => socket.sport));
    assert.deepEqual(ports, [53]);
    assert.deepEqual(await diag.list({transport: 'udp', peerPort: 9}), []);
    udp.close();
    client.destroy();
    server.close();
  },

  'errors: input that cannot be meant names its field': async () => {
    const rt = await ready();
    const field = (wanted: string) => (error: unknown) =>
      error instanceof InputError && error.code === 'ERR_INPUT' && error.field === wanted;
    await assert.rejects(rt.routes.add({dst: '10.0.0.0/40'}), field('dst'));
    await assert.rejects(rt.routes.add({dst: '10.0.0.0/8', gateway: '10.0.0'}), field('gateway'));
    await assert.rejects(rt.routes.add({dst: '10.0.0.0/8', dev: 'v0', table: 'no such table'}), field('table'));
    await assert.rejects(rt.links.change({dev: 'v0', address: '02:zz'}), field('address'));
    await assert.rejects(rt.neighbours.add({dev: 'v0', address: 'x'}), field('address'));
  },

  'errors: the kernel’s words and the request are kept': async () => {
    const rt = await ready();
    await assert.rejects(rt.routes.add({dst: '172.16.33.0/24', gateway: '203.0.113.1'}), (error: NetlinkError) => {
      assert.deepEqual(
        [error.name, error.code, error.errno, error.request, error.kernelText],
        ['NetlinkError', 'ENETUNREACH', 101, 'RTM_NEWROUTE', 'Nexthop has invalid gateway'],
      );
      return true;
    });
    await assert.rejects(rt.links.get('nope'), (error: NetlinkError) => error.request === 'RTM_GETLINK');
  },

  'records: JSON is plain': async () => {
    const rt = await ready();
    const link = JSON.parse(JSON.stringify(await rt.links.get('v0'))) as Record<string, unknown>;
    assert.equal(link.address, '02:00:00:00:00:01');
    const [address] = JSON.parse(JSON.stringify(await rt.addresses.list({dev: 'v0', family: 'inet'}))) as Record<
      string,
      unknown
    >[];
    assert.deepEqual([address?.local, address?.prefixlen], ['192.168.1.2', 24]);
  },

  'connections: a loop over a stream may ask for other things': async () => {
    const rt = await ready();
    for await (const batch of rt.routes.stream({table: 'all'})) {
      for (const route of batch) {
        if (route.oif !== undefined)
          assert.ok(['v0', 'v1', 'lo'].includes((await rt.links.get(route.oif)).ifname ?? ''));
      }
    }
  },

  'connections: two namespaces at once': async () => {
    const rt = await ready();
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
    await once(holder.stdout, 'data');
    const there = await RtNetlink.open({netns: `/proc/${holder.pid}/ns/net`});
    const [here, other] = await Promise.all([rt.links.list(), there.links.list()]);
    assert.deepEqual([here.length, other.length], [3, 1]);
    there.close();
    holder.kill();
    await assert.rejects(RtNetlink.open({netns: 'no-such-namespace'}), code('ENOENT'));
  },

  'connections: a namespace by its name': async () => {
    ip('netns', 'add', 'blue');
    const rt = await ready();
    await rt.links.add({kind: 'veth', name: 'a', peer: {name: 'b', netns: 'blue'}});
    const blue = await RtNetlink.open({netns: 'blue'});
    assert.deepEqual((await blue.links.list()).map(link => link.ifname).sort(), ['b', 'lo']);
    await blue.addresses.add({dev: 'b', address: '192.0.2.1/24'});
    assert.match(ip('-n', 'blue', 'address', 'show', 'dev', 'b'), /inet 192\.0\.2\.1\/24 scope global b/);
  },

  'connections: a signal and close end what is under way': async () => {
    const control = new AbortController();
    const rt = await RtNetlink.open({signal: control.signal});
    control.abort(new Error('enough'));
    await assert.rejects(rt.links.list(), /enough|EBADF/);
    const other = await ready();
    other.close();
    await assert.rejects(other.links.list(), code('EBADF'));
    await assert.rejects(RtNetlink.open({signal: AbortSignal.abort(new Error('never'))}), /never/);
  },

  'connections: an idle one does not keep the process alive': async () => {
    await RtNetlink.open();
  },
};
