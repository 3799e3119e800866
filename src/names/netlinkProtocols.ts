import {parseUnsigned} from '../addr/iproute.js';
import {NameTable} from './tables.js';

/** Netlink protocols without a file. Source: uapi linux/netlink.h; names as ss 6.1 has them. */
const builtin = () => ({
  0: 'rtnl',
  1: 'unused',
  2: 'usersock',
  3: 'fw',
  4: 'tcpdiag',
  5: 'nflog',
  6: 'xfrm',
  7: 'selinux',
  8: 'iscsi',
  9: 'audit',
  10: 'fiblookup',
  11: 'connector',
  12: 'nft',
  13: 'ip6fw',
  14: 'dec-rt',
  15: 'uevent',
  16: 'genl',
  18: 'scsi-trans',
  19: 'ecryptfs',
  20: 'rdma',
  21: 'crypto',
});

/** Names of netlink protocols, of which /etc/iproute2/nl_protos may change some. */
export class NetlinkProtocols {
  readonly #table: NameTable;

  constructor(directory = '/etc/iproute2') {
    this.#table = new NameTable(directory, 'nl_protos', {builtin: builtin(), hashed: false, parts: false});
  }

  /** Name, or undefined. */
  name(value: number): string | undefined {
    return this.#table.name(value);
  }

  /** Number of a name, or a number up to 255. */
  number(word: string): number | undefined {
    const named = this.#table.toNumber(word);
    if (named !== undefined) return named;
    const read = parseUnsigned(word);
    return read !== undefined && read.end === word.length && read.value <= 255 ? read.value : undefined;
  }
}
