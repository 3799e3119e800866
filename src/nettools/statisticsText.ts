/** How counters are said: by name the sentence, in which % stands for the value. */
export interface Sentences {
  /** Said even where they are zero. */
  readonly always?: Readonly<Record<string, string>>;
  readonly nonzero?: Readonly<Record<string, string>>;
  /** Part of the histogram of what came in. */
  readonly input?: Readonly<Record<string, string>>;
  /** Part of the histogram of what went out. */
  readonly output?: Readonly<Record<string, string>>;
  /** Settings, not counters. */
  readonly hidden?: readonly string[];
}

/**
 * Sections of /proc/net/snmp, /proc/net/netstat and /proc/net/sctp/snmp. What is not here goes by its own name.
 * Source: net-tools 2.10 run on files with a value of its own for each counter.
 */
export function inetSentences(): Readonly<Record<string, Sentences>> {
  return {
    Ip: {
      hidden: ['DefaultTTL'],
      always: {
        InReceives: '% total packets received',
        ForwDatagrams: '% forwarded',
        InDiscards: '% incoming packets discarded',
        InDelivers: '% incoming packets delivered',
        OutRequests: '% requests sent out',
      },
      nonzero: {
        InHdrErrors: '% with invalid headers',
        InAddrErrors: '% with invalid addresses',
        InUnknownProtos: '% with unknown protocol',
        OutDiscards: '% outgoing packets dropped',
        OutNoRoutes: '% dropped because of missing route',
        ReasmTimeout: '% fragments dropped after timeout',
        ReasmReqds: '% reassemblies required',
        ReasmOKs: '% packets reassembled ok',
        ReasmFails: '% packet reassemblies failed',
        FragOKs: '% outgoing packets fragmented ok',
        FragFails: '% outgoing packets failed fragmentation',
        FragCreates: '% fragments created',
      },
    },
    Icmp: {
      always: {
        InMsgs: '% ICMP messages received',
        InErrors: '% input ICMP message failed',
        OutMsgs: '% ICMP messages sent',
        OutErrors: '% ICMP messages failed',
      },
      input: {
        InDestUnreachs: 'destination unreachable: %',
        InTimeExcds: 'timeout in transit: %',
        InParmProbs: 'wrong parameters: %',
        InSrcQuenchs: 'source quenches: %',
        InRedirects: 'redirects: %',
        InEchos: 'echo requests: %',
        InEchoReps: 'echo replies: %',
        InTimestamps: 'timestamp request: %',
        InTimestampReps: 'timestamp reply: %',
        InAddrMasks: 'address mask request: %',
        InAddrMaskReps: 'address mask replies: %',
      },
      output: {
        OutDestUnreachs: 'destination unreachable: %',
        OutTimeExcds: 'time exceeded: %',
        OutParmProbs: 'wrong parameters: %',
        OutSrcQuenchs: 'source quench: %',
        OutRedirects: 'redirect: %',
        OutEchos: 'echo requests: %',
        OutEchoReps: 'echo replies: %',
        OutTimestamps: 'timestamp requests: %',
        OutTimestampReps: 'timestamp replies: %',
        OutAddrMasks: 'address mask requests: %',
        OutAddrMaskReps: 'address mask replies: %',
      },
    },
    Tcp: {
      hidden: ['RtoAlgorithm', 'RtoMin', 'RtoMax', 'MaxConn'],
      always: {
        ActiveOpens: '% active connection openings',
        PassiveOpens: '% passive connection openings',
        AttemptFails: '% failed connection attempts',
        EstabResets: '% connection resets received',
        CurrEstab: '% connections established',
        InSegs: '% segments received',
        OutSegs: '% segments sent out',
        RetransSegs: '% segments retransmitted',
        InErrs: '% bad segments received',
        OutRsts: '% resets sent',
      },
    },
    Udp: {
      always: {
        InDatagrams: '% packets received',
        NoPorts: '% packets to unknown port received',
        InErrors: '% packet receive errors',
        OutDatagrams: '% packets sent',
        RcvbufErrors: '% receive buffer errors',
        SndbufErrors: '% send buffer errors',
      },
    },
    TcpExt: {
      nonzero: {
        SyncookiesSent: '% SYN cookies sent',
        SyncookiesRecv: '% SYN cookies received',
        SyncookiesFailed: '% invalid SYN cookies received',
        EmbryonicRsts: '% resets received for embryonic SYN_RECV sockets',
        PruneCalled: '% packets pruned from receive queue because of socket buffer overrun',
        RcvPruned: '% packets pruned from receive queue',
        OfoPruned: '% packets dropped from out-of-order queue because of socket buffer overrun',
        OutOfWindowIcmps: '% ICMP packets dropped because they were out-of-window',
        LockDroppedIcmps: '% ICMP packets dropped because socket was locked',
        TW: '% TCP sockets finished time wait in fast timer',
        TWRecycled: '% time wait sockets recycled by time stamp',
        PAWSActive: '% active connections rejected because of time stamp',
        PAWSEstab: '% packets rejected in established connections because of timestamp',
        DelayedACKs: '% delayed acks sent',
        DelayedACKLocked: '% delayed acks further delayed because of locked socket',
        DelayedACKLost: 'Quick ack mode was activated % times',
        ListenOverflows: '% times the listen queue of a socket overflowed',
        ListenDrops: '% SYNs to LISTEN sockets dropped',
        TCPPureAcks: '% acknowledgments not containing data payload received',
        TCPHPAcks: '% predicted acknowledgments',
        TCPRenoRecovery: '% times recovered from packet loss due to fast retransmit',
        TCPSACKReorder: 'Detected reordering % times using SACK',
        TCPRenoReorder: 'Detected reordering % times using reno fast retransmit',
        TCPTSReorder: 'Detected reordering % times using time stamp',
        TCPFullUndo: '% congestion windows fully recovered without slow start',
        TCPPartialUndo: '% congestion windows partially recovered using Hoe heuristic',
        TCPLossUndo: '% congestion windows recovered without slow start after partial ack',
        TCPRenoFailures: '% timeouts after reno fast retransmit',
        TCPLossFailures: '% timeouts in loss state',
        TCPFastRetrans: '% fast retransmits',
        TCPSlowStartRetrans: '% retransmits in slow start',
        TCPRcvCollapsed: '% packets collapsed in receive queue due to low socket buffer',
        TCPAbortOnData: '% connections reset due to unexpected data',
        TCPAbortOnClose: '% connections reset due to early user close',
        TCPAbortOnMemory: '% connections aborted due to memory pressure',
        TCPAbortOnTimeout: '% connections aborted due to timeout',
        TCPAbortOnLinger: '% connections aborted after user close in linger timeout',
        TCPAbortFailed: '% times unable to send RST due to no memory',
        TCPMemoryPressures: 'TCP ran low on memory % times',
        PAWSPassive: '% passive connections rejected because of time stamp',
        TCPPrequeued: '% packets directly queued to recvmsg prequeue',
        TCPDirectCopyFromBacklog: '% bytes directly in process context from backlog',
        TCPHPHitsToUser: '% packet headers predicted and directly queued to user',
        TCPFACKReorder: 'Detected reordering % times using FACK',
        TCPSchedulerFailed: '% times receiver scheduled too late for direct processing',
        TCPForwardRetrans: '% forward retransmits',
        TCPLostRetransmits: '% retransmits lost',
        TCPAbortOnSyn: '% connections reset due to unexpected SYN',
      },
      always: {
        TCPHPHits: '% packet headers predicted',
      },
    },
    Sctp: {
      always: {
        SctpCurrEstab: '% Current Associations',
        SctpActiveEstabs: '% Active Associations',
        SctpPassiveEstabs: '% Passive Associations',
        SctpAborteds: '% Number of Aborteds ',
        SctpShutdowns: '% Number of Graceful Terminations',
        SctpOutOfBlues: '% Number of Out of Blue packets',
        SctpChecksumErrors: '% Number of Packets with invalid Checksum',
        SctpOutCtrlChunks: '% Number of control chunks sent',
        SctpOutOrderChunks: '% Number of ordered chunks sent',
        SctpOutUnorderChunks: '% Number of Unordered chunks sent',
        SctpInCtrlChunks: '% Number of control chunks received',
        SctpInOrderChunks: '% Number of ordered chunks received',
        SctpInUnorderChunks: '% Number of Unordered chunks received',
        SctpFragUsrMsgs: '% Number of messages fragmented',
        SctpReasmUsrMsgs: '% Number of messages reassembled ',
        SctpOutSCTPPacks: '% Number of SCTP packets sent',
        SctpInSCTPPacks: '% Number of SCTP packets received',
      },
    },
  };
}

