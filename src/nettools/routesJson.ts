import {decodeText} from '../addr/text.js';
import type {Io, RunTool} from '../io.js';
import {MemoryOutput} from '../view/outputs.js';
import {Sink} from '../view/sink.js';
import type {Family} from './familyWords.js';

/** The table that a listing of a family shows, as `ip` has it. */
export const listings: Readonly<Partial<Record<Family, readonly string[]>>> = {
  inet: ['-4', 'route', 'show', 'table', 'main'],
  inet6: ['-6', 'route', 'show', 'table', 'all'],
};

/**
 * The routing tables as one array, whose objects are those of `ip -j route`.
 * @param ip the program
 * @returns the exit status
 */
export async function showRoutesJson(families: readonly Family[], ip: RunTool, io: Io): Promise<number> {
  const [only] = families;
  const words = only === undefined || families.length > 1 ? undefined : listings[only];
  if (words !== undefined) return ip(['-j', ...words], io);
  const arrays: string[] = [];
  let status = 0;
  for (const family of families) {
    const output = new MemoryOutput();
    const out = new Sink(output);
    const listing = listings[family];
    status =
      listing === undefined
        ? (await import('./noRoutes.js')).noRoutes(family, io)
        : await ip(['-j', ...listing], Object.create(io, {out: {value: out}}) as Io);
    out.flush();
    const bytes = output.bytes();
    arrays.push(decodeText(bytes, 0, bytes.length).trim().slice(1, -1).trim());
    if (status !== 0) break;
  }
  io.out.text(`[${arrays.filter(array => array !== '').join(',')}]\n`);
  return status;
}
