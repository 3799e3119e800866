import {neighbourStateWords} from '../../rtnetlink/words.js';
import {JsonWriter} from '../../view/json.js';
import type {Sink} from '../../view/sink.js';
import type {ArpEntry} from '../neighbours.js';

/** Entries as an array of objects with the keys of `ip -j neigh`. */
export function writeArpJson(out: Sink, entries: readonly ArpEntry[]): void {
  const json = new JsonWriter(out, false);
  json.openArray();
  for (const {dst, ifname, lladdr, isPublic, state} of entries) {
    json.openObject();
    json.key('dst');
    json.string(String(dst));
    if (ifname !== '*') {
      json.key('dev');
      json.string(ifname);
    }
    if (lladdr !== undefined) {
      json.key('lladdr');
      json.string(Array.from(lladdr, byte => byte.toString(16).padStart(2, '0')).join(':'));
    }
    if (isPublic) {
      json.key('proxy');
      json.null();
    } else {
      json.openArray('state');
      for (const word of neighbourStateWords(state)) json.word(word.toUpperCase());
      json.closeArray();
    }
    json.closeObject();
  }
  json.closeArray();
  json.end();
}
