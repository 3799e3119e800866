import {RtNetlink} from 'tsiproute2';

await using rt = await RtNetlink.open();
await using changes = rt.monitor({objects: ['routes', 'links'], signal: AbortSignal.timeout(5000)});

// Listening began above: nothing that happens from here on is missed
await rt.routes.add({dst: '172.16.32.0/24', gateway: '192.168.1.9'});
await rt.routes.delete({dst: '172.16.32.0/24'});
await rt.links.change({dev: 'eth1', mtu: 1400});

watching: for await (const events of changes) {
  for (const event of events) {
    // The kernel had no room for all events; what is there now follows as `resync` events
    if (event.kind === 'overrun') continue;
    if (event.object === 'routes') console.log(event.kind, String(event.record.destination));
    if (event.object === 'links') {
      console.log(event.kind, event.record.ifname, event.record.mtu);
      break watching;
    }
  }
}
