/** A long option of the reference. */
export interface LongOption {
  readonly name: string;
  readonly argument?: 'required' | 'optional';
  /** What finding it comes to: its short letter, or a word of its own. Options with the same one are never ambiguous. */
  readonly value: string;
  /** Found by its whole name only, and so never in the way of those that may be cut short. */
  readonly exact?: true;
}

/** The options of one tool. */
export interface GetoptSpec {
  /** Short letters as getopt(3) takes them: `x:` needs an argument, `x::` may have one in the same word. */
  readonly short: string;
  /** In the order of the reference, which ambiguity messages show. */
  readonly long: readonly LongOption[];
}

/** One step of reading: an option, or a mistake with the library's message (without the program's name). */
export type Found =
  | {
      /** The short letter, or the long option's `value`. */
      readonly option: string;
      readonly argument: string | undefined;
      /** Full name of a long option, '' for a short one. */
      readonly name: string;
    }
  | {readonly option: '?'; readonly message: string};

/**
 * getopt_long(3) with permutation: options are found anywhere before `--`, the other words are collected in `rest`. One
 * option is given at a time, so that a tool can act on `-h` before it sees a mistake further on.
 * Source: getopt(3), and the messages of ss 6.1 and net-tools 2.10.
 */
export class Getopt {
  /** Words that are no options, complete once `next` gave undefined. */
  readonly rest: string[] = [];
  readonly #argv: readonly string[];
  readonly #spec: GetoptSpec;
  readonly #posix: boolean;
  #word = 0;
  /** Position in a bundle of short options; 0: at a new word. */
  #letter = 0;

  /** @param posix stop at the first word that is no option, as POSIXLY_CORRECT asks */
  constructor(argv: readonly string[], spec: GetoptSpec, posix = false) {
    this.#argv = argv;
    this.#spec = spec;
    this.#posix = posix;
  }

  /** The next option, or undefined at the end. */
  next(): Found | undefined {
    if (this.#letter > 0) return this.#short();
    for (;;) {
      const word = this.#argv[this.#word];
      if (word === undefined) return undefined;
      if (word === '--' || (this.#posix && !isOption(word))) {
        this.rest.push(...this.#argv.slice(word === '--' ? this.#word + 1 : this.#word));
        this.#word = this.#argv.length;
        return undefined;
      }
      if (isOption(word)) break;
      this.rest.push(word);
      this.#word++;
    }
    const word = this.#argv[this.#word] as string;
    if (word.startsWith('--')) {
      this.#word++;
      return this.#long(word.slice(2));
    }
    this.#letter = 1;
    return this.#short();
  }

  #short(): Found {
    const word = this.#argv[this.#word] as string;
    const letter = word.charAt(this.#letter++);
    const last = this.#letter >= word.length;
    const place = letter === ':' || letter === '-' ? -1 : this.#spec.short.indexOf(letter);
    const takes =
      place < 0 ? 0 : this.#spec.short.startsWith('::', place + 1) ? 2 : +(this.#spec.short[place + 1] === ':');
    let argument: string | undefined;
    if (takes > 0 && !last) argument = word.slice(this.#letter);
    if (last || argument !== undefined) {
      this.#letter = 0;
      this.#word++;
    }
    if (place < 0) return {option: '?', message: `invalid option -- '${letter}'`};
    if (takes === 1 && last) {
      argument = this.#argv[this.#word++];
      if (argument === undefined) return {option: '?', message: `option requires an argument -- '${letter}'`};
    }
    return {option: letter, argument, name: ''};
  }

  #long(text: string): Found {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    let argument = equals < 0 ? undefined : text.slice(equals + 1);
    let option = this.#spec.long.find(one => one.name === name);
    if (option === undefined) {
      const hits = this.#spec.long.filter(one => one.exact !== true && one.name.startsWith(name));
      option = hits[0];
      if (option === undefined) return {option: '?', message: `unrecognized option '--${text}'`};
      const others = hits.slice(1).filter(one => one.value !== hits[0]?.value || one.argument !== hits[0].argument);
      if (others.length > 0) {
        const list = [option, ...others].map(one => ` '--${one.name}'`).join('');
        return {option: '?', message: `option '--${text}' is ambiguous; possibilities:${list}`};
      }
    }
    if (argument !== undefined && option.argument === undefined) {
      return {option: '?', message: `option '--${option.name}' doesn't allow an argument`};
    }
    if (argument === undefined && option.argument === 'required') {
      argument = this.#argv[this.#word++];
      if (argument === undefined) return {option: '?', message: `option '--${option.name}' requires an argument`};
    }
    return {option: option.value, argument, name: option.name};
  }
}

function isOption(word: string): boolean {
  return word.length > 1 && word.charCodeAt(0) === 45;
}
