import {encodeText} from '../addr/text.js';
import {wrong} from '../grammar/errors.js';
import type {ValueType} from '../grammar/grammar.js';
import {isLinkName} from '../grammar/values.js';
import {IFNAMSIZ} from '../rtnetlink/interfaceIoctl.js';

/** Name of a device where the reference checks its length as well. */
export const deviceName: ValueType<string> = {
  label: 'DEVICE',
  complete: 'device',
  parse: (cursor, keyword) => checkedName(cursor.next(), keyword),
  format: value => [value],
};

/** Whether a device can have a name. */
export function canBeName(name: string): boolean {
  return isLinkName(name) && encodeText(name).length < IFNAMSIZ;
}

/**
 * The name, if a device can have it.
 * @throws {UsageError} `argument "x/y" is wrong: "dev" not a valid ifname`
 */
export function checkedName(name: string, keyword: string): string {
  if (!canBeName(name)) throw wrong(name, `"${keyword}" not a valid ifname`);
  return name;
}
