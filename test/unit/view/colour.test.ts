import {expect, test} from 'vitest';
import {isDarkBackground, paletteFor} from '../../../src/view/colour.js';

test.each([
  [undefined, false],
  ['', false],
  ['0;15', false],
  ['15;0', true],
  ['0;8', true],
  ['7;0', true],
  ['12;default;7', false],
  ['12;default;0', true],
  ['3;6', true],
  ['x', false],
  [';', false],
  ['1', false],
  ['1;7', false],
])('COLORFGBG=%s is dark: %s', (value, dark) => expect(isDarkBackground(value)).toBe(dark));

test('when', () => {
  expect(paletteFor('never', {}, () => true)).toBeUndefined();
  expect(paletteFor('auto', {}, () => false)).toBeUndefined();
  expect(paletteFor('auto', {}, () => true)?.inet).toBe('\x1b[35m');
  expect(paletteFor('always', {NO_COLOR: '1', COLORFGBG: '15;0'}, () => false)?.inet).toBe('\x1b[1;35m');
});
