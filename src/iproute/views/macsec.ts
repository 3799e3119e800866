import type {MacsecRxsc, MacsecSa} from '../../genetlink/macsec.js';
import type {WholeDevice} from '../../ops/macsec.js';
import {lowPacketNumber} from '../../ops/macsecSa.js';
import {custom, type Field, field, line, list, view, when} from '../../view/field.js';
import {ifname, type Kind, uint, word} from '../../view/kinds.js';
import {cipherName, offload, validation} from './kinds/macsec.js';
import {onOffNumber} from './kinds/values.js';

/** A number of hexadecimal digits, filled with zeros; a string with `0x` in JSON, but for a plain 0. */
function digits(width: number): Kind<bigint | number> {
  return {
    text: (out, value) => out.ascii(value.toString(16).padStart(width, '0')),
    json: (json, value) => json.word(value > 0 ? `0x${value.toString(16)}` : '0'),
  };
}

const channelId = digits(16);

/** Counters by the words of IEEE 802.1AE. */
type Counters<S> = Readonly<Record<string, (stats: S) => number | bigint | undefined>>;

/** With `-s` a line of names, and values under their ends; `-` for what the kernel does not tell. */
function counters<R, S>(table: Counters<S>, get: (record: R) => S | undefined): Field<R> {
  const columns = Object.entries(table);
  return when(
    (record, c) => c.statistics > 0 && get(record) !== undefined,
    [
      custom(
        (out, record) => {
          out.ascii('    stats:');
          for (const [name] of columns) out.ascii(` ${name}`);
          out.ascii('\n          ');
          const stats = get(record) as S;
          for (const [name, of] of columns) out.ascii(String(of(stats) ?? '-').padStart(name.length + 1));
          out.ascii('\n');
        },
        (json, record) => {
          const stats = get(record) as S;
          for (const [name, of] of columns) {
            const value = of(stats);
            if (value === undefined) continue;
            json.key(name);
            if (typeof value === 'bigint') json.big(value);
            else json.uint(value);
          }
        },
      ),
    ],
  );
}

type SaStats = NonNullable<MacsecSa['stats']>;

const receiving: Counters<SaStats> = {
  InPktsOK: s => s.inPktsOk,
  InPktsInvalid: s => s.inPktsInvalid,
  InPktsNotValid: s => s.inPktsNotValid,
  InPktsNotUsingSA: s => s.inPktsNotUsingSa,
  InPktsUnusedSA: s => s.inPktsUnusedSa,
};

const sending: Counters<SaStats> = {
  OutPktsProtected: s => s.outPktsProtected,
  OutPktsEncrypted: s => s.outPktsEncrypted,
};

const ofChannel: Counters<NonNullable<MacsecRxsc['stats']>> = {
  InOctetsValidated: s => s.inOctetsValidated,
  InOctetsDecrypted: s => s.inOctetsDecrypted,
  InPktsUnchecked: s => s.inPktsUnchecked,
  InPktsDelayed: s => s.inPktsDelayed,
  InPktsOK: s => s.inPktsOk,
  InPktsInvalid: s => s.inPktsInvalid,
  InPktsLate: s => s.inPktsLate,
  InPktsNotValid: s => s.inPktsNotValid,
  InPktsNotUsingSA: s => s.inPktsNotUsingSa,
  InPktsUnusedSA: s => s.inPktsUnusedSa,
};

const ofSecy: Counters<NonNullable<WholeDevice['secyStats']>> = {
  OutPktsUntagged: s => s.outPktsUntagged,
  InPktsUntagged: s => s.inPktsUntagged,
  OutPktsTooLong: s => s.outPktsTooLong,
  InPktsNoTag: s => s.inPktsNoTag,
  InPktsBadTag: s => s.inPktsBadTag,
  InPktsUnknownSCI: s => s.inPktsUnknownSci,
  InPktsNoSCI: s => s.inPktsNoSci,
  InPktsOverrun: s => s.inPktsOverrun,
};

