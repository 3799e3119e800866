/** What the tests want to know of a shared object. */
export interface Elf {
  readonly machine: number;
  /** Libraries the loader must find (DT_NEEDED). */
  readonly needed: readonly string[];
  /** Symbols that others must define. */
  readonly undefined: readonly string[];
  readonly buildId: string | undefined;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_NOTE = 4;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const DT_SYMTAB = 6;
const NT_GNU_BUILD_ID = 3;

/**
 * Reads the dynamic section of a 64-bit little-endian object.
 * Source: elf(5).
 * @throws {Error} on anything else
 */
export function readElf(file: Buffer): Elf {
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1)
    throw new Error('not a 64-bit little-endian ELF file');
  const word = (at: number): number => Number(file.readBigUInt64LE(at));
  const segments = Array.from({length: file.readUInt16LE(56)}, (_, i) => {
    const at = word(32) + i * file.readUInt16LE(54);
    return {type: file.readUInt32LE(at), offset: word(at + 8), address: word(at + 16), size: word(at + 32)};
  });
  const offsetOf = (address: number): number => {
    const home = segments.find(s => s.type === PT_LOAD && address >= s.address && address < s.address + s.size);
    if (home === undefined) throw new Error(`no segment holds ${address}`);
    return address - home.address + home.offset;
  };
  const dynamic: {readonly tag: number; readonly value: number}[] = [];
  for (const segment of segments.filter(s => s.type === PT_DYNAMIC)) {
    for (let at = segment.offset; at < segment.offset + segment.size; at += 16)
      dynamic.push({tag: word(at), value: word(at + 8)});
  }
  const table = (tag: number): number => offsetOf(dynamic.find(entry => entry.tag === tag)?.value ?? -1);
  const names = table(DT_STRTAB);
  const text = (at: number): string => file.toString('latin1', names + at, file.indexOf(0, names + at));

  // The string table follows the symbol table, whose own end is recorded nowhere.
  const unknown: string[] = [];
  for (let at = table(DT_SYMTAB) + 24; at < names; at += 24) {
    if (file.readUInt16LE(at + 6) === 0) unknown.push(text(file.readUInt32LE(at)));
  }

  let buildId: string | undefined;
  for (const {offset} of segments.filter(s => s.type === PT_NOTE)) {
    const nameLength = file.readUInt32LE(offset);
    if (file.readUInt32LE(offset + 8) !== NT_GNU_BUILD_ID) continue;
    buildId = file.subarray(offset + 12 + nameLength).toString('hex', 0, file.readUInt32LE(offset + 4));
  }
  return {
    machine: file.readUInt16LE(18),
    needed: dynamic.filter(entry => entry.tag === DT_NEEDED).map(entry => text(entry.value)),
    undefined: unknown,
    buildId,
  };
}
