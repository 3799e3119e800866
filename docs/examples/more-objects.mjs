import {formatLladdr, RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip addrlabel add prefix 2001:db8::/32 label 99
await rt.addressLabels.add({prefix: '2001:db8::/32', label: 99});
for (const {address, prefixlen, label} of await rt.addressLabels.list()) {
  if (label === 99) console.log(`${address}/${prefixlen} has label ${label}`);
}
// ip addrlabel del prefix 2001:db8::/32 label 99
await rt.addressLabels.delete({prefix: '2001:db8::/32', label: 99});

// ip ntable change name arp_cache dev eth0 queue 50 retrans 2000
await rt.neighbourTables.change({name: 'arp_cache', dev: 'eth0', queueLen: 50, retransTime: 2000n});
// ip ntable show name arp_cache dev eth0
const [table] = await rt.neighbourTables.list({name: 'arp_cache', dev: 'eth0'});
console.log(table.name, table.parms.queueLen, table.parms.retransTime);

// ip -4 netconf show dev eth0
const {forwarding, rpFilter} = await rt.netconf.get({family: 'inet', dev: 'eth0'});
console.log(forwarding === 1, ['off', 'strict', 'loose'][rpFilter]);
// ip -4 netconf
console.log((await rt.netconf.list({family: 'inet'})).length, 'settings');

// ip token get dev eth0
console.log(`${(await rt.tokens.get('eth0')).token}`);

// ip maddress add 33:33:00:00:12:34 dev eth0
await rt.multicast.add({dev: 'eth0', address: '33:33:00:00:12:34'});
// ip -0 maddress show dev eth0
const byHand = (await rt.multicast.list({dev: 'eth0', family: 'link'})).filter(({isStatic}) => isStatic);
console.log(byHand.map(({link}) => formatLladdr(link)).join());

rt.close();
