import {RtNetlink} from 'tsiproute2';

const rt = await RtNetlink.open();

// ip address add 198.51.100.1/24 brd + dev eth0 label eth0:web
await rt.addresses.add({dev: 'eth0', address: '198.51.100.1/24', broadcast: '+', label: 'eth0:web'});
// ip address add 2001:db8::1/64 dev eth0 valid_lft 3600 preferred_lft 1800 nodad
await rt.addresses.add({
  dev: 'eth0',
  address: '2001:db8::1/64',
  validSeconds: 3600,
  preferredSeconds: 1800,
  noDad: true,
});

// ip address show dev eth0 scope global
for (const address of await rt.addresses.list({dev: 'eth0', scope: 'global'})) {
  const life = address.cacheinfo.valid === 0xffffffff ? 'forever' : 'for a while';
  console.log(`${address.prefix} ${address.label ?? ''} ${life}`);
}

// ip address del 198.51.100.1/24 dev eth0
await rt.addresses.delete({dev: 'eth0', address: '198.51.100.1/24'});

// ip -6 address flush dev eth0 to 2001:db8::/32
console.log('flushed', await rt.addresses.flush({dev: 'eth0', to: '2001:db8::/32'}));

rt.close();
