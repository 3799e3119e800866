/** Longest name: IFNAMSIZ without its NUL. Source: uapi linux/if.h. */
const LONGEST = 15;

/** A name as the old ioctls take it: what is longer is cut. */
export function cutName(name: string): string {
  return name.slice(0, LONGEST);
}

/** Name of the link that an alias belongs to. */
export function linkOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}

/** Parts of a link's name that decide its place: `eth10:2` is eth, 10 and 2. */
interface NameParts {
  readonly name: string;
  /** Name without the alias. */
  readonly link: string;
  readonly base: string;
  readonly number: number;
  readonly alias: number;
}

function partsOf(name: string): NameParts {
  const alias = /^(.*):(\d+)$/.exec(name);
  const link = alias?.[1] ?? name;
  const [, base = link, digits = ''] = /^(.*?)(\d*)$/.exec(link) ?? [];
  return {name, link, base, number: digits === '' ? -1 : Number(digits), alias: alias === null ? -1 : Number(alias[2])};
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareParts(x: NameParts, y: NameParts): number {
  return (
    compareText(x.base, y.base) ||
    x.number - y.number ||
    compareText(x.link, y.link) ||
    x.alias - y.alias ||
    compareText(x.name, y.name)
  );
}

/**
 * Things in the order of their names: eth2 stands before eth10, aliases stand behind their link by number.
 * Source: ifconfig of net-tools 2.10 in test/differential/ifconfig.test.ts.
 */
export function sortByName<T extends {readonly name: string}>(things: readonly T[]): T[] {
  return things
    .map(thing => ({thing, parts: partsOf(thing.name)}))
    .sort((a, b) => compareParts(a.parts, b.parts))
    .map(({thing}) => thing);
}

/** Words for an interface that is not there, or cannot be asked for. */
export function missing(name: string, why = 'Device not found'): string {
  return `${name}: error fetching interface information: ${why}`;
}

/** A device by the word of a command line; an empty one names none. */
export function deviceNamed(word: string): string | undefined {
  return word === '' ? undefined : cutName(word);
}
