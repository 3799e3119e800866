import {writeSync} from 'node:fs';
import {errnoName} from '../errno.js';
import {readU16, readU32} from './bytes.js';
import {NLMSG_DONE, NLMSG_ERROR, NLMSG_HDRLEN, NLMSG_OVERRUN} from './constants.js';
import {interpret, type UnknownAttribute} from './interpret.js';
import {type Request, readVerdict, replyOf} from './message.js';
import {plainFields} from './plain.js';
import {type AnyMessage, messages} from './schema.js';
import {hostIsLittleEndian} from './writer.js';

/** Sees what goes over a socket. */
export interface Tracer {
  sent(protocol: number, buf: Uint8Array, length: number, request: Request | undefined): void;
  received(protocol: number, buf: Uint8Array, length: number, request: Request | undefined): void;
}

const CONTROL = ['', 'NLMSG_NOOP', 'NLMSG_ERROR', 'NLMSG_DONE', 'NLMSG_OVERRUN'];

/** A tracer that writes decoded messages and their bytes to stderr: what TSNET_TRACE=1 asks for. */
export function stderrTracer(): Tracer {
  return tracer(text => writeSync(2, text));
}

/** A tracer that writes to any place. */
export function tracer(write: (text: string) => void): Tracer {
  return {
    sent: (protocol, buf, length, request) => write(describe('>', protocol, buf, length, request)),
    received: (protocol, buf, length, request) => write(describe('<', protocol, buf, length, request)),
  };
}

/** All messages of one datagram: header, decoded fields, bytes. */
function describe(
  direction: '>' | '<',
  protocol: number,
  buf: Uint8Array,
  length: number,
  request: Request | undefined,
): string {
  const littleEndian = hostIsLittleEndian();
  let text = '';
  for (let at = 0; length - at >= NLMSG_HDRLEN; ) {
    const size = readU32(buf, at, littleEndian);
    const end = Math.min(at + size, length);
    const type = readU16(buf, at + 4, littleEndian);
    const flags = readU16(buf, at + 6, littleEndian).toString(16);
    const sequence = readU32(buf, at + 8, littleEndian);
    const port = readU32(buf, at + 12, littleEndian);
    const name = typeName(protocol, type, request);
    text += `${direction} ${name} flags 0x${flags} sequence ${sequence} port ${port}, ${size} bytes\n`;
    if (type === NLMSG_ERROR || type === NLMSG_DONE) text += verdictLine(buf, at, end, request);
    else if (type > NLMSG_OVERRUN) text += body(direction, protocol, type, buf, at + NLMSG_HDRLEN, end, request);
    text += hexLines(buf, at, end);
    if (size < NLMSG_HDRLEN) break;
    at += (size + 3) & ~3;
  }
  return text;
}

function typeName(protocol: number, type: number, request: Request | undefined): string {
  if (type <= NLMSG_OVERRUN) return CONTROL[type] || `type ${type}`;
  for (const message of messages()) {
    const name = (message.protocol ?? 0) === protocol ? message.types?.[type] : undefined;
    if (name !== undefined) return name;
  }
  return request?.type === type ? request.name : `type ${type}`;
}

/**
 * Schemas that may explain a message, the likeliest first. Protocol and type do not settle it: sock_diag has one type for
 * the requests and answers of all families.
 */
function candidates(direction: '>' | '<', protocol: number, type: number, request: Request | undefined): AnyMessage[] {
  const known = messages().filter(one => (one.protocol ?? 0) === protocol && one.types?.[type] !== undefined);
  if (request === undefined) return known;
  const asked = direction === '>' ? request.message : replyOf(request);
  const fits = request.type === type || asked.types?.[type] !== undefined || known.length === 0;
  return fits ? [asked, ...known] : known;
}

function body(
  direction: '>' | '<',
  protocol: number,
  type: number,
  buf: Uint8Array,
  at: number,
  end: number,
  request: Request | undefined,
): string {
  for (const message of candidates(direction, protocol, type, request)) {
    try {
      const unknown: UnknownAttribute[] = [];
      const record = interpret(message, buf, at, end, unknown);
      let text = `  ${message.name}\n${fieldLines(record)}`;
      for (const one of unknown) {
        text += `    ${[...one.path, `attribute ${one.type}`].join('.')}: ${one.bytes.length} bytes\n`;
      }
      return text;
    } catch {}
  }
  return '';
}

function fieldLines(record: object): string {
  let text = '';
  for (const [name, value] of Object.entries(plainFields(record))) text += `    ${name}: ${JSON.stringify(value)}\n`;
  return text;
}

function verdictLine(buf: Uint8Array, at: number, end: number, request: Request | undefined): string {
  const asked: Request = request ?? {type: 0, name: '', flags: 0, message: NOTHING, body: {}};
  const {error, warning} = readVerdict(asked, buf, at, end);
  if (error === undefined) return warning === undefined ? '  ok\n' : `  ok: ${warning}\n`;
  let text = `  ${errnoName(error.errno)}`;
  if (error.kernelText !== undefined) text += `: ${error.kernelText}`;
  if (error.attribute !== undefined) text += `, attribute ${error.attribute}`;
  if (error.missing !== undefined) text += `, missing ${error.missing}`;
  return `${text}\n`;
}

const NOTHING: AnyMessage = {kind: 'message', name: 'nothing', fields: {}, attrs: {kind: 'attrs', table: {}}};

function hexLines(buf: Uint8Array, at: number, end: number): string {
  let text = '';
  for (let from = at; from < end; from += 16) {
    let line = `  ${(from - at).toString(16).padStart(4, '0')} `;
    for (let i = from; i < Math.min(from + 16, end); i++) {
      line += `${(i - from) % 4 === 0 ? ' ' : ''}${(buf[i] as number).toString(16).padStart(2, '0')} `;
    }
    text += `${line.trimEnd()}\n`;
  }
  return text;
}
