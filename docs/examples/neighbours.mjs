import {formatLladdr, neighbourStateWords, RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip neighbour add 192.168.1.9 lladdr 02:00:00:00:00:09 dev eth0
await rt.neighbours.add({dev: 'eth0', address: '192.168.1.9', lladdr: '02:00:00:00:00:09'});
// ip neighbour replace fd00:1::9 lladdr 02:00:00:00:00:09 dev eth0 nud stale router
await rt.neighbours.replace({
  dev: 'eth0',
  address: 'fd00:1::9',
  lladdr: '02:00:00:00:00:09',
  state: 'stale',
  router: true,
});
// ip neighbour add proxy 192.168.1.77 dev eth0
await rt.neighbours.add({dev: 'eth0', address: '192.168.1.77', proxy: true});

// ip neighbour show dev eth0 nud permanent nud stale
for (const neighbour of await rt.neighbours.list({dev: 'eth0', states: ['permanent', 'stale']})) {
  const states = neighbourStateWords(neighbour.state).join();
  console.log(`${neighbour.dst} is ${formatLladdr(neighbour.lladdr)}, ${states}`);
}

// ip neighbour show proxy
console.log('answers for', (await rt.neighbours.list({proxy: true})).map(entry => `${entry.dst}`).join());

// ip neighbour get 192.168.1.9 dev eth0
console.log(formatLladdr((await rt.neighbours.get({dev: 'eth0', address: '192.168.1.9'})).lladdr));

// ip neighbour flush dev eth0 nud permanent
console.log('flushed', await rt.neighbours.flush({dev: 'eth0', states: ['permanent']}));

rt.close();
