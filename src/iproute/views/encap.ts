import {custom, type Field, type ViewContext} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';
import type {Sink} from '../../view/sink.js';
import {encapTypeOf} from './routeEncap.js';

/** Anything that carries a light-weight tunnel: a route, a leg of one, a nexthop object. */
export interface Encapsulated {
  readonly encapType: number | undefined;
  readonly encap: unknown;
}

/** ` encap TYPE ...`; in JSON its keys stand flat among the record's own. */
export function encapField<R extends Encapsulated>(): Field<R> {
  return custom<R>(encapText, encapJson);
}

function encapText(out: Sink, {encapType, encap}: Encapsulated, c: ViewContext): void {
  if (encapType === undefined || encap === undefined) return;
  const type = encapTypeOf(encapType);
  out.ascii(' encap ');
  out.ascii(type.name);
  out.byte(32);
  type.view.text(out, encap, c);
}

function encapJson(json: JsonWriter, {encapType, encap}: Encapsulated, c: ViewContext): void {
  if (encapType === undefined || encap === undefined) return;
  const type = encapTypeOf(encapType);
  json.key('encap');
  json.word(type.name);
  type.view.members(json, encap, c);
}
