import type {Macsec} from '../../../rtnetlink/link/kinds/macsec.js';
import {type Field, field} from '../../../view/field.js';
import {type Kind, uint, word} from '../../../view/kinds.js';
import {onOffNumber} from './values.js';

/** Names of cipher suites. Source: uapi linux/if_macsec.h, MACSEC_CIPHER_ID_*. */
export function cipherName(id: bigint): string {
  switch (id) {
    case 0x0080020001000001n:
    case 0x0080c20001000001n:
      return 'GCM-AES-128';
    case 0x0080c20001000002n:
      return 'GCM-AES-256';
    case 0x0080c20001000003n:
      return 'GCM-AES-XPN-128';
    case 0x0080c20001000004n:
      return 'GCM-AES-XPN-256';
    default:
      return '(unknown)';
  }
}

/** A word by its number, which newer kernels may add to. */
function known(words: readonly string[]): Kind<number> {
  return {
    text: (out, value) => out.ascii(words[value] ?? '(unknown)'),
    json: (json, value) => json.word(words[value] ?? '(unknown)'),
  };
}

/** Source: uapi linux/if_link.h, MACSEC_VALIDATE_*, MACSEC_OFFLOAD_*. */
export const validation = known(['disabled', 'check', 'strict']);
export const offload = known(['off', 'phy', 'mac']);

/** A MACsec device with `-d`, in the reference's order. */
export const macsecFields: readonly Field<Macsec>[] = [
  field('sci', 'sci %s ', word, r => r.sci?.toString(16).padStart(16, '0')),
  field('protect', 'protect %s ', onOffNumber, r => r.protect),
  field('cipher_suite', 'cipher %s ', word, r => (r.cipherSuite === undefined ? undefined : cipherName(r.cipherSuite))),
  field('icv_len', 'icvlen %s ', uint, r => r.icvLen),
  field('encoding_sa', 'encodingsa %s ', uint, r => r.encodingSa),
  field('validation', 'validate %s ', validation, r => r.validation),
  field('offload', 'offload %s ', offload, r => r.offload),
  field('encrypt', 'encrypt %s ', onOffNumber, r => r.encrypt),
  field('inc_sci', 'send_sci %s ', onOffNumber, r => r.incSci),
  field('es', 'end_station %s ', onOffNumber, r => r.es),
  field('scb', 'scb %s ', onOffNumber, r => r.scb),
  field('replay_protect', 'replay %s ', onOffNumber, r => r.replayProtect),
  field('window', 'window %s ', uint, r => r.window),
];
