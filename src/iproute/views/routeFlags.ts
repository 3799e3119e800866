import {
  RTM_F_NOTIFY,
  RTM_F_OFFLOAD,
  RTM_F_OFFLOAD_FAILED,
  RTM_F_TRAP,
  RTNH_F_DEAD,
  RTNH_F_LINKDOWN,
  RTNH_F_OFFLOAD,
  RTNH_F_ONLINK,
  RTNH_F_PERVASIVE,
  RTNH_F_TRAP,
  RTNH_F_UNRESOLVED,
} from '../../rtnetlink/constants.js';

const NONE: readonly string[] = [];

/** Words of rtm_flags. A flag of a cached route has the place of RTM_F_OFFLOAD_FAILED; the reference shows it as such. */
export function flagWords(flags: number): readonly string[] {
  if (flags === 0) return NONE;
  const words: string[] = [];
  if ((flags & RTNH_F_DEAD) !== 0) words.push('dead');
  if ((flags & RTNH_F_ONLINK) !== 0) words.push('onlink');
  if ((flags & RTNH_F_PERVASIVE) !== 0) words.push('pervasive');
  if ((flags & RTNH_F_OFFLOAD) !== 0) words.push('offload');
  if ((flags & RTNH_F_TRAP) !== 0) words.push('trap');
  if ((flags & RTM_F_NOTIFY) !== 0) words.push('notify');
  if ((flags & RTNH_F_LINKDOWN) !== 0) words.push('linkdown');
  if ((flags & RTNH_F_UNRESOLVED) !== 0) words.push('unresolved');
  if ((flags & RTM_F_OFFLOAD) !== 0) words.push('rt_offload');
  if ((flags & RTM_F_TRAP) !== 0) words.push('rt_trap');
  if ((flags & RTM_F_OFFLOAD_FAILED) !== 0) words.push('rt_offload_failed');
  return words;
}

/** Words of rtnh_flags. */
export function nexthopFlagWords(flags: number): readonly string[] {
  return flags === 0 ? NONE : flagWords(flags);
}
