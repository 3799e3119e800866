import {formatLladdr, linkFlagWords, RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip link add br0 type bridge forward_delay 400
await rt.links.add({kind: 'bridge', name: 'br0', data: {forwardDelay: 400}});
// ip link add a address 02:00:00:00:00:0a up type veth peer name b
await rt.links.add({kind: 'veth', name: 'a', address: '02:00:00:00:00:0a', up: true, peer: {name: 'b'}});
// ip link set b master br0 mtu 1400 alias 'first port'
await rt.links.change({dev: 'b', master: 'br0', mtu: 1400, alias: 'first port'});
// ip link property add dev b altname port-with-a-long-name
await rt.links.addNames('b', ['port-with-a-long-name']);

const bridge = await rt.links.get('br0');
for (const link of await rt.links.list({master: 'br0'})) {
  console.log(link.ifname, link.mtu, link.ifalias, link.altnames.join(), link.master === bridge.index);
}

const a = await rt.links.get('a');
console.log(a.kind, formatLladdr(a.address), linkFlagWords(a.flags).includes('UP'));
// Counters are bigint: 64 bits, never rounded
console.log(typeof a.stats64.rxBytes);

// ip link delete a
await rt.links.delete('a');
try {
  await rt.links.get('b');
} catch (error) {
  console.log('b went with it:', error.code);
}

rt.close();
