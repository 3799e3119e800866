import type {Decoded, Encodable} from '../netlink/schema.js';
import {attrs, bytes, i32, inet, inet6, message, nest, u16, u32, u64} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/tcp_metrics.h, TCP_METRICS_CMD_*. */
export const TCP_METRICS_CMD_GET = 1;
export const TCP_METRICS_CMD_DEL = 2;

/**
 * Source: uapi linux/tcp_metrics.h, enum tcp_metric_index plus one. Round trip times are in eighths, their variation in quarters,
 * of a millisecond or, in the later two, of a microsecond.
 */
const values = attrs({
  rtt: [1, u32],
  rttvar: [2, u32],
  ssthresh: [3, u32],
  cwnd: [4, u32],
  reordering: [5, u32],
  rttUs: [6, u32],
  rttvarUs: [7, u32],
});

/**
 * What TCP remembers of a peer; `age` and `fopenSynDropTs` in ms, `twTsStamp` in seconds.
 * Source: uapi linux/tcp_metrics.h, TCP_METRICS_ATTR_*.
 */
export const tcpMetricsMessage = message(
  'tcp_metrics',
  genericHeader,
  {
    dst4: [1, inet],
    dst6: [2, inet6],
    age: [3, u64],
    twTsval: [4, u32],
    twTsStamp: [5, i32],
    values: [6, nest(values)],
    fopenMss: [7, u16],
    fopenSynDrops: [8, u16],
    fopenSynDropTs: [9, u64],
    fopenCookie: [10, bytes],
    src4: [11, inet],
    src6: [12, inet6],
  },
  {protocol: NETLINK_GENERIC},
);

/** What TCP remembers of a peer. */
export type TcpMetrics = Decoded<typeof tcpMetricsMessage>;
/** Fields of a request about it. */
export type TcpMetricsRequest = Encodable<typeof tcpMetricsMessage>;
