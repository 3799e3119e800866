import {describe, expect, test} from 'vitest';
import {atoi, strtoul} from '../../../src/nettools/cNumbers.js';
import {familyNamed, familyNames, titleLines} from '../../../src/nettools/families.js';
import {formatHardware, hardwareNamed, hardwareOf, hardwareTypes} from '../../../src/nettools/hardware.js';
import {prefixMask} from '../../../src/nettools/prefixMask.js';

function parse(type: string, text: string): string | undefined {
  const bytes = hardwareNamed(type)?.parse?.(text);
  return bytes && Buffer.from(bytes).toString('hex');
}

describe('hardware addresses', () => {
  test('of Ethernet', () => {
    expect(parse('ether', '0:1:2:3:4:5')).toBe('000102030405');
    expect(parse('ether', '001122334455')).toBe('001122334455');
    expect(parse('ether', '02:11:22:33:44:55x')).toBe('021122334455');
    expect(parse('ether', '012:1:2:3:4:5')).toBe('010201020304');
    expect(parse('ether', '00:11:22')).toBe('001122000000');
    expect(parse('ether', '')).toBe('000000000000');
    for (const wrong of [':00:11', '00::11', ' 00:11', '00-11', '0x02:1', 'zz', '00:11:22:33:44:gg']) {
      expect(parse('ether', wrong), wrong).toBeUndefined();
    }
  });

  test('keep what is there where bytes are missing', () => {
    const bytes = hardwareNamed('ether')?.parse?.('02:0', Uint8Array.of(9, 9, 9, 9, 9, 9));
    expect([...(bytes ?? [])]).toEqual([2, 0, 9, 9, 9, 9]);
  });

  test('of other hardware', () => {
    expect([parse('arcnet', '05'), parse('arcnet', '5'), parse('arcnet', '500')]).toEqual(['05', undefined, '50']);
    expect([parse('fddi', '5:6'), parse('eui64', '5:6')]).toEqual([undefined, '0506000000000000']);
    expect([parse('ax25', 'abc-1'), parse('ax25', 'A*'), parse('ax25', 'abcdefg')]).toEqual([
      '82848640404002',
      undefined,
      undefined,
    ]);
    expect([parse('rose', '0123456789'), parse('rose', '012')]).toEqual(['0123456789', undefined]);
    expect(parse('tunnel', '1.2.3.4')).toBeUndefined();
    expect(hardwareNamed('ppp')?.parse).toBeUndefined();
    expect(hardwareNamed('token')).toBeUndefined();
  });

  test('as text', () => {
    const show = (arphrd: number, hex: string): string | undefined =>
      formatHardware(hardwareOf(arphrd), Uint8Array.from(Buffer.from(hex, 'hex')));
    expect(show(1, '0a0b0c0d0e0f')).toBe('0a:0b:0c:0d:0e:0f');
    expect(show(27, '0a0b0c0d0e0f1112')).toBe('0A:0B:0C:0D:0E:0F:11:12');
    expect(show(774, '0a0b0c0d0e0f')).toBe('0A-0B-0C-0D-0E-0F');
    expect(show(783, '0a0b0c0d')).toBe('0d:0c:0b:0a');
    expect(show(15, '0102')).toBe('513');
    expect(show(3, '8296a4868860e2')).toBe('AKRCD0-1');
    expect(show(0, '8296a4868840e0')).toBe('AKRCD');
    expect(show(270, '0123456789')).toBe('0123456789');
    expect(show(768, 'c0a80102')).toBe('');
    expect(show(512, '01')).toBeUndefined();
    expect(show(65534, '0102030405060708090a')).toBe('01-02-03-04-05-06-07-08-00-00-00-00-00-00-00-00');
  });

  test('every type has a name of its own', () => {
    const names = hardwareTypes().map(type => type.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('families', () => {
  expect(familyNamed('inet6')?.number).toBe(10);
  expect(familyNamed('unspec')?.number).toBe(0);
  expect(familyNamed('ip')).toBeUndefined();
  expect(titleLines(familyNames()).split('\n')).toEqual([
    '    unix (UNIX Domain) inet (DARPA Internet) inet6 (IPv6) ',
    '    ax25 (AMPR AX.25) netrom (AMPR NET/ROM) rose (AMPR ROSE) ',
    '    ipx (Novell IPX) ddp (Appletalk DDP) ec (Econet) ',
    '    ash (Ash) x25 (CCITT X.25) ',
    '',
  ]);
});

test('numbers as the C library reads them', () => {
  expect(['abc', '1400x', '0x500', '-5', ' 13', '+7', '4294967297'].map(atoi)).toEqual([0, 1400, 0, -5, 13, 7, 1]);
  expect(['abc', '0x500', '010', '09', '-1', '99999999999999999999', ' 7'].map(strtoul)).toEqual([
    0n,
    0x500n,
    8n,
    0n,
    0xffffffffffffffffn,
    0xffffffffffffffffn,
    7n,
  ]);
});

test('prefix lengths are taken modulo 32', () => {
  expect(['24', '33', '-1', '', '32', '0', '010', 'abc', '24x'].map(prefixMask)).toEqual([
    -256,
    -(2 ** 31),
    -2,
    0,
    0,
    0,
    -(2 ** 24),
    undefined,
    undefined,
  ]);
});
