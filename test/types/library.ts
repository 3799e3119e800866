/*
 * What the public types allow and what they must not. `tsc` is the test: each line under @ts-expect-error has to fail.
 */
import {
  type Address,
  type Batch,
  type constants,
  type IpAddress,
  type Link,
  type NetlinkError,
  type Prefix,
  type Route,
  RtNetlink,
  SockDiag,
} from '../../src/index.js';
import type {Encodable} from '../../src/netlink/schema.js';
import type {linkMessage} from '../../src/rtnetlink/link/schema.js';
import type {RouteRequest} from '../../src/rtnetlink/route/schema.js';

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const same = <A, B>(_proof: Same<A, B>): void => undefined;

export async function usage(): Promise<void> {
  await using rt = await RtNetlink.open({netns: 'blue', signal: AbortSignal.timeout(1000)});

  // Records are typed to the last field
  const [route] = await rt.routes.list({family: 'inet', table: 'main', type: 'unicast'});
  same<typeof route, Route | undefined>(true);
  same<Route['gateway'], IpAddress | undefined>(true);
  same<Route['destination'], Prefix | undefined>(true);
  same<Route['tableId'], number>(true);
  same<Link['kind'], string | undefined>(true);
  same<Address['prefix'], Prefix | undefined>(true);
  same<NonNullable<Link['stats64']>['rxBytes'], bigint>(true);
  for await (const batch of rt.routes.stream()) same<typeof batch, Route[]>(true);
  same<Awaited<ReturnType<RtNetlink['batch']>>, (NetlinkError | undefined)[]>(true);
  same<typeof constants.RTN_UNICAST, 1>(true);

  // Requests take text and parsed values, devices by name or index
  await rt.routes.add({dst: 'default', gateway: '192.0.2.1', dev: 'eth0', table: 'main', metric: 5});
  await rt.routes.add({dst: '10.0.0.0/8', dev: 3, metrics: {mtu: 1400}});
  await rt.links.change({dev: 'eth0', master: null, up: true});
  await rt.batch(batch => batch.nexthops.delete(5));

  // @ts-expect-error a destination is needed
  await rt.routes.add({gateway: '192.0.2.1'});
  // @ts-expect-error no such property
  await rt.routes.add({dst: 'default', via: '192.0.2.1'});
  // @ts-expect-error a metric is a number
  await rt.routes.add({dst: 'default', metric: '5'});
  // @ts-expect-error no such route type
  await rt.routes.list({type: 'unicats'});
  // @ts-expect-error no such family
  await rt.addresses.list({family: 'ipv4'});
  // @ts-expect-error an address belongs to a device
  await rt.addresses.add({address: '192.0.2.1/24'});
  // @ts-expect-error a link needs a kind
  await rt.links.add({name: 'x'});
  // @ts-expect-error no such state
  await rt.neighbours.list({states: ['fine']});
  // @ts-expect-error no such action
  await rt.rules.add({action: 'drop'});
  // @ts-expect-error a group member has an id
  await rt.nexthops.add({group: [{weight: 1}]});
  // @ts-expect-error rules have no `change`
  await rt.rules.change({priority: 5});
  // @ts-expect-error records are read only
  if (route !== undefined) route.oif = 5;
  // @ts-expect-error 64-bit counters are no numbers
  const bytes: number = (await rt.links.get('lo')).stats64?.rxBytes ?? 0n;
  // @ts-expect-error made by open() only
  new RtNetlink();
  return void bytes;
}

export async function sockets(): Promise<void> {
  await using diag = await SockDiag.open();
  const [socket] = await diag.list({transport: 'udp', states: ['established'], attributes: ['info']});
  same<NonNullable<typeof socket>['src'], IpAddress>(true);
  // @ts-expect-error no such transport
  await diag.list({transport: 'ddp'});
  // @ts-expect-error no such state
  await diag.list({states: ['LISTEN']});
}

/** In a batch nothing is awaited, and only changes are there. */
export function inBatch(batch: Batch): void {
  batch.routes.add({dst: '10.0.0.0/8', dev: 'eth0'});
  // @ts-expect-error nothing can be asked in a batch
  batch.routes.list();
  // @ts-expect-error the same input as outside
  batch.routes.add({dev: 'eth0'});
}

// On the wire, nothing is text any more
// @ts-expect-error addresses are parsed
export const textOnTheWire: RouteRequest = {gateway: '192.168.1.1'};
// @ts-expect-error 64-bit values are bigint
export const roundedOnTheWire: Encodable<typeof linkMessage> = {stats64: {rxBytes: 5}};
