import {describe, expect, test} from 'vitest';
import {addressView} from '../../src/iproute/views/address.js';
import {addressLinkView, linkView} from '../../src/iproute/views/link.js';
import {routeView} from '../../src/iproute/views/route.js';
import {Names} from '../../src/names/tables.js';
import {codecOf} from '../../src/netlink/codec.js';
import type {AnyMessage} from '../../src/netlink/schema.js';
import {Writer} from '../../src/netlink/writer.js';
import {addressMessage} from '../../src/rtnetlink/address/schema.js';
import {linkMessage} from '../../src/rtnetlink/link/schema.js';
import {routeMessage} from '../../src/rtnetlink/route/schema.js';
import {paletteFor} from '../../src/view/colour.js';
import {compileJson, compileText} from '../../src/view/compile.js';
import type {ViewContext} from '../../src/view/context.js';
import {JsonWriter} from '../../src/view/json.js';
import {MemoryOutput} from '../../src/view/outputs.js';
import {renderJson, renderText} from '../../src/view/render.js';
import {Sink} from '../../src/view/sink.js';
import type {View} from '../../src/view/view.js';
import {Random, sampleMessage} from './schema.samples.js';

const plain: ViewContext = {
  oneline: false,
  details: 0,
  statistics: 0,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: undefined,
  names: new Names(),
  ifname: index => `if${index}`,
};

const contexts: readonly ViewContext[] = [
  plain,
  {...plain, details: 1, statistics: 2},
  {...plain, oneline: true, details: 2, numeric: true},
];

/** Every view with the message its rows are made of. */
// biome-ignore lint/suspicious/noExplicitAny: rows of each view differ
const views: readonly (readonly [string, AnyMessage, (record: any) => unknown, View<any>])[] = [
  ['address', addressMessage, address => ({address, hasLink: address.index % 2 === 0}), addressView],
  ['link', linkMessage, link => ({link, isLowerDown: link.index % 2 === 0, netnsName: undefined}), linkView],
  ['link of addresses', linkMessage, link => ({link, isLowerDown: false, netnsName: 'blue'}), addressLinkView],
  ['route', routeMessage, route => route, routeView({} as never, {...plain, details: 1})],
];

function shown(use: (out: Sink) => void, size?: number): string {
  const memory = new MemoryOutput();
  const out = new Sink(memory, size);
  use(out);
  out.flush();
  return Buffer.from(memory.bytes()).toString('latin1');
}

/** A random record as the decoder gives it. */
function recordOf(message: AnyMessage, random: Random): unknown {
  const writer = new Writer();
  const codec = codecOf(message);
  codec.encode(sampleMessage(message, random) as never, writer);
  return codec.decode(writer.bytes, 0, writer.at);
}

describe.each(views)('%s', (_name, message, rowOf, view) => {
  const text = compileText(view.fields);
  const members = compileJson(view.fields);

  test.each([1, 2, 3, 4])('seed %d', seed => {
    const random = new Random(seed * 7919);
    for (let i = 0; i < 40; i++) {
      const row = rowOf(recordOf(message, random));
      for (const c of contexts) {
        const once = shown(out => renderText(view.fields, out, row, c));
        expect(
          shown(out => text(out, row, c)),
          'generated text',
        ).toBe(once);
        expect(
          shown(out => renderText(view.fields, out, row, c), 2048),
          'through a small buffer',
        ).toBe(once);
        const coloured = shown(out => text(out, row, {...c, colour: paletteFor('always', {}, () => true)}));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of colours
        expect(coloured.replaceAll(/\x1b\[[\d;]*m/g, ''), 'colour without its escapes').toBe(once);
        const json = (pretty: boolean): string =>
          shown(out => {
            const writer = new JsonWriter(out, pretty);
            writer.openObject();
            renderJson(view.fields, writer, row, c);
            writer.closeObject();
          });
        const generated = shown(out => {
          const writer = new JsonWriter(out, false);
          writer.openObject();
          members(writer, row, c);
          writer.closeObject();
        });
        expect(generated, 'generated JSON').toBe(json(false));
        expect(JSON.parse(json(true)), 'pretty JSON').toEqual(JSON.parse(generated));
      }
    }
  });
});