const ofSending: Counters<NonNullable<WholeDevice['txscStats']>> = {
  OutPktsProtected: s => s.outPktsProtected,
  OutPktsEncrypted: s => s.outPktsEncrypted,
  OutOctetsProtected: s => s.outOctetsProtected,
  OutOctetsEncrypted: s => s.outOctetsEncrypted,
};

/** An association, and whether its device counts packets in 64 bits, so that a short channel identifier belongs to it. */
interface SaRow {
  readonly sa: MacsecSa;
  readonly isExtended: boolean;
}

const rowsOf = (list: readonly MacsecSa[] | undefined, isExtended: boolean): SaRow[] =>
  (list ?? []).map(sa => ({sa, isExtended}));

function isExtended({secy}: WholeDevice): boolean {
  return cipherName(secy.cipherSuite ?? 0n).includes('XPN');
}

function association(table: Counters<SaStats>): readonly Field<SaRow>[] {
  return [
    field('an', '        %s: ', uint, r => r.sa.an ?? 0),
    field('pn', 'PN %s,', uint, r => (r.sa.pn === undefined ? 0 : lowPacketNumber(r.sa.pn))),
    field('ssci', 'SSCI %s', digits(8), r => (r.isExtended ? (r.sa.ssci ?? 0) : undefined)),
    field('active', ' state %s,', onOffNumber, r => r.sa.active ?? 0),
    field('key', ' key %s\n', word, r => Buffer.from(r.sa.keyId ?? []).toString('hex')),
    counters(table, r => r.sa.stats),
  ];
}

interface RxscRow {
  readonly rxsc: MacsecRxsc;
  readonly isExtended: boolean;
}

/** One device with the ends of its lines; only two of them are joined by `-o`. */
export const macsecView = view<WholeDevice>([
  field('ifindex', '%s: ', uint, r => r.ifindex),
  field('ifname', '%s: ', ifname, r => r.ifindex, {colour: 'ifname'}),
  field('protect', 'protect %s ', onOffNumber, r => r.secy.protect),
  field('validate', 'validate %s ', validation, r => r.secy.validate),
  // The reference takes both from the number of the encoding association.
  field('sc', 'sc %s ', onOffNumber, r => r.secy.encodingSa),
  field('sa', 'sa %s ', onOffNumber, r => r.secy.encodingSa),
  field('encrypt', 'encrypt %s ', onOffNumber, r => r.secy.encrypt),
  field('send_sci', 'send_sci %s ', onOffNumber, r => r.secy.incSci),
  field('end_station', 'end_station %s ', onOffNumber, r => r.secy.es),
  field('scb', 'scb %s ', onOffNumber, r => r.secy.scb),
  field('replay', 'replay %s ', onOffNumber, r => r.secy.replay),
  field('window', 'window %s ', uint, r => r.secy.window),
  line('    '),
  field('cipher_suite', 'cipher suite: %s,', word, r => cipherName(r.secy.cipherSuite ?? 0n)),
  field('icv_length', ' using ICV length %s\n', uint, r => r.secy.icvLen),
  field('sci', '    TXSC: %s', channelId, r => r.secy.sci),
  field('encoding_sa', ' on SA %s\n', uint, r => r.secy.encodingSa),
  counters(ofSecy, r => r.secyStats),
  counters(ofSending, r => r.txscStats),
  list('sa_list', ['', '', ''], association(sending), r => rowsOf(r.txsaList, isExtended(r))),
  list<WholeDevice, RxscRow>(
    'rx_sc',
    ['', '', ''],
    [
      field('sci', '    RXSC: %s,', channelId, r => r.rxsc.sci ?? 0n),
      field('active', ' state %s\n', onOffNumber, r => r.rxsc.active ?? 0),
      counters(ofChannel, r => r.rxsc.stats),
      list('sa_list', ['', '', ''], association(receiving), r => rowsOf(r.rxsc.saList, r.isExtended)),
    ],
    r => (r.rxscList ?? []).map(rxsc => ({rxsc, isExtended: isExtended(r)})),
  ),
  when(
    r => r.offload !== undefined,
    [field('offload', '    offload: %s ', offload, r => r.offload?.type ?? 0), line<WholeDevice>('')],
  ),
]);
