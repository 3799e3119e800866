import {IpAddress} from '../../addr/ip.js';
import {decodeText} from '../../addr/text.js';
import {INET_DIAG_MSG_LENGTH} from '../../sockdiag/constants.js';
import {u32} from '../../sockdiag/littleEndian.js';
import type {JsonWriter} from '../../view/json.js';
import {type Holders, programOf} from './holders.js';
import {stateText} from './inetRow.js';
import {typeText, type UnixSocket, unixStateText} from './unixTable.js';

const AF_INET = 2;
const LISTEN = 10;

/** Sockets as objects of one array: numbers and addresses never as names, never cut. */
export class SocketJson {
  private readonly json: JsonWriter;
  private readonly holders: Holders | undefined;

  constructor(json: JsonWriter, holders: Holders | undefined) {
    this.json = json;
    this.holders = holders;
  }

  /** Writes the inet_diag_msg in `buf[at..end)`. @param netid `tcp6` */
  inet(transport: string, netid: string, buf: Uint8Array, at: number, end: number): void {
    if (end - at < INET_DIAG_MSG_LENGTH) return;
    const {json} = this;
    const state = buf[at + 1] as number;
    const length = buf[at] === AF_INET ? 4 : 16;
    json.openObject();
    json.key('netid');
    json.word(netid);
    json.key('state');
    json.word(stateText(transport, state));
    this.number('recv-q', u32(buf, at + 56));
    this.number('send-q', transport === 'tcp' && state === LISTEN ? 0 : u32(buf, at + 60));
    json.key('local');
    json.word(String(IpAddress.fromBytes(buf, at + 8, length)));
    this.number('lport', ((buf[at + 4] as number) << 8) | (buf[at + 5] as number));
    json.key('peer');
    json.word(String(IpAddress.fromBytes(buf, at + 24, length)));
    this.number('pport', ((buf[at + 6] as number) << 8) | (buf[at + 7] as number));
    this.number('uid', u32(buf, at + 64));
    this.owner(u32(buf, at + 68));
    json.closeObject();
  }

  /** Writes a UNIX socket. */
  unix(socket: UnixSocket): void {
    const {json} = this;
    json.openObject();
    json.key('netid');
    json.word('unix');
    json.key('type');
    json.word(typeText(socket.type));
    json.key('state');
    json.word(unixStateText(socket));
    this.number('refcnt', socket.references);
    this.number('flags', socket.flags);
    this.owner(socket.inode);
    if (socket.path.length > 0) {
      json.key('path');
      json.string(decodeText(socket.path, 0, socket.path.length));
    }
    json.closeObject();
  }

  private number(key: string, value: number): void {
    this.json.key(key);
    this.json.uint(value);
  }

  /** Inode, and process with its program where it is known. */
  private owner(inode: number): void {
    this.number('ino', inode);
    const pid = this.holders?.pid(inode);
    if (pid === undefined) return;
    this.number('pid', pid);
    const program = programOf(pid);
    this.json.key('program');
    this.json.string(decodeText(program, 0, program.length));
  }
}
