import {refuse} from '../grammar/errors.js';
import type {IpSession} from './session.js';

/**
 * To be called before a change that is made by other means than netlink messages.
 * @param what the command that makes it: `ip netns add`
 * @throws {UsageError} with `--dry-run`, which must do nothing
 */
export function noDryRun(what: string, {options}: Pick<IpSession, 'options'>): void {
  if (options.dryRun) throw refuse(`"${what}" sends no message that --dry-run could show; nothing was done.`);
}
