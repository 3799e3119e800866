import type {InetSocket} from './inet.js';
import type {MptcpSocket, SctpSocket} from './otherInfo.js';
import type {PacketSocket} from './packetDiag.js';
import type {UnixSocket} from './unixDiag.js';
import type {XdpSocket} from './xdpDiag.js';

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
 * One socket as `tsss --json`, `--pretty` and `--ndjson` write it, and `tsnetstat -j`. Fields of the second part come with the option that
 * shows them in text. 64-bit numbers are written with all their digits.
 */
export type SocketRecord = FamilyFields & {
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
  readonly memory?: UnixSocket['meminfo'];
  /** `-i`: algorithm; struct tcp_info, mptcp_info or sctp_info as in the socket's record; what algorithms and upper layers tell. */
  readonly congestion?: string;
  readonly info?: InetSocket['info'] | MptcpSocket['info'] | SctpInfo;
  /** `-i`, SCTP: all its own addresses and those of the peer. */
  readonly locals?: readonly (string | null)[];
  readonly peers?: readonly (string | null)[];
  readonly bbr?: InetSocket['bbrinfo'];
  readonly vegas?: InetSocket['vegasinfo'];
  readonly dctcp?: InetSocket['dctcpinfo'];
  readonly ulp?: InetSocket['ulpInfo'];
};

/** As in `SctpSocket`, but for the address. */
export type SctpInfo = Omit<NonNullable<SctpSocket['info']>, 'pAddress'> & {readonly pAddress: string | null};

/** What only one family has. Rows made of /proc have less. */
export interface FamilyFields {
  /** `-e`, unix: the file it is bound to. */
  readonly file?: {readonly inode: number; readonly device: {readonly major: number; readonly minor: number}};
  /** `-e`, unix listener: inodes of those that wait to be accepted. */
  readonly pending?: readonly number[];
  /** unix, of `tsnetstat -j`: how many refer to it, and its flags in /proc/net/unix. */
  readonly unix?: {readonly references: number; readonly flags: number};
  /** `-e`, netlink: numbers of the protocol and of the port, and the multicast groups it has joined. */
  readonly netlink?: {readonly protocol: number; readonly portId: number; readonly groups: readonly number[]};
  /** `-e`, packet */
  readonly packet?: {
    readonly version?: number;
    readonly copyThresh?: number;
    /** `running`, `auxdata`, ... */
    readonly flags?: readonly string[];
    readonly rxRing?: PacketSocket['rxRing'];
    readonly txRing?: PacketSocket['txRing'];
    /** `hash`, `lb`, ...; a number where it has no name. */
    readonly fanout?: {readonly id: number; readonly type: string | number};
  };
  /** `-b`, packet: instructions of the socket's filter. */
  readonly bpf?: PacketSocket['filter'];
  /** `--tipcinfo` */
  readonly tipc?: {
    readonly type: string | null;
    /** What has to wait: the link, the connection or nothing. */
    readonly congestion: 'link' | 'conn' | 'none';
    readonly drop: number;
    readonly published: boolean;
    /** The service a connection was made by. */
    readonly via?: {readonly type: number; readonly instance: number};
  };
  /** `-e`, XDP: fields as the kernel has them, see `XdpSocket`. */
  readonly xdp?: Pick<XdpSocket, 'rxRing' | 'txRing' | 'umem' | 'umemFillRing' | 'umemCompletionRing' | 'stats'>;
}
