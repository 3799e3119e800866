import type {LinkRow} from '../../../ops/linkRows.js';
import {custom, type Field} from '../../../view/field.js';
import {renderJson, renderText} from '../../../view/render.js';
import {bondFields, bondSlaveFields} from './bond.js';
import {bridgeFields} from './bridge.js';
import {bridgePortFields} from './bridgeSlave.js';
import {ipvlanFields} from './ipvlan.js';
import {macvlanFields} from './macvlan.js';
import {tunFields} from './tun.js';
import {vlanFields} from './vlan.js';
import {vrfFields} from './vrf.js';
import {vxlanFields} from './vxlan.js';

type Fields = readonly Field<never>[];

/** Fields of IFLA_INFO_DATA by kind; other kinds show their name alone. */
function fieldsOf(kind: string): Fields | undefined {
  switch (kind) {
    case 'bond':
      return bondFields as Fields;
    case 'bridge':
      return bridgeFields as Fields;
    case 'ipvlan':
    case 'ipvtap':
      return ipvlanFields as Fields;
    case 'macvlan':
    case 'macvtap':
      return macvlanFields as Fields;
    case 'tun':
      return tunFields as Fields;
    case 'vlan':
      return vlanFields as Fields;
    case 'vrf':
      return vrfFields as Fields;
    case 'vxlan':
      return vxlanFields as Fields;
    default:
      return undefined;
  }
}

/** Fields of IFLA_INFO_SLAVE_DATA by the kind of the master. */
function slaveFieldsOf(kind: string): Fields | undefined {
  switch (kind) {
    case 'bond':
      return bondSlaveFields as Fields;
    case 'bridge':
      return bridgePortFields as Fields;
    case 'vrf':
      return vrfFields as Fields;
    default:
      return undefined;
  }
}

/** What the link is, and what it is as a port: a line each in text, `linkinfo` in JSON. */
export const infoFields: readonly Field<LinkRow>[] = [
  custom(
    (out, {link: {linkinfo}}, c) => {
      if (linkinfo === undefined) return;
      const {kind, data, slaveKind, slaveData} = linkinfo;
      const newline = `${c.oneline ? '\\' : '\n'}    `;
      if (kind !== undefined) {
        out.text(`${newline}${kind} `);
        if (data !== undefined) renderText(fieldsOf(kind) ?? [], out, data as never, c);
      }
      if (slaveKind !== undefined) {
        out.text(`${newline}${slaveKind}_slave `);
        if (slaveData !== undefined) renderText(slaveFieldsOf(slaveKind) ?? [], out, slaveData as never, c);
      }
    },
    (json, {link: {linkinfo}}, c) => {
      if (linkinfo === undefined) return;
      const {kind, data, slaveKind, slaveData} = linkinfo;
      json.openObject('linkinfo');
      if (kind !== undefined) {
        json.key('info_kind');
        json.string(kind);
        const fields = fieldsOf(kind);
        if (data !== undefined && fields !== undefined) {
          json.openObject('info_data');
          renderJson(fields, json, data as never, c);
          json.closeObject();
        }
      }
      if (slaveKind !== undefined) {
        json.key('info_slave_kind');
        json.string(slaveKind);
        const fields = slaveFieldsOf(slaveKind);
        if (slaveData !== undefined && fields !== undefined) {
          json.openObject('info_slave_data');
          renderJson(fields, json, slaveData as never, c);
          json.closeObject();
        }
      }
      json.closeObject();
    },
  ),
];
