import {InputError, NetlinkError, RtNetlink} from 'tsiproute2';

// Ends everything of this connection when the program is told to stop
const control = new AbortController();
const rt = await RtNetlink.open({signal: control.signal});

// ip -batch -force: many changes to a send, answers in order
const [missing] = await rt.batch([
  {routes: {delete: {dst: '10.99.0.0/16'}}},
  {links: {change: {dev: 'eth0', mtu: 1500}}},
]);
console.log('missing', missing?.code);

// The same from a loop
const errors = await rt.batch(batch => {
  for (let i = 0; i < 1000; i++) {
    batch.routes.add({dst: `172.16.${i >> 3}.${(i & 7) << 5}/27`, gateway: '192.168.1.9', table: 70});
  }
  batch.routes.add({dst: '172.16.0.0/27', gateway: '192.168.1.9', table: 70});
});
console.log('refused', errors.flatMap((error, position) => (error ? [`${position}: ${error.code}`] : [])).join());
console.log('routes', (await rt.routes.list({table: 70})).length);

// Errors are values: the kernel's, and those of the input
for (const route of [
  {dst: '10.9.0.0/16', gateway: '203.0.113.1'},
  {dst: '10.9.0.0/99', gateway: '192.168.1.9'},
]) {
  try {
    await rt.routes.add(route);
  } catch (error) {
    if (error instanceof NetlinkError) console.log(error.code, error.kernelText);
    else if (error instanceof InputError) console.log(error.code, error.field);
    else throw error;
  }
}

// Records are plain in JSON
const [address] = await rt.addresses.list({dev: 'eth0', family: 'inet'});
const {local, prefixlen, label} = JSON.parse(JSON.stringify(address));
console.log(JSON.stringify({local, prefixlen, label}));

// Any call takes a signal of its own
await rt.routes.list({table: 70}, {signal: AbortSignal.abort()}).catch(error => console.log(error.name));

control.abort();
await rt.links.list().catch(error => console.log(error.name));
