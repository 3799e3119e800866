import {expect, test} from 'vitest';
import {tcpInfo} from '../../../src/sockdiag/tcpInfo.js';
import {InetAttributes} from '../../../src/ss/attributes.js';
import {TCPI, writeTcpInfo} from '../../../src/ss/tcpInfo.js';
import {GrowingSink} from '../../../src/view/growing.js';

const style = {timers: false, extended: false, bpf: 0, numeric: true};

/** What is shown of a message of 72 zero bytes with INET_DIAG_INFO and INET_DIAG_CONG. */
function shown(info: Uint8Array, options = style): string {
  const cong = [10, 0, 4, 0, ...Buffer.from('cubic\0'), 0, 0];
  const size = info.length + 4;
  const padding = Array.from({length: -size & 3}, () => 0);
  const message = Uint8Array.from([...new Uint8Array(72), size & 255, size >> 8, 2, 0, ...info, ...padding, ...cong]);
  const attributes = new InetAttributes();
  attributes.read(message, 0, message.length);
  const out = new GrowingSink();
  writeTcpInfo(out, message, attributes, options);
  return Buffer.from(out.buffer.subarray(0, out.position)).toString('latin1');
}

function info(fields: Partial<Record<keyof typeof TCPI, number>>, length = 280): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [name, value] of Object.entries({reordering: 3, ...fields})) {
    const at = TCPI[name as keyof typeof TCPI];
    if (at < 8) view.setUint8(at, value);
    else view.setUint32(at, value, true);
  }
  return bytes;
}

test('offsets are those of the schema', () => {
  let at = 0;
  const offsets: Record<string, number> = {};
  for (const [name, node] of Object.entries(tcpInfo.fields ?? {})) {
    offsets[name] = at;
    at += (node as {size: number}).size;
  }
  expect(offsets).toMatchObject(TCPI);
});

test('a connection', () => {
  const fields = {options: 7, wscale: 0xa7, rto: 204000, rtt: 4496, rttvar: 8956, sndMss: 1460, sndCwnd: 10, segsIn: 2};
  expect(shown(info(fields))).toBe(
    ' cubic wscale:7,10 rto:204 rtt:4.496/8.956 mss:1460 cwnd:10 segs_in:2 send 25978648bps',
  );
  expect(shown(info(fields), {...style, extended: true})).toMatch(/^ ts sack cubic wscale/);
});

test('older and newer kernels', () => {
  expect(shown(info({sndCwnd: 5, totalRetrans: 9, pacingRate: 100}).slice(0, 104))).toBe(' cubic cwnd:5 retrans:0/9');
  expect(shown(new Uint8Array())).toBe(' cubic reordering:0');
  const longer = new Uint8Array(400).fill(255, 232);
  longer[TCPI.reordering] = 3;
  expect(shown(longer)).toBe(' cubic');
});

test('values that are usual are left out, others may be negative', () => {
  expect(shown(info({rto: 3_000_000, sndSsthresh: 0xffff, minRtt: 0xffff_ffff}))).toBe(' cubic');
  expect(shown(info({sndMss: 0xffff_ffff, reordering: 0xffff_ffff, busyTime: 3000, rwndLimited: 1000}))).toBe(
    ' cubic mss:-1 busy:3ms rwnd_limited:1ms(33.3%) reordering:-1',
  );
});
