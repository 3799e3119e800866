import {garbage, wrong} from '../../grammar/errors.js';
import {choice, keyword, type Term, type ValueType} from '../../grammar/grammar.js';
import {device, type NumberOptions, uint} from '../../grammar/values.js';

/** Wording of a refusal that follows the keyword, without the empty line. */
export function says(text: string): NumberOptions {
  return {text};
}

/** `WORD VALUE` that may stand only once: `either "id" is duplicate, or "6" is a garbage.` */
export function once<V>(key: string, name: string, value: ValueType<V>): ValueType<V> {
  return {
    ...value,
    parse(cursor, word, env, spec) {
      if (key in spec) throw garbage(name, cursor.next());
      return value.parse(cursor, word, env, spec);
    },
  };
}

/** A device that must be there when its name is read, with its kind's own refusal. */
export function presentDevice(refusal: (name: string) => Error): ValueType<string> {
  return {
    ...device,
    parse(cursor, _keyword, env) {
      const name = cursor.next();
      if (env.deviceIndex?.(name) === 0) throw refusal(name);
      return name;
    },
  };
}

/** A device whose absence is told as that of a master. */
export const portDevice = presentDevice(name => wrong(name, 'Device does not exist\n'));

/** `noWORD` or `WORD`, one of them and only once. */
export function toggle(word: string): Term<0 | 1> {
  return choice({[`no${word}`]: 0, [word]: 1}, {match: 'prefix', duplicate: again => garbage(again, again)}) as Term<
    0 | 1
  >;
}

/** As keyword(), matched by any beginning. */
export function option<V>(word: string, value: ValueType<V>, as: readonly string[] = []): Term<V> {
  return keyword(word, value, {match: 'prefix', as});
}

/** Unsigned number with its refusal. */
export function number(max: number, text: string): ValueType<number> {
  return uint(max, says(text));
}
