#!/usr/bin/env node
require('./tsip.cjs');
