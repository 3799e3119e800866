import type {Decoded, Encodable} from '../netlink/schema.js';
import {attrs, be32, be64, bytes, items, message, nest, u8, u32, u64} from '../netlink/schema.js';
import {genericHeader, NETLINK_GENERIC} from './controller.js';

/** Source: uapi linux/if_macsec.h, enum macsec_nl_commands. */
export const MACSEC_CMD_GET_TXSC = 0;
export const MACSEC_CMD_ADD_RXSC = 1;
export const MACSEC_CMD_DEL_RXSC = 2;
export const MACSEC_CMD_UPD_RXSC = 3;
export const MACSEC_CMD_ADD_TXSA = 4;
export const MACSEC_CMD_DEL_TXSA = 5;
export const MACSEC_CMD_UPD_TXSA = 6;
export const MACSEC_CMD_ADD_RXSA = 7;
export const MACSEC_CMD_DEL_RXSA = 8;
export const MACSEC_CMD_UPD_RXSA = 9;
export const MACSEC_CMD_UPD_OFFLOAD = 10;

/** Bytes of a key, of its identifier, and of the salt. Source: uapi linux/if_macsec.h. */
export const MACSEC_MAX_KEY_LEN = 128;
export const MACSEC_KEYID_LEN = 16;
export const MACSEC_SALT_LEN = 12;

const saStats = attrs({
  inPktsOk: [1, u32],
  inPktsInvalid: [2, u32],
  inPktsNotValid: [3, u32],
  inPktsNotUsingSa: [4, u32],
  inPktsUnusedSa: [5, u32],
  outPktsProtected: [6, u32],
  outPktsEncrypted: [7, u32],
});

/** `pn` is a u32, with a suite of extended packet numbers a u64. Source: enum macsec_sa_attrs. */
const sa = attrs({
  an: [1, u8],
  active: [2, u8],
  pn: [3, bytes],
  key: [4, bytes],
  keyId: [5, bytes],
  stats: [6, nest(saStats)],
  ssci: [8, be32],
  salt: [9, bytes],
});

const rxscStats = attrs({
  inOctetsValidated: [1, u64],
  inOctetsDecrypted: [2, u64],
  inPktsUnchecked: [3, u64],
  inPktsDelayed: [4, u64],
  inPktsOk: [5, u64],
  inPktsInvalid: [6, u64],
  inPktsLate: [7, u64],
  inPktsNotValid: [8, u64],
  inPktsNotUsingSa: [9, u64],
  inPktsUnusedSa: [10, u64],
});

/** Source: enum macsec_rxsc_attrs. */
const rxsc = attrs({
  sci: [1, be64],
  active: [2, u8],
  saList: [3, items(nest(sa))],
  stats: [4, nest(rxscStats)],
});

/** Source: enum macsec_secy_attrs. */
const secy = attrs({
  sci: [1, be64],
  encodingSa: [2, u8],
  window: [3, u32],
  cipherSuite: [4, u64],
  icvLen: [5, u8],
  protect: [6, u8],
  replay: [7, u8],
  oper: [8, u8],
  validate: [9, u8],
  encrypt: [10, u8],
  incSci: [11, u8],
  es: [12, u8],
  scb: [13, u8],
});

const txscStats = attrs({
  outPktsProtected: [1, u64],
  outPktsEncrypted: [2, u64],
  outOctetsProtected: [3, u64],
  outOctetsEncrypted: [4, u64],
});

const secyStats = attrs({
  outPktsUntagged: [1, u64],
  inPktsUntagged: [2, u64],
  outPktsTooLong: [3, u64],
  inPktsNoTag: [4, u64],
  inPktsBadTag: [5, u64],
  inPktsUnknownSci: [6, u64],
  inPktsNoSci: [7, u64],
  inPktsOverrun: [8, u64],
});

/** A MACsec device (IEEE 802.1AE) with its channels and associations. Source: uapi linux/if_macsec.h, enum macsec_attrs. */
export const macsecMessage = message(
  'macsec',
  genericHeader,
  {
    ifindex: [1, u32],
    rxscConfig: [2, nest(rxsc)],
    saConfig: [3, nest(sa)],
    secy: [4, nest(secy)],
    txsaList: [5, items(nest(sa))],
    rxscList: [6, items(nest(rxsc))],
    txscStats: [7, nest(txscStats)],
    secyStats: [8, nest(secyStats)],
    offload: [9, nest(attrs({type: [1, u8]}))],
  },
  {protocol: NETLINK_GENERIC},
);

/** What the kernel tells of a device. */
export type MacsecDevice = Decoded<typeof macsecMessage>;
/** Its settings. */
export type MacsecSecy = Decoded<typeof secy>;
/** A receive channel. */
export type MacsecRxsc = Decoded<typeof rxsc>;
/** An association of either direction. */
export type MacsecSa = Decoded<typeof sa>;
/** Fields of a request. */
export type MacsecRequest = Encodable<typeof macsecMessage>;
/** Fields of a request about an association. */
export type MacsecSaRequest = Encodable<typeof sa>;
