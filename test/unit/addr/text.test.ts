import {expect, test} from 'vitest';
import {formatLladdr, parseLladdr} from '../../../src/addr/lladdr.js';
import {decodeText, encodeText} from '../../../src/addr/text.js';

const round = (bytes: number[]): number[] => [...encodeText(decodeText(Uint8Array.from(bytes), 0, bytes.length))];

test('valid UTF-8 decodes as TextDecoder does', () => {
  const text = 'a\u00e9\u20ac\ud83d\ude00\u007f';
  const bytes = new TextEncoder().encode(text);
  expect(decodeText(bytes, 0, bytes.length)).toBe(text);
  expect(encodeText(text)).toEqual(bytes);
});

test('every byte string survives', () => {
  let state = 7;
  for (let i = 0; i < 3000; i++) {
    const bytes = Array.from({length: 6}, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state >>> 24;
    });
    expect(round(bytes)).toEqual(bytes);
  }
  for (const bytes of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xff]]) {
    expect(round(bytes)).toEqual(bytes);
  }
});

test('link-layer addresses', () => {
  expect(formatLladdr(Uint8Array.of(2, 0, 255))).toBe('02:00:ff');
  expect(parseLladdr('2:0:FF')).toEqual(Uint8Array.of(2, 0, 255));
  expect(parseLladdr('2:0:')).toBeUndefined();
});
