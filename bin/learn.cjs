// Keeps the code caches of bin/tsip.cjs: a file of its own, for most runs have nothing to learn.
'use strict';
const {accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync} = require('node:fs');
const {dirname} = require('node:path');

/** Caches that are kept: more than there are objects and verbs, less than there may be words. */
const MOST_CACHES = 300;

/** Writes what a run that went well has compiled, where dist/ may be written. */
module.exports = (caches, learning, lessonsInAll) => {
  try {
    const all = dirname(caches);
    mkdirSync(all, {recursive: true});
    if (!existsSync(caches) && readdirSync(all).length >= MOST_CACHES) return;
    mkdirSync(caches, {recursive: true});
    accessSync(caches, constants.W_OK);
    for (const {name, id, script, lessons, size} of learning) {
      const file = `${caches}${name}.${process.pid}`;
      const data = script.createCachedData();
      const step = data.length > size * 1.02 ? 1 : lessonsInAll / 3;
      const tail = Buffer.from(`${String.fromCharCode(lessons + step)}${id}`, 'latin1');
      writeFileSync(file, Buffer.concat([data, tail]));
      renameSync(file, caches + name);
    }
  } catch {}
};
