import {errnoText} from '../errno.js';
import {NetlinkError} from '../errors.js';
import type {KernelSession} from '../ops/session.js';
import {RTM_GETLINK} from '../rtnetlink/constants.js';
import {IFNAMSIZ, interfaceIoctl, interfaceRequest} from '../rtnetlink/interfaceIoctl.js';
import {linkRequests} from '../rtnetlink/link/requests.js';
import {makeRequest} from '../rtnetlink/request.js';
import {hardwareNamed} from './hardware.js';
import type {Settings} from './ifconfigSettings.js';
import {misused} from './ifconfigUsage.js';
import {linkOf} from './interfaceNames.js';
import {type InterfaceLink, interfaceMessage} from './interfaces.js';
import {checkPermission} from './permission.js';
import type {OldSession} from './session.js';

const EINVAL = 22;
/** Private calls of the SLIP line discipline: SIOCDEVPRIVATE and two on. Source: uapi linux/sockios.h, linux/if_slip.h. */
const slipCalls = {keepalive: 0x89f0, outfill: 0x89f2} as const;

type LinkMap = NonNullable<InterfaceLink['map']>;

function getDriver(name: string, call: string, session: KernelSession): InterfaceLink {
  try {
    return session.connection().get(makeRequest(interfaceMessage, RTM_GETLINK, 0, {ifname: linkOf(name)}));
  } catch (error) {
    throw error instanceof NetlinkError ? new NetlinkError(error.errno, call) : error;
  }
}

/**
 * `hw`: SIOCSIFHWADDR.
 * @returns the complaint, undefined after success
 * @throws {UsageError} for a type that is none
 */
export function setHardware(run: Settings, typeName: string, word: string): string | undefined {
  const {name, session} = run;
  const type = hardwareNamed(typeName);
  if (type === undefined) throw misused();
  if (type.parse === undefined) return `hw address type \`${typeName}' has no handler to set address. failed.`;
  const bytes = type.parse(word);
  if (bytes === undefined) return `${type.malformed ?? ''}${word}: invalid ${typeName} address.`;
  try {
    run.checkSocket('SIOCSIFHWADDR');
    checkPermission('SIOCSIFHWADDR', session);
    const link = getDriver(name, 'SIOCSIFHWADDR', session);
    const fits = link.type === type.arphrd;
    // A request has no place for the type. Where it is the wrong one, the old address shows whether the driver takes any.
    const address = fits ? bytes : (link.address ?? bytes);
    session.connection().request(linkRequests.set({index: link.index, address}));
    if (!fits) throw new NetlinkError(EINVAL, 'SIOCSIFHWADDR');
  } catch (error) {
    if (error instanceof NetlinkError) return `SIOCSIFHWADDR: ${errnoText(error.errno)}`;
    throw error;
  }
  return undefined;
}

/**
 * Resources of a driver: SIOCSIFMAP.
 * @param prefix of the call's name in a refusal
 * @throws {NetlinkError} whose `request` is the refused call
 */
export function setMap(name: string, prefix: string, fields: Partial<LinkMap>, session: KernelSession): void {
  const {index, map} = getDriver(name, `${prefix}SIOCGIFMAP`, session);
  const none: LinkMap = {memStart: 0n, memEnd: 0n, baseAddr: 0n, irq: 0, dma: 0, port: 0};
  try {
    session.connection().request(linkRequests.set({index, map: {...(map ?? none), ...fields}}));
  } catch (error) {
    throw error instanceof NetlinkError ? new NetlinkError(error.errno, `${prefix}SIOCSIFMAP`) : error;
  }
}

/** `keepalive`, `outfill`: private calls of one driver, which has no netlink messages. @throws {NetlinkError} */
export function slipCall(call: keyof typeof slipCalls, name: string, seconds: bigint, session: OldSession): void {
  const request = interfaceRequest(getDriver(name, call, session).ifname ?? name);
  new BigUint64Array(request.buffer, IFNAMSIZ, 1)[0] = seconds;
  const result = (session.ioctl ?? interfaceIoctl)(slipCalls[call], request);
  if (result < 0) throw new NetlinkError(-result, call);
}
