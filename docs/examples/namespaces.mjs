import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {RtNetlink} from 'tsiproute2';

// A namespace needs somebody who holds it: here a process, elsewhere `ip netns add blue` and {netns: 'blue'}
const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo ready; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
await once(holder.stdout, 'data');

const here = await RtNetlink.open();
const there = await RtNetlink.open({netns: `/proc/${holder.pid}/ns/net`});

// ip link add outside type veth peer name inside netns PID
await here.links.add({kind: 'veth', name: 'outside', up: true, peer: {name: 'inside', netns: holder.pid}});
// ip -n ... link set inside up; ip -n ... address add 203.0.113.2/24 dev inside
await there.links.change({dev: 'inside', up: true});
await there.addresses.add({dev: 'inside', address: '203.0.113.2/24'});

// Both connections work side by side
const [outer, inner] = await Promise.all([here.links.list(), there.links.list()]);
console.log(
  'here',
  outer
    .map(link => link.ifname)
    .sort()
    .join(),
);
console.log(
  'there',
  inner
    .map(link => link.ifname)
    .sort()
    .join(),
);

// The namespace's number as its peer sees it; -1 or absent when it has none
const link = await here.links.get('outside');
console.log('numbered', link.linkNetnsid >= 0);

here.close();
there.close();
holder.kill();
