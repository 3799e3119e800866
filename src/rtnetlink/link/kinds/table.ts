import {nest} from '../../../netlink/schema.js';
import {bridge} from './bridge.js';
import {bridgePort} from './bridgeSlave.js';
import {veth} from './veth.js';

/** IFLA_INFO_DATA by IFLA_INFO_KIND; a kind without options (ifb) has no line. */
export const kinds = () => ({
  bridge: nest(bridge),
  veth: nest(veth),
});

/** IFLA_INFO_SLAVE_DATA by IFLA_INFO_SLAVE_KIND. */
export const slaveKinds = () => ({
  bridge: nest(bridgePort),
});
