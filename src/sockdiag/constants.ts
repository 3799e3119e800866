/** Numbers of sock_diag. Source: uapi linux/sock_diag.h, linux/inet_diag.h, linux/in.h. */

/** Type of requests and answers alike. */
export const SOCK_DIAG_BY_FAMILY = 20;
/** Closes a socket. */
export const SOCK_DESTROY = 21;

export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_DCCP = 33;
export const IPPROTO_ICMPV6 = 58;
export const IPPROTO_SCTP = 132;
export const IPPROTO_RAW = 255;
export const IPPROTO_MPTCP = 262;

/** Bits of `ext`: bit N - 1 asks for attribute N. Later attributes come unasked or with one of these. */
export const INET_DIAG_MEMINFO = 1;
export const INET_DIAG_INFO = 2;
export const INET_DIAG_VEGASINFO = 3;
export const INET_DIAG_CONG = 4;
export const INET_DIAG_TOS = 5;
export const INET_DIAG_TCLASS = 6;
export const INET_DIAG_SKMEMINFO = 7;
export const INET_DIAG_SHUTDOWN = 8;
export const INET_DIAG_DCTCPINFO = 9;
export const INET_DIAG_PROTOCOL = 10;
export const INET_DIAG_SKV6ONLY = 11;
export const INET_DIAG_LOCALS = 12;
export const INET_DIAG_PEERS = 13;
export const INET_DIAG_BBRINFO = 16;
export const INET_DIAG_CLASS_ID = 17;
export const INET_DIAG_MD5SIG = 18;
export const INET_DIAG_ULP_INFO = 19;
export const INET_DIAG_SOCKOPT = 22;
/** Always sent by kernels that know them, the mark to CAP_NET_ADMIN only. */
export const INET_DIAG_MARK = 15;
export const INET_DIAG_CGROUP_ID = 21;

/** Bytes of struct inet_diag_msg. */
export const INET_DIAG_MSG_LENGTH = 72;

/** Multicast groups that tell of sockets being destroyed. */
export const SKNLGRP_INET_TCP_DESTROY = 1;
export const SKNLGRP_INET_UDP_DESTROY = 2;
export const SKNLGRP_INET6_TCP_DESTROY = 3;
export const SKNLGRP_INET6_UDP_DESTROY = 4;

/** State names of the reference, by number. */
export const STATE_NAMES: readonly string[] = [
  ...['UNKNOWN', 'ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'UNCONN'],
  ...['CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING'],
];

/** Names by idiag_timer. Source: ss(8), uapi linux/inet_diag.h. */
export const TIMER_NAMES = ['off', 'on', 'keepalive', 'timewait', 'persist'] as const;
