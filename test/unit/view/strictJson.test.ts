import {expect, test} from 'vitest';
import {stringify} from '../../../src/view/strictJson.js';

test('no control character is left as it is, and all can be read again', () => {
  const text = 'a\n\u0000\u001b[1m\u007f\u009b1m"\\\udc80\u2028é';
  const json = stringify({[text]: text});
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
  expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(JSON.parse(json)).toEqual({[text]: text});
});

test('numbers keep their digits, undefined fields are left out', () => {
  expect(stringify({a: 2n ** 64n - 1n, b: undefined, c: [], d: {}, e: Number.NaN, f: [true, null]})).toBe(
    '{"a":18446744073709551615,"c":[],"d":{},"e":null,"f":[true,null]}',
  );
  expect(stringify({a: [1]}, 2)).toBe('{\n  "a": [\n    1\n  ]\n}');
});
