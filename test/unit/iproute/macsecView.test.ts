import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {macsecMessage} from '../../../src/genetlink/macsec.js';
import {macsecView} from '../../../src/iproute/views/macsec.js';
import {Names} from '../../../src/names/tables.js';
import {eachMacsec, type openMacsec, type WholeDevice} from '../../../src/ops/macsec.js';
import type {ViewContext} from '../../../src/view/context.js';
import {JsonWriter} from '../../../src/view/json.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';
import {decode, hex} from '../rtnetlink/wire.js';

const context: ViewContext = {
  oneline: false,
  details: 0,
  statistics: 1,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: undefined,
  names: new Names(),
  ifname: index => (index === 1 ? 'lo' : `if${index}`),
};

const blocks = readFileSync(join(import.meta.dirname, '../../wire/macsec.txt'), 'utf8')
  .split('\n\n')
  .slice(1)
  .map(block => block.trimEnd().split('\n'));

const familyOf = (device: object) =>
  ({dump: (_cmd: number, take: (one: object) => void) => take(device)}) as unknown as ReturnType<typeof openMacsec>;

function devices(device: object, index = 0): WholeDevice[] {
  const found: WholeDevice[] = [];
  eachMacsec(index, familyOf(device), one => found.push(one));
  return found;
}

function shown(device: WholeDevice, write: (out: Sink) => void): string {
  const output = new MemoryOutput();
  const out = new Sink(output);
  write(out);
  out.flush();
  expect(device.ifindex).toBe(1);
  return new TextDecoder().decode(output.bytes());
}

describe.each(blocks)('device %#', (payload, ...wanted) => {
  const device = decode(macsecMessage, hex(payload as string));
  const [whole] = devices(device) as [WholeDevice];

  test('is shown with its counters as the reference does', () => {
    const lines = wanted.filter(line => line.startsWith('S ')).map(line => `${line.slice(2)}\n`);
    expect(shown(whole, out => macsecView.text(out, whole, context))).toBe(lines.join(''));
  });

  test('with -o joins what follows its first line, and leaves its last one open', () => {
    const lines = wanted.filter(line => line.startsWith('S ')).map(line => `${line.slice(2)}\n`);
    const joined = lines.map((line, i) => (i === 0 || i === lines.length - 1 ? line.replace('\n', '\\') : line));
    const c = {...context, oneline: true};
    expect(shown(whole, out => macsecView.text(out, whole, c))).toBe(joined.join(''));
  });

  test('is shown as JSON', () => {
    const [line] = wanted.filter(one => one.startsWith('J '));
    expect(`[${shown(whole, out => macsecView.json(new JsonWriter(out, false), whole, context)).trim()}]`).toBe(
      line?.slice(2),
    );
  });

  test('is passed over where another is asked for', () => expect(devices(device, 2)).toEqual([]));

  test('without what must be there ends the list', () => {
    expect(() => devices({...device, txscStats: undefined})).toThrow('incomplete dump message');
    expect(() => devices({...device, secy: {...device.secy, scb: undefined}})).toThrow('incomplete dump message');
  });
});
