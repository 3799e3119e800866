import type {Request} from '../../netlink/message.js';
import {AF_INET6, RTM_DELADDRLABEL, RTM_GETADDRLABEL, RTM_NEWADDRLABEL} from '../constants.js';
import {ADD, makeRequest} from '../request.js';
import {type AddressLabel, type AddressLabelRequest, addressLabelMessage} from './label.js';

/** A request about one label or all. */
export type AddressLabelMessageRequest = Request<typeof addressLabelMessage>;

/** Requests of `ip addrlabel`. Source: ip-addrlabel(8). */
export const addressLabelRequests = {
  /** `ip addrlabel add`. */
  add: (body: AddressLabelRequest): AddressLabelMessageRequest =>
    makeRequest(addressLabelMessage, RTM_NEWADDRLABEL, ADD, body),
  /** `ip addrlabel del`. */
  delete: (body: AddressLabelRequest): AddressLabelMessageRequest =>
    makeRequest(addressLabelMessage, RTM_DELADDRLABEL, 0, body),
  /** All labels: `ip addrlabel list`. */
  list: (family: number = AF_INET6): AddressLabelMessageRequest =>
    makeRequest(addressLabelMessage, RTM_GETADDRLABEL, 0, {family}),
  /** Deletes one as the kernel told it: `ip addrlabel flush`. */
  deleteRecord: ({family, prefixlen, index, address, label}: AddressLabel): AddressLabelMessageRequest =>
    makeRequest(addressLabelMessage, RTM_DELADDRLABEL, 0, {family, prefixlen, index, address, label}),
} as const;
