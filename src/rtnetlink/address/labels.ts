import type {CallOptions} from '../../netlink/async.js';
import {AF_INET6} from '../constants.js';
import {change, type Device, type InputContext, type PrefixInput, toPrefix} from '../input.js';
import {Listing, type Query} from '../listing.js';
import type {AddressLabel, AddressLabelRequest} from './label.js';
import {type AddressLabelMessageRequest, addressLabelRequests} from './labelRequests.js';

/** A label as `ip addrlabel add` takes it. */
export interface AddressLabelInput {
  readonly prefix: PrefixInput;
  /** Only for addresses of this link. */
  readonly dev?: Device | undefined;
  readonly label: number;
}

function body({prefix, dev, label}: AddressLabelInput, {index}: InputContext): AddressLabelRequest {
  const {address, length} = toPrefix('prefix', prefix);
  return {
    family: address.family,
    prefixlen: length,
    index: dev === undefined ? 0 : index(dev),
    address,
    label,
  };
}

const verb = (make: (body: AddressLabelRequest) => AddressLabelMessageRequest) =>
  change<AddressLabelInput>(
    ({dev}) => [dev],
    (input, context) => make(body(input, context)),
  );

/** Changes of labels, one by one or in a batch. */
export const addressLabelChanges = {
  add: verb(addressLabelRequests.add),
  /** The kernel wants the label, too. */
  delete: verb(addressLabelRequests.delete),
} as const;

/** Labels by which source addresses are chosen, of one namespace (RFC 6724): `ip addrlabel`. */
export class AddressLabels extends Listing<object, AddressLabel> {
  /** `ip addrlabel add`. @throws {NetlinkError} EEXIST */
  add(label: AddressLabelInput, options?: CallOptions): Promise<void> {
    return this.session.change(addressLabelChanges.add, label, options);
  }

  /** `ip addrlabel del`. @throws {NetlinkError} ESRCH */
  delete(label: AddressLabelInput, options?: CallOptions): Promise<void> {
    return this.session.change(addressLabelChanges.delete, label, options);
  }

  /** Deletes all: `ip addrlabel flush`. @returns how many */
  async flush(options?: CallOptions): Promise<number> {
    const requests = (await this.list({}, options)).map(addressLabelRequests.deleteRecord);
    return this.session.deleteAll(requests, ['ESRCH'], options);
  }

  protected override query(): Query<AddressLabel> {
    return {request: addressLabelRequests.list(), passes: ({family}) => family === AF_INET6};
  }
}
