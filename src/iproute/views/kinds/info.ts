import type {LinkRow} from '../../../ops/linkRows.js';
import {custom, type Field} from '../../../view/field.js';
import {renderJson, renderText} from '../../../view/render.js';
import {counterFieldsOf, fieldsOf, slaveFieldsOf} from './table.js';

/** What the link is, and what it is as a port: a line each in text, `linkinfo` in JSON. */
export const infoFields: readonly Field<LinkRow>[] = [
  custom(
    (out, {link: {linkinfo}}, c) => {
      if (linkinfo === undefined) return;
      const {kind, data, xstats, slaveKind, slaveData} = linkinfo;
      const newline = `${c.oneline ? '\\' : '\n'}    `;
      if (kind !== undefined) {
        out.text(`${newline}${kind} `);
        if (data !== undefined) renderText(fieldsOf(kind) ?? [], out, data as never, c);
        const counters = c.statistics > 0 ? counterFieldsOf(kind) : undefined;
        if (xstats !== undefined && counters !== undefined) renderText(counters, out, xstats as never, c);
      }
      if (slaveKind !== undefined) {
        out.text(`${newline}${slaveKind}_slave `);
        if (slaveData !== undefined) renderText(slaveFieldsOf(slaveKind) ?? [], out, slaveData as never, c);
      }
    },
    (json, {link: {linkinfo}}, c) => {
      if (linkinfo === undefined) return;
      const {kind, data, xstats, slaveKind, slaveData} = linkinfo;
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
        const counters = c.statistics > 0 ? counterFieldsOf(kind) : undefined;
        if (xstats !== undefined && counters !== undefined) {
          json.openObject('info_xstats');
          renderJson(counters, json, xstats as never, c);
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
