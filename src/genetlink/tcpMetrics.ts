import type {Decoded} from '../netlink/schema.js';
import {attrs, inet, inet6, message, nest, u32, u64} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/tcp_metrics.h, TCP_METRICS_CMD_*. */
export const TCP_METRICS_CMD_GET = 1;
export const TCP_METRICS_CMD_DEL = 2;

/** Source: uapi linux/tcp_metrics.h, enum tcp_metric_index plus one. Times in eighths and quarters of a microsecond. */
const values = attrs({ssthresh: [3, u32], cwnd: [4, u32], reordering: [5, u32], rttUs: [6, u32], rttvarUs: [7, u32]});

/** What TCP remembers of a peer; `age` in ms. Source: uapi linux/tcp_metrics.h, TCP_METRICS_ATTR_*. */
export const tcpMetricsMessage = message(
  'tcp_metrics',
  genericHeader,
  {
    dst4: [1, inet],
    dst6: [2, inet6],
    age: [3, u64],
    values: [6, nest(values)],
    src4: [11, inet],
    src6: [12, inet6],
  },
  {protocol: NETLINK_GENERIC},
);

/** What TCP remembers of a peer. */
export type TcpMetrics = Decoded<typeof tcpMetricsMessage>;
