import type {LinkRow} from '../../ops/linkRows.js';
import type {ListedLink} from '../../rtnetlink/link/plain.js';
import {custom, type Field} from '../../view/field.js';
import type {JsonWriter} from '../../view/json.js';

/** How programs are attached. Source: uapi linux/if_link.h, XDP_ATTACHED_*. */
const DRV = 1;
const SKB = 2;
const HW = 3;
const MULTI = 4;
const words: Readonly<Record<number, string>> = {
  [DRV]: 'xdp',
  [SKB]: 'xdpgeneric',
  [HW]: 'xdpoffload',
  [MULTI]: 'xdpmulti',
};

/** A program and where it is attached. */
interface Program {
  readonly mode: number;
  readonly word: string;
  readonly id: number;
}

/** Mode of the link; undefined without a program. */
function modeOf({xdp}: ListedLink): number | undefined {
  return xdp?.attached === undefined || words[xdp.attached] === undefined ? undefined : xdp.attached;
}

/** The programs of the several hooks; those of one hook stand in `progId`. */
function multiple({xdp}: ListedLink): readonly Program[] {
  if (xdp?.attached !== MULTI) return [];
  const all: Program[] = [];
  if (xdp.skbProgId !== undefined) all.push({mode: SKB, word: 'xdpgeneric', id: xdp.skbProgId});
  if (xdp.drvProgId !== undefined) all.push({mode: DRV, word: 'xdpdrv', id: xdp.drvProgId});
  if (xdp.hwProgId !== undefined) all.push({mode: HW, word: 'xdpoffload', id: xdp.hwProgId});
  return all;
}

function programMember(json: JsonWriter, id: number): void {
  json.openObject('prog');
  json.key('id');
  json.uint(id);
  json.closeObject();
}

function modeMember(json: JsonWriter, mode: number): void {
  json.key('mode');
  json.uint(mode);
}

/** `xdp ` behind the MTU; mode and programs in JSON. */
export const xdpField: Field<LinkRow> = custom(
  (out, {link}) => {
    const mode = modeOf(link);
    if (mode !== undefined) out.ascii(`${words[mode]} `);
  },
  (json, {link}) => {
    const mode = modeOf(link);
    if (mode === undefined) return;
    json.openObject('xdp');
    modeMember(json, mode);
    const id = link.xdp?.progId;
    if (id !== undefined) programMember(json, id);
    const attached = mode === MULTI ? multiple(link) : [{mode, id: id ?? 0}];
    json.openArray('attached');
    for (const one of attached) {
      json.openObject();
      modeMember(json, one.mode);
      programMember(json, one.id);
      json.closeObject();
    }
    json.closeArray();
    json.closeObject();
  },
);

/** A line for each program. */
export const xdpPrograms: Field<LinkRow> = custom((out, {link}, c) => {
  if (modeOf(link) === undefined) return;
  const line = (word: string, id: number): void => {
    out.byte(c.oneline ? 92 : 10);
    out.ascii(`    prog/${word} id ${id} `);
  };
  if (link.xdp?.progId !== undefined) line('xdp', link.xdp.progId);
  for (const {word, id} of multiple(link)) line(word, id);
}, null);
