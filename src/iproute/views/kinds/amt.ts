import type {Amt} from '../../../rtnetlink/link/kinds/amt.js';
import {type Field, field} from '../../../view/field.js';
import {address, enumerated, ifname, uint} from '../../../view/kinds.js';

/** An AMT gateway or relay with `-d`, in the reference's order. */
export const amtFields: readonly Field<Amt>[] = [
  field('mode', '%s ', enumerated(['gateway', 'relay']), r => r.mode),
  field('gateway_port', 'gateway_port %s ', uint, r => r.gatewayPort),
  field('relay_port', 'relay_port %s ', uint, r => r.relayPort),
  field('local', 'local %s ', address, r => r.localIp),
  field('remote', 'remote %s ', address, r => r.remoteIp),
  field('discovery', 'discovery %s ', address, r => r.discoveryIp),
  field('link', 'dev %s ', ifname, r => r.link),
  field('max_tunnels', 'max_tunnels %s ', uint, r => r.maxTunnels),
];
