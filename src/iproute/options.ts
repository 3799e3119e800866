import type {IpOptions} from '../ops/session.js';

/** Global options of `ip` and the words after them. */
export interface ParsedOptions {
  readonly options: IpOptions;
  /** Object, verb and the rest. */
  readonly argv: readonly string[];
  /** `-V` was given: print the version and leave. */
  readonly version: boolean;
}

/** Options before the first one is read. */
export const defaultOptions: IpOptions = {
  family: 0,
  details: 0,
  statistics: 0,
  oneline: false,
  brief: false,
  json: false,
  pretty: false,
  numeric: false,
  human: false,
  iec: false,
  resolve: false,
  colour: 'never',
  timestamp: false,
  timestampShort: false,
  echo: false,
  all: false,
  force: false,
  loops: 10,
  receiveBuffer: undefined,
  netns: undefined,
  batch: undefined,
};
