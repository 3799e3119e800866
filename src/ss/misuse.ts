import {UsageError} from '../errors.js';

/** A refusal that is told with the usage below it. */
export class Misuse extends UsageError {}