/** Sections of /proc/net/snmp6, whose counters carry the name of their section. */
export function inet6Sentences(): Readonly<Record<string, Sentences>> {
  return {
    Ip6: {
      always: {
        Ip6InReceives: '% total packets received',
        Ip6InDiscards: '% incoming packets discarded',
        Ip6InDelivers: '% incoming packets delivered',
        Ip6OutForwDatagrams: '% forwarded',
        Ip6OutRequests: '% requests sent out',
      },
      nonzero: {
        Ip6InHdrErrors: '% with invalid headers',
        Ip6InTooBigErrors: '% with packets too big',
        Ip6InNoRoutes: '% incoming packets with no route',
        Ip6InAddrErrors: '% with invalid addresses',
        Ip6InUnknownProtos: '% with unknown protocol',
        Ip6InTruncatedPkts: '% with truncated packets',
        Ip6OutDiscards: '% outgoing packets dropped',
        Ip6OutNoRoutes: '% dropped because of missing route',
        Ip6ReasmTimeout: '% fragments dropped after timeout',
        Ip6ReasmReqds: '% reassemblies required',
        Ip6ReasmOKs: '% packets reassembled ok',
        Ip6ReasmFails: '% packet reassemblies failed',
        Ip6FragOKs: '% outgoing packets fragmented ok',
        Ip6FragFails: '% outgoing packets failed fragmentation',
        Ip6FragCreates: '% fragments created',
        Ip6InMcastPkts: '% incoming multicast packets',
        Ip6OutMcastPkts: '% outgoing multicast packets',
      },
    },
    Icmp6: {
      always: {
        Icmp6InMsgs: '% ICMP messages received',
        Icmp6InErrors: '% input ICMP message failed',
        Icmp6OutMsgs: '% ICMP messages sent',
      },
      input: {
        Icmp6InDestUnreachs: 'destination unreachable: %',
        Icmp6InPktTooBigs: 'packets too big: %',
        Icmp6InTimeExcds: 'received ICMPv6 time exceeded: %',
        Icmp6InParmProblems: 'parameter problem: %',
        Icmp6InEchos: 'echo requests: %',
        Icmp6InEchoReplies: 'echo replies: %',
        Icmp6InGroupMembQueries: 'group member queries: %',
        Icmp6InGroupMembResponses: 'group member responses: %',
        Icmp6InGroupMembReductions: 'group member reductions: %',
        Icmp6InRouterSolicits: 'router solicits: %',
        Icmp6InRouterAdvertisements: 'router advertisement: %',
        Icmp6InNeighborSolicits: 'neighbour solicits: %',
        Icmp6InNeighborAdvertisements: 'neighbour advertisement: %',
        Icmp6InRedirects: 'redirects: %',
      },
      output: {
        Icmp6OutDestUnreachs: 'destination unreachable: %',
        Icmp6OutPktTooBigs: 'packets too big: %',
        Icmp6OutTimeExcds: 'sent ICMPv6 time exceeded: %',
        Icmp6OutParmProblems: 'parameter problem: %',
        Icmp6OutEchos: 'echo requests: %',
        Icmp6OutEchoReplies: 'echo replies: %',
        Icmp6OutGroupMembQueries: 'group member queries: %',
        Icmp6OutGroupMembResponses: 'group member responses: %',
        Icmp6OutGroupMembReductions: 'group member reductions: %',
        Icmp6OutRouterSolicits: 'router solicits: %',
        Icmp6OutNeighborSolicits: 'neighbor solicits: %',
        Icmp6OutNeighborAdvertisements: 'neighbor advertisements: %',
        Icmp6OutRedirects: 'redirects: %',
      },
    },
    Udp6: {
      always: {
        Udp6InDatagrams: '% packets received',
        Udp6NoPorts: '% packets to unknown port received',
        Udp6InErrors: '% packet receive errors',
        Udp6OutDatagrams: '% packets sent',
      },
    },
  };
}
