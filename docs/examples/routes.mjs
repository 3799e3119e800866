import {RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip route add 172.16.32.0/24 via 192.168.1.9
await rt.routes.add({dst: '172.16.32.0/24', gateway: '192.168.1.9'});
// ip route add 10.9.0.0/16 nexthop via 192.168.1.9 weight 3 nexthop via 10.0.0.9
await rt.routes.add({dst: '10.9.0.0/16', nexthops: [{gateway: '192.168.1.9', weight: 3}, {gateway: '10.0.0.9'}]});

// ip -4 route show: one array per datagram, so a million routes never stand in memory at once
for await (const batch of rt.routes.stream({family: 'inet', table: 'main'})) {
  for (const route of batch) {
    const ways = route.multipath?.map(leg => `${leg.gateway} x${leg.hops + 1}`) ?? [route.gateway ?? 'direct'];
    console.log(`${route.destination} -> ${ways.join(', ')}`);
  }
}

// ip route get 172.16.32.5
const route = await rt.routes.get('172.16.32.5');
console.log(`172.16.32.5 goes to ${route.gateway} from ${route.prefsrc}`);

// A second add is refused: the code says why, whatever the language of the message
try {
  await rt.routes.add({dst: '172.16.32.0/24', gateway: '192.168.1.9'});
} catch (error) {
  console.log(error.code, error.request);
}

// ip route flush via 192.168.1.9
console.log('flushed', await rt.routes.flush({gateway: '192.168.1.9'}));

rt.close();
