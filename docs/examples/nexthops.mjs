import {RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip nexthop add id 1 via 192.168.1.9 dev eth0; ip nexthop add id 2 via 10.0.0.9 dev eth1
await rt.nexthops.add({id: 1, gateway: '192.168.1.9', dev: 'eth0'});
await rt.nexthops.add({id: 2, gateway: '10.0.0.9', dev: 'eth1'});
// ip nexthop add id 10 group 1,3/2
await rt.nexthops.add({id: 10, group: [{id: 1, weight: 3}, {id: 2}]});
// ip nexthop add id 11 group 1/2 type resilient buckets 8 idle_timer 60
await rt.nexthops.add({id: 11, group: [{id: 1}, {id: 2}], resilient: {buckets: 8, idleTimerSeconds: 60}});

// ip route add 172.16.0.0/12 nhid 10
await rt.routes.add({dst: '172.16.0.0/12', nexthopId: 10});

// ip nexthop show
for (const nexthop of await rt.nexthops.list()) {
  const group = nexthop.group?.map(member => `${member.id} x${member.weight + 1}`).join(', ');
  console.log(nexthop.id, group ?? String(nexthop.gateway));
}

// ip nexthop bucket show id 11
console.log('buckets', (await rt.nexthops.buckets(11)).length);

// One change moves all routes of the group: ip nexthop replace id 10 group 2
await rt.nexthops.replace({id: 10, group: [{id: 2}]});
console.log(`now to ${(await rt.routes.get('172.16.32.5')).gateway}`);

// ip nexthop del id 10: its routes go with it
await rt.nexthops.delete(10);
console.log('routes left', (await rt.routes.list({dst: '172.16.0.0/12'})).length);

rt.close();
