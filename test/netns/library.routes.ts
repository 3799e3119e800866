import assert from 'node:assert/strict';
import {IpAddress} from '../../src/index.js';
import {code, ip, ready} from './library.common.js';

/** Routes, rules, neighbours and nexthops. */
export const routeCases: Readonly<Record<string, () => Promise<void>>> = {
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
};
