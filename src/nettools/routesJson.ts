import {readFileSync} from 'node:fs';
import type {Io} from '../io.js';
import type {KernelSession} from '../ops/session.js';
import {AF_INET, RT_TABLE_MAIN, RTM_NEWROUTE} from '../rtnetlink/constants.js';
import {routeRequests} from '../rtnetlink/route/requests.js';
import {JsonWriter} from '../view/json.js';
import type {Family} from './familyWords.js';
import {ROUTES6} from './showRoutes.js';
import {writeRoute6Json, writeRouteJson} from './views/routeJson.js';
import {routeRow} from './views/routeRow.js';
import {isListed} from './views/routeTable.js';
import {isCached, parseRoutes6} from './views/routeTable6.js';

/** The routing tables as one array. @returns the exit status */
export async function showRoutesJson(families: readonly Family[], session: KernelSession, io: Io): Promise<number> {
  const json = new JsonWriter(io.out, false);
  let status = 0;
  json.openArray();
  for (const family of families) {
    if (family === 'inet') {
      const request = {...routeRequests.list({family: AF_INET, table: RT_TABLE_MAIN}), reply: routeRow};
      session.connection().dump(request, (route, type) => {
        if (type === RTM_NEWROUTE && isListed(route)) writeRouteJson(json, route, index => session.links.name(index));
      });
    } else if (family === 'inet6') {
      for (const route of parseRoutes6(readFileSync(ROUTES6, 'latin1')))
        if (!isCached(route)) writeRoute6Json(json, route);
    } else {
      status = (await import('./noRoutes.js')).noRoutes(family, io);
      break;
    }
  }
  json.closeArray();
  io.out.byte(10);
  return status;
}
