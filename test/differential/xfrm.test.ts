import {differential, fixtures} from '../helpers/differential.js';

/** Without the moments that differ between both sides. */
const timeless = (command: string): string => `{ ${command}; } | sed 's/ add 2.* use/ use/'`;
const spi = 'ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp';

// The usual kernel of a test has no transforms: states exist only as reserved SPIs there.
differential('xfrm: states by allocspi', {
  setup: [...fixtures.net],
  steps: [
    `${spi} mode transport min 5 max 5 reqid 7; ${spi} min 9 max 7; ${spi} min 5; ${spi} spi 4; ${spi} min x`,
    'ip xfrm state allocspi src fd00::1 dst fd00::2 proto ah mode tunnel min 6 max 6',
    'ip -o xfrm state alloc src 10.0.0.1 dst 10.0.0.3 proto comp min 7 max 7 mark 5 mask 0xf',
    'ip xfrm state; ip -4 -o xfrm state; ip -j xfrm state list proto ah; ip xfrm s list mode transport reqid 7',
    timeless('ip -s xfrm state list spi 5; ip -s xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 5'),
    'ip xfrm state list src 10.0.0.0/24 dst 10.0.0.3; ip xfrm state list flag esn; ip xfrm state list dst any',
    'ip xfrm state count; ip -s xfrm state count',
    'ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 5; ip xfrm state get proto esp; ip xfrm state d',
    'ip -s -s xfrm state delall dst 10.0.0.3; ip -s -s xfrm state flush proto ah; ip xfrm state',
  ],
});

const add = 'ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto';
const esp = `${add} esp spi 0x51`;

differential('xfrm: states that are refused', {
  setup: [...fixtures.net],
  steps: [
    `${esp}; ${esp} comp deflate; ${esp} mode ro enc aes x; ${esp} coa 10.0.0.9 enc aes x; ${esp} enc aes 0xzz`,
    `${esp} enc; ${esp} enc aes; ${esp} auth-trunc a b; ${esp} aead a b x; ${esp} aead a 0xzz x; ${esp} aead a 0xzz; ${esp} enc a b aead c d 5; ${esp} aead a b 9`,
    `${add} ah spi 1 enc a b; ${add} ah spi 1; ${add} comp spi 70000; ${add} comp spi 1; ${add} route2 mode ro; ${add} hao`,
    `${esp} flag esn; ${esp} flag 0x107; ${esp} replay-window 5000; ${esp} limit soft 5; ${esp} limit byte-soft x`,
    `${esp} encap udp 1 2 0.0.0.0; ${esp} encap espinudp 1 70000 0.0.0.0; ${esp} offload dev nosuch; ${esp} offload dir x`,
    `${esp} sel proto icmp sport 4; ${esp} sel; ${esp} mark 5 mask x; ${esp} output-mark 4 mask x; ${esp} src 10.0.0.9`,
    `${add} route2 coa any mode ro; ip xfrm state upd coa all`,
    'ip xfrm state add; ip xfrm state add src 10.0.0.1 dst fd00::1; ip xfrm state add x; ip -6 xfrm state add src 10.0.0.1',
    'ip xfrm; ip xfrm sa; ip xfrm x; ip xfrm state x; ip xfrm state help; ip xfrm state list x; ip xfrm state flush proto 50',
    `${esp} enc 'cbc(aes)' 0x0123456789abcdef0123456789abcdef auth 'hmac(sha1)' key limit time-soft 9 encap espinudp 1 2 any`,
  ],
});

const policy = 'ip xfrm policy add';

differential('xfrm: policies', {
  setup: [...fixtures.net],
  steps: [
    `${policy} src 192.168.1.0/24 dst 10.0.0.0/24 dir out tmpl src 1.1.1.1 dst 2.2.2.2 proto esp mode tunnel`,
    `${policy} src 192.168.1.5 dst 10.0.0.0/24 proto tcp dport 443 dir in priority 10 tmpl proto esp reqid 9 level use`,
    `${policy} dst fd00:2::/64 dir fwd action block flag localok icmp tmpl src fd00::1 dst fd00::2 proto ah mode t tmpl proto esp spi 0x10 mode beet`,
    `${policy} dir out priority 3 proto icmp type 8 code 1 mark 3 mask 0xf if_id 4; ${policy} dir out proto gre key 1.2.3.4`,
    `${policy} dir in ptype sub; ${policy} dir out proto 99 dev eth0 flag 0x84 limit byte-hard 100; ${policy} dir out proto 99 dev eth0`,
    'ip xfrm policy; ip -o xfrm policy; ip -6 xfrm policy',
    timeless('ip -s xfrm policy'),
    'ip xfrm policy list dir in; ip xfrm policy list src 192.168.1.0/28; ip xfrm policy list flag icmp; ip xfrm policy list proto icmp',
    'ip xfrm policy get src 192.168.1.0/24 dst 10.0.0.0/24 dir out; ip xfrm policy get dir out; ip xfrm policy get dir in index 9 src 1.1.1.1',
    'ip xfrm policy update src 192.168.1.0/24 dst 10.0.0.0/24 dir out priority 7; ip xfrm policy list priority 7',
    'ip xfrm policy count; ip -o xfrm policy count; ip -o -s -s xfrm policy count; ip -s -s xfrm policy count; ip -s xfrm policy deleteall dir in; ip -s -s xfrm policy deleteall dir out',
    'ip xfrm policy delete dst fd00:2::/64 dir fwd; ip xfrm policy delete dst fd00:2::/64 dir fwd; ip -s -s xfrm policy flush ptype sub',
    'ip xfrm policy',
  ],
});

differential('xfrm: policies that are refused, thresholds and defaults', {
  setup: [...fixtures.net],
  steps: [
    `${policy}; ${policy} dir x; ${policy} dir in dir in; ${policy} dir in x; ${policy} dir in src 1.1.1.1 dst fd00::1`,
    `${policy} dir in tmpl; ${policy} dir in tmpl x; ${policy} dir in tmpl proto esp level x; ${policy} dir in tmpl mode tunnel`,
    `${policy} dir in proto x; ${policy} dir in key 5; ${policy} dir in proto gre key x; ${policy} dir in proto gre key 1.x; ${policy} dir in type 4`,
    `${policy} dir in action x; ${policy} dir in dev nosuch; ${policy} dir in src any; ip -4 xfrm policy add dir in src fd00::1`,
    'ip xfrm policy set hthresh4 24 32 hthresh6 12 13; ip -s -s xfrm policy count; ip xfrm policy set hthresh4 33 1; ip xfrm policy set hthresh6 1',
    'ip xfrm policy setdefault in block out accept; ip xfrm policy getdefault; ip xfrm policy setdefault in x; ip xfrm policy setd x',
    'ip xfrm policy x; ip xfrm policy help; ip xfrm policy list mark 3; ip xfrm policy delete dir in; ip xfrm policy flush ptype 3',
  ],
});

// Messages of all kinds that the kernel may send, with every attribute: states with keys among them.
const events = new URL('xfrm.events.gz', import.meta.url).pathname;

differential('xfrm: events from a file', {
  setup: [...fixtures.net, `gunzip -c ${events} > events`],
  steps: [
    'ip xfrm monitor file events',
    'ip -s xfrm monitor file events',
    'ip -o xfrm monitor all-nsid file events; ip xfrm monitor x; ip xfrm monitor SA help; ip xfrm monitor sa',
  ],
});
