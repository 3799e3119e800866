import type {InetSocket} from './inet.js';

/** State names of RFC 9293. */
export type RfcState =
  | 'ESTABLISHED'
  | 'SYN-SENT'
  | 'SYN-RECEIVED'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'TIME-WAIT'
  | 'CLOSED'
  | 'CLOSE-WAIT'
  | 'LAST-ACK'
  | 'LISTEN'
  | 'CLOSING';

/** One end of a socket. */
export interface SocketEnd {
  /** Address, path or name; null for none in particular. Bytes that are not UTF-8 are U+DC80 to U+DCFF. */
  readonly address: string | null;
  /** Number, or what stands in its place in other families: null for none. */
  readonly port: number | string | null;
  /** Interface an inet socket is bound to. */
  readonly interface?: string;
}

/** Who holds a socket. */
export interface SocketProcess {
  readonly name: string;
  readonly pid: number;
  /** With `-T`. */
  readonly tid?: number;
  readonly fd: number;
}

/**
 * One socket as `tsss --json`, `--pretty` and `--ndjson` write it. Fields of the second part come with the option that
 * shows them in text. 64-bit numbers are written with all their digits.
 */
export interface SocketRecord {
  /** Table: `tcp`, `udp`, `u_str`, ... */
  readonly netid: string;
  /** As in text: `ESTAB`. */
  readonly state: string;
  /** The same state by its name in RFC 9293. */
  readonly rfcState: RfcState | null;
  /** Bytes to read; of a listener: connections to accept. */
  readonly recvQ: number;
  /** Bytes not yet acknowledged; of a listener: its backlog limit. */
  readonly sendQ: number;
  readonly local: SocketEnd;
  readonly peer: SocketEnd;
  /** `-r`: names of the ends. */
  readonly localName?: string;
  readonly peerName?: string;

  /** `-p`, `-T` */
  readonly processes?: readonly SocketProcess[];
  /** `-o`, `-e` */
  readonly timer?: {readonly name: string; readonly expires: number; readonly retransmits: number};
  /** `-e` */
  readonly uid?: number;
  readonly inode?: number;
  /** The kernel's number of the socket in hex. */
  readonly cookie?: string;
  readonly mark?: number;
  readonly cgroup?: string | null;
  readonly v6only?: boolean;
  /** Which directions are shut down. */
  readonly shutdown?: {readonly read: boolean; readonly write: boolean};
  /** `--tos` */
  readonly tos?: number;
  readonly tclass?: number;
  readonly classId?: number;
  /** `-m` */
  readonly memory?: InetSocket['skmeminfo'];
  /** `-i`: algorithm, struct tcp_info as in `InetSocket`, and what algorithms and upper layers tell. */
  readonly congestion?: string;
  readonly info?: InetSocket['info'];
  readonly bbr?: InetSocket['bbrinfo'];
  readonly vegas?: InetSocket['vegasinfo'];
  readonly dctcp?: InetSocket['dctcpinfo'];
  readonly ulp?: InetSocket['ulpInfo'];
  /** What other families show behind their columns, as text. */
  readonly details?: string;
}
