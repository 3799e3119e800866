import type {Sink} from './sink.js';

/** All that 6.1 escapes; other control characters and invalid UTF-8 go out as they are. */
const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * JSON as `ip -j` and `ip -j -p` write it, byte for byte. Keys are ASCII words and are not escaped.
 */
export class JsonWriter {
  readonly out: Sink;
  readonly pretty: boolean;
  #depth = 0;
  /** Whether the innermost container has an element already. Generated views write keys themselves and set it. */
  comma = false;
  /** Whether a key waits for its value. */
  afterKey = false;

  constructor(out: Sink, pretty: boolean) {
    this.out = out;
    this.pretty = pretty;
  }

  #value(): void {
    if (this.afterKey) {
      this.afterKey = false;
      return;
    }
    if (this.comma) this.out.byte(44);
    this.comma = true;
  }

  #newline(): void {
    if (!this.pretty) return;
    this.out.byte(10);
    for (let i = this.#depth * 4; i > 0; i--) this.out.byte(32);
  }

  /** `"key":`, with the comma before it where one is due. @hot */
  key(key: string): void {
    if (this.comma) this.out.byte(44);
    this.comma = true;
    this.#newline();
    this.out.byte(34);
    this.out.ascii(key);
    this.out.ascii(this.pretty ? '": ' : '":');
    this.afterKey = true;
  }

  /** `{`, as the value of `key` where given. */
  openObject(key?: string): void {
    if (key !== undefined) this.key(key);
    this.#value();
    this.out.byte(123);
    this.#depth++;
    this.comma = false;
  }

  closeObject(): void {
    this.#depth--;
    if (this.comma) this.#newline();
    this.out.byte(125);
    this.comma = true;
  }

  /** `[`, as the value of `key` where given. */
  openArray(key?: string): void {
    if (key !== undefined) this.key(key);
    this.#value();
    this.out.byte(91);
    if (this.pretty) this.out.byte(32);
    this.#depth++;
    this.comma = false;
  }

  closeArray(): void {
    this.#depth--;
    if (this.pretty && this.comma) this.out.byte(32);
    this.out.byte(93);
    this.comma = true;
  }

  /** Text with the reference's escapes. @hot */
  string(text: string): void {
    this.#value();
    const {out} = this;
    const length = text.length;
    out.byte(34);
    if (length < 1024) {
      out.room(length);
      const buffer = out.buffer;
      const at = out.position;
      let i = 0;
      for (; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code < 32 || code > 126 || code === 34 || code === 92) break;
        buffer[at + i] = code;
      }
      if (i === length) out.position = at + length;
      else this.#escaped(text);
    } else {
      this.#escaped(text);
    }
    out.byte(34);
  }

  #escaped(text: string): void {
    for (const char of text) {
      const escaped = escapes[char];
      if (escaped === undefined) this.out.text(char);
      else this.out.ascii(escaped);
    }
  }

  /** A string that needs no escapes: words of our own tables. @hot */
  word(text: string): void {
    this.#value();
    this.out.byte(34);
    this.out.ascii(text);
    this.out.byte(34);
  }

  /** Array of strings. */
  words(words: readonly string[]): void {
    this.openArray();
    for (const word of words) this.string(word);
    this.closeArray();
  }

  uint(n: number): void {
    this.#value();
    this.out.uint(n);
  }

  int(n: number): void {
    this.#value();
    this.out.int(n);
  }

  big(b: bigint): void {
    this.#value();
    this.out.big(b);
  }

  bool(b: boolean): void {
    this.#value();
    this.out.ascii(b ? 'true' : 'false');
  }

  null(): void {
    this.#value();
    this.out.ascii('null');
  }

  /** Starts a value whose bytes the caller writes to `out` itself. */
  raw(): Sink {
    this.#value();
    return this.out;
  }

  /** Newline after the outermost container. */
  end(): void {
    this.out.byte(10);
    this.comma = false;
  }
}
