import {RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip rule add priority 100 from 192.168.1.0/24 fwmark 0x5 table 1000
await rt.rules.add({priority: 100, from: '192.168.1.0/24', fwmark: 5, table: 1000});
// ip -6 rule add priority 200 to 2001:db8::/32 unreachable
await rt.rules.add({priority: 200, to: '2001:db8::/32', action: 'unreachable'});
// ip route add default via 10.0.0.9 table 1000
await rt.routes.add({dst: 'default', gateway: '10.0.0.9', table: 1000});

// ip rule; ip -6 rule. The kernel leaves out priority 0.
for (const rule of await rt.rules.list()) {
  console.log(rule.family === 2 ? 'inet ' : 'inet6', rule.priority ?? 0, `${rule.source ?? 'all'}`, rule.tableId);
}

// ip route get 198.51.100.1 from 192.168.1.1 mark 5
const route = await rt.routes.get({dst: '198.51.100.1', from: '192.168.1.1', mark: 5});
console.log(`marked packets go to ${route.gateway}`);

// ip rule del priority 100
await rt.rules.delete({priority: 100});
console.log('flushed', await rt.rules.flush({priority: 200}));

rt.close();
