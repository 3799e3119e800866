import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {infoFields} from '../../../src/iproute/views/kinds/info.js';
import {Names} from '../../../src/names/tables.js';
import {type Link, linkMessage} from '../../../src/rtnetlink/link/schema.js';
import type {ViewContext} from '../../../src/view/context.js';
import {view} from '../../../src/view/field.js';
import {JsonWriter} from '../../../src/view/json.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';
import {grouped, withInfo} from '../rtnetlink/linkinfo.js';
import {decode} from '../rtnetlink/wire.js';

const context: ViewContext = {
  oneline: false,
  details: 1,
  statistics: 0,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: undefined,
  names: new Names(),
  ifname: index => (index === 0 ? '*' : index === 2 ? 'ifb0' : `if${index}`),
};
const infoView = view(infoFields);

/** What is shown of a link: `T` with -d, `S` with -d -s, `J` with -d -j, `R` with -d -s -j. */
function shown(link: Link, mode: string): string {
  const output = new MemoryOutput();
  const out = new Sink(output);
  const row = {link, isLowerDown: false, netnsName: undefined};
  const isJson = mode === 'J' || mode === 'R';
  const c = {...context, statistics: mode === 'S' || mode === 'R' ? 1 : 0};
  if (isJson) infoView.json(new JsonWriter(out, false), row, c);
  else infoView.text(out, row, c);
  out.flush();
  const text = new TextDecoder().decode(output.bytes());
  return isJson
    ? text.replace(/^\{|\}\n?$/g, '')
    : text.replace(/^\n/, '').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

describe('details of link kinds are shown as the reference does', () => {
  const text = readFileSync(join(import.meta.dirname, '../../wire/kindViews.txt'), 'utf8');
  const blocks = text
    .split('\n\n')
    .map(block => block.split('\n').filter(line => line !== '' && !line.startsWith('#')))
    .filter(([head]) => head !== undefined);
  const kinds = grouped(
    blocks,
    ([, first]) =>
      /info_kind":"(\w+)|^. {5}(\w+)/
        .exec(first ?? '')
        ?.slice(1)
        .join('') ?? '',
  );
  test.each(kinds)('%s', (_kind, entries) => {
    for (const [head, ...wanted] of entries) {
      const link = decode(linkMessage, withInfo(head as string));
      for (const line of wanted) expect(shown(link, line[0] as string).trimEnd(), head).toBe(line.slice(2).trimEnd());
    }
  });
});
