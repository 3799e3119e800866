import {decodeText} from '../addr/text.js';
import {native} from '../native.js';

const O_RDONLY = 0;

/** Text of a file of /proc or /sys, which have no size to ask for; a negative errno where it cannot be opened or read. */
export function readText(path: string): string | number {
  const sys = native();
  const fd = sys.open(path, O_RDONLY);
  if (fd < 0) return fd;
  let buffer = new Uint8Array(1 << 14);
  let length = 0;
  let got = 1;
  while (got > 0) {
    got = sys.read(fd, buffer, length, buffer.length - length);
    if (got > 0) length += got;
    if (length === buffer.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(buffer);
      buffer = larger;
    }
  }
  sys.close(fd);
  return got < 0 ? got : decodeText(buffer, 0, length);
}

/** The same without the empty last line; none where the file cannot be read. */
export function readLines(path: string): readonly string[] {
  const text = readText(path);
  if (typeof text === 'number') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
