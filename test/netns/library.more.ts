import assert from 'node:assert/strict';
import {accessSync, constants, writeFileSync} from 'node:fs';
import {formatLladdr, InputError, RtNetlink} from '../../src/index.js';
import {code, ip, ready} from './library.common.js';

function mayOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Labels, tables of neighbours, settings, tokens, multicast addresses, tun devices. */
export const moreCases: Readonly<Record<string, () => Promise<void>>> = {
  'address labels: made, listed, deleted, flushed': async () => {
    const rt = await ready();
    const before = ip('addrlabel');
    await rt.addressLabels.add({prefix: '2001:db8::/32', label: 99});
    await rt.addressLabels.add({prefix: '2001:db8::/32', dev: 'v0', label: 98});
    assert.match(ip('addrlabel'), /^prefix 2001:db8::\/32 dev v0 label 98 $/m);
    await assert.rejects(rt.addressLabels.add({prefix: '2001:db8::/32', label: 99}), code('EEXIST'));
    await assert.rejects(rt.addressLabels.add({prefix: '2001:db8::/129', label: 1}), InputError);
    const labels = (await rt.addressLabels.list()).map(({address, label}) => `${address} ${label}`);
    assert.ok(labels.includes('2001:db8:: 98') && labels.includes('2001:db8:: 99'));
    await rt.addressLabels.delete({prefix: '2001:db8::/32', label: 99});
    await rt.addressLabels.delete({prefix: '2001:db8::/32', dev: 'v0', label: 98});
    await assert.rejects(rt.addressLabels.delete({prefix: '2001:db8::/32', label: 99}), code('ESRCH'));
    assert.equal(ip('addrlabel'), before);
    assert.equal(await rt.addressLabels.flush(), before.trim().split('\n').length);
    assert.equal(ip('addrlabel'), '');
  },

  'neighbour tables: parameters of one link, limits, refusals': async () => {
    const rt = await ready();
    await rt.neighbourTables.change({name: 'arp_cache', dev: 'v0', queueLen: 50, retransTime: 2000n, ucastProbes: 7});
    assert.match(
      ip('ntable', 'show', 'name', 'arp_cache', 'dev', 'v0'),
      /retrans 2000 .* queue 50 .* ucast_probes 7 /s,
    );
    assert.match(ip('ntable', 'show', 'name', 'arp_cache', 'dev', 'v1'), /ucast_probes 3 /);
    const found = await rt.neighbourTables.list({family: 'inet', dev: 'v0'});
    assert.deepEqual(
      found.map(({name, parms}) => [name, parms?.retransTime, parms?.ucastProbes]),
      [['arp_cache', 2000n, 7]],
    );
    assert.deepEqual(await rt.neighbourTables.list({name: 'nope'}), []);
    await assert.rejects(rt.neighbourTables.change({name: 'nope', queueLen: 1}), code('ENOENT'));
    await assert.rejects(rt.neighbourTables.change({name: 'arp_cache', dev: 'nope', queueLen: 1}), code('ENODEV'));
  },

  'netconf: of one link, of all, of new ones': async () => {
    const rt = await ready();
    const of = async (dev: string) => rt.netconf.get({family: 'inet', dev});
    assert.equal((await of('v0')).ifindex, (await rt.links.get('v0')).index);
    assert.equal((await of('all')).ifindex, -1);
    assert.equal((await of('default')).ifindex, -2);
    assert.equal((await rt.netconf.list({dev: 'v0', family: 'inet6'})).length, 1);
    assert.equal((await rt.netconf.list({family: 'inet'})).length, ip('-4', 'netconf').trim().split('\n').length);
    await assert.rejects(of('nope'), code('ENODEV'));
  },

  'tokens: refused, listed': async () => {
    const rt = await ready();
    const v0 = (await rt.links.get('v0')).index;
    assert.deepEqual(
      (await rt.tokens.list()).map(({token}) => `token ${token}`),
      ip('token')
        .trim()
        .split('\n')
        .map(line => line.replace(/ dev .*/, '')),
    );
    assert.equal((await rt.tokens.get('v0'))?.index, v0);
    assert.equal(await rt.tokens.get('lo'), undefined);
    await assert.rejects(rt.tokens.set({dev: 'v0', token: '10.0.0.1'}), InputError);
    // Only links that ask for routers take a token.
    await assert.rejects(rt.tokens.set({dev: 'v0', token: '::1a'}), code('EINVAL'));
    writeFileSync('/proc/sys/net/ipv6/conf/v0/router_solicitations', '1');
    await rt.tokens.set({dev: 'v0', token: '::1a'});
    assert.match(ip('token'), /^token ::1a dev v0$/m);
    await rt.tokens.delete('v0');
    assert.match(ip('token'), /^token :: dev v0$/m);
  },

  'multicast: listened to by hand, of another namespace, refused': async () => {
    const rt = await ready();
    await rt.multicast.add({dev: 'v0', address: '33:33:00:00:12:34'});
    const [found] = (await rt.multicast.list({dev: 'v0', family: 'link'})).filter(({isStatic}) => isStatic);
    assert.equal(formatLladdr(found?.link ?? new Uint8Array()), '33:33:00:00:12:34');
    assert.match(ip('maddress', 'show', 'dev', 'v0'), /link {2}33:33:00:00:12:34 static$/m);
    const groups = (await rt.multicast.list({dev: 'v0', family: 'inet'})).map(({address}) => String(address));
    assert.deepEqual(groups, ['224.0.0.1']);
    await rt.multicast.delete({dev: 'v0', address: '33:33:00:00:12:34'});
    await assert.rejects(rt.multicast.delete({dev: 'v0', address: '33:33:00:00:12:34'}), code('ENOENT'));
    await assert.rejects(rt.multicast.add({dev: 'nope', address: '33:33:00:00:12:34'}), code('ENODEV'));
    await assert.rejects(rt.multicast.add({dev: 'v0', address: '33:33'}), InputError);

    await rt.namespaces.add('blue');
    const there = await RtNetlink.open({netns: 'blue'});
    await there.links.change({dev: 'lo', up: true});
    assert.deepEqual(
      (await there.multicast.list({family: 'inet6', dev: 'lo'})).map(({address}) => String(address)),
      ['ff02::1', 'ff01::1'],
    );
    await assert.rejects(there.multicast.add({dev: 'v0', address: '33:33:00:00:12:34'}), code('ENODEV'));
    await rt.namespaces.delete('blue');
    await assert.rejects(there.multicast.list(), code('ENOENT'));
  },

  'tun and tap devices: made, listed, refused, of another namespace': async () => {
    const rt = await ready();
    await assert.rejects(rt.tuntaps.add({mode: 'tap', name: ''}), InputError);
    if (!mayOpen('/dev/net/tun')) {
      await assert.rejects(rt.tuntaps.add({mode: 'tap', name: 't0'}), code('EACCES'));
      return;
    }
    assert.equal(await rt.tuntaps.add({mode: 'tap', name: 't%d', vnetHdr: true, owner: 0}), 't0');
    assert.equal(ip('tuntap'), 't0: tap vnet_hdr persist user 0\n');
    await assert.rejects(rt.tuntaps.add({mode: 'tap', name: 't0'}), code('EBUSY'));
    await assert.rejects(rt.tuntaps.delete({mode: 'tun', name: 't0'}), code('EINVAL'));
    const [link] = await rt.links.list({kind: 'tun'});
    assert.equal(link?.ifname, 't0');
    await rt.namespaces.add('blue');
    const there = await RtNetlink.open({netns: 'blue'});
    await there.tuntaps.add({mode: 'tun', name: 't1'});
    assert.deepEqual(
      (await there.links.list({kind: 'tun'})).map(({ifname}) => ifname),
      ['t1'],
    );
    await rt.tuntaps.delete({mode: 'tap', name: 't0', vnetHdr: true});
    assert.equal(ip('tuntap'), '');
  },

  'batch: the smaller objects': async () => {
    const rt = await ready();
    const errors = await rt
      .batch(batch => {
        batch.addressLabels.add({prefix: '2001:db8::/32', label: 5});
        batch.neighbourTables.change({name: 'ndisc_cache', dev: 'v0', queueLen: 9});
        batch.tokens.delete('nope');
      })
      .catch(error => error.code);
    assert.equal(errors, 'ENODEV');
    assert.deepEqual(
      await rt.batch(batch => {
        batch.addressLabels.add({prefix: '2001:db8::/32', label: 5});
        batch.neighbourTables.change({name: 'ndisc_cache', dev: 'v0', queueLen: 9});
      }),
      [undefined, undefined],
    );
    assert.match(ip('ntable', 'show', 'name', 'ndisc_cache', 'dev', 'v0'), / queue 9 /);
  },
};
