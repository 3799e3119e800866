import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {RtNetlink} from '../../src/index.js';
import {code, ip, ready} from './library.common.js';

/** Links and addresses. */
export const linkCases: Readonly<Record<string, () => Promise<void>>> = {
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
};
