import {describe, expect, test} from 'vitest';
import {type Column, ColumnTable, foldedWidths} from '../../../src/view/columns.js';
import {MemoryOutput} from '../../../src/view/outputs.js';
import {Sink} from '../../../src/view/sink.js';

const columns: readonly Column[] = [
  {header: 'State'},
  {header: 'Recv-Q', gap: true, min: 6},
  {header: 'Local Address:', gap: true, right: true},
  {header: 'Port'},
  {header: 'Process'},
];

function render(
  rows: readonly (readonly string[])[],
  options: {readonly header: boolean; readonly screen: number},
): string {
  const table = new ColumnTable(columns, options);
  for (const row of rows) {
    do {
      table.begin(256);
      for (const cell of row) {
        for (let i = 0; i < cell.length; i++) table.bytes[table.at + i] = cell.charCodeAt(i);
        table.end(table.at + cell.length);
      }
    } while (!table.commit());
  }
  const output = new MemoryOutput();
  const out = new Sink(output);
  table.write(out);
  out.flush();
  return Buffer.from(output.bytes()).toString('latin1');
}

const rows = [
  ['LISTEN', '0     ', '127.0.0.1:', '80', ''],
  ['ESTAB', '0     ', '[::ffff:127.0.0.1]:', '31500', ''],
  ['FIN-WAIT-1', '1234567', '10.0.0.1:', '*', ' x'],
];

describe('column layout', () => {
  test('widths of the content on a pipe', () => {
    expect(render(rows, {header: true, screen: 0})).toBe(
      [
        'State      Recv-Q       Local Address:Port Process',
        'LISTEN     0                127.0.0.1:80          ',
        'ESTAB      0       [::ffff:127.0.0.1]:31500       ',
        'FIN-WAIT-1 1234567           10.0.0.1:*     x     ',
        '',
      ].join('\n'),
    );
  });

  test('without a header, empty columns vanish', () => {
    expect(render(rows.slice(0, 1), {header: false, screen: 0})).toBe('LISTEN 0      127.0.0.1:80\n');
  });

  test('the last cell of the last row does not count', () => {
    const wide = (text: string): string[] => ['ESTAB', '0     ', '10.0.0.1:', '80', text];
    const lines = render([wide(' ab'), wide(' a longer cell'), wide(' the longest cell')], {header: true, screen: 0});
    expect(lines.split('\n').map(line => line.slice(31))).toEqual([
      'Process       ',
      ' ab           ',
      ' a longer cell',
      ' the longest cell',
      '',
    ]);
  });

  test('spare room goes to all columns, first to the right ones', () => {
    const line = render(rows.slice(0, 1), {header: true, screen: 50}).split('\n')[1];
    expect(line).toHaveLength(50);
    expect(foldedWidths(columns, [6, 6, 14, 4, 7], 41)).toEqual(Int32Array.of(6, 6, 14, 5, 8));
  });

  test('columns fold into screen lines', () => {
    expect(foldedWidths(columns, [6, 6, 14, 4, 7], 20)).toEqual(Int32Array.of(9, 10, 14, 5, 20));
  });

  test('a column wider than the screen is cut, its cells are not', () => {
    expect(render(rows.slice(0, 1), {header: true, screen: 3})).toBe(
      'State Recv-Q Local Address:PortProcess\nLISTEN 0      127.0.0.1:80    \n',
    );
  });

  test('many rows, widths that change late', () => {
    const many = Array.from({length: 20_000}, (_, i) => ['ESTAB', '0     ', '10.0.0.1:', String(i), '']);
    const text = render([...many, ...rows], {header: true, screen: 0});
    const lines = text.split('\n').slice(1, -1);
    expect(lines).toHaveLength(20_003);
    expect(new Set(lines.map(line => line.length)).size).toBe(1);
    expect(lines[19_999]).toContain(' 10.0.0.1:19999 ');
  });
});
