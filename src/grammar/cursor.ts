import {incomplete} from './errors.js';

/** Whether `word` abbreviates `whole`, as far as a letter; one that is not there does not. */
export function begins(word: string | undefined, whole: string): boolean {
  return word !== undefined && word !== '' && whole.startsWith(word);
}

/** Reads the words of one command line from left to right. */
export class Cursor {
  readonly argv: readonly string[];
  /** Index of the next unread word. */
  position: number;

  constructor(argv: readonly string[], position = 0) {
    this.argv = argv;
    this.position = position;
  }

  /** Whether all words are read. */
  get done(): boolean {
    return this.position >= this.argv.length;
  }

  /**
   * Takes the next word.
   * @throws {UsageError} `Command line is not complete`, status 255
   */
  next(): string {
    const word = this.argv[this.position];
    if (word === undefined) throw incomplete();
    this.position++;
    return word;
  }

  /** The next word, or one further on, without taking it. */
  peek(ahead = 0): string | undefined {
    return this.argv[this.position + ahead];
  }

  /** Takes all words that are left. */
  rest(): string[] {
    const words = this.argv.slice(this.position);
    this.position = this.argv.length;
    return words;
  }
}
