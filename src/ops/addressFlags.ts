import {
  IFA_F_DADFAILED,
  IFA_F_DEPRECATED,
  IFA_F_HOMEADDRESS,
  IFA_F_MANAGETEMPADDR,
  IFA_F_MCAUTOJOIN,
  IFA_F_NODAD,
  IFA_F_NOPREFIXROUTE,
  IFA_F_OPTIMISTIC,
  IFA_F_PERMANENT,
  IFA_F_SECONDARY,
  IFA_F_STABLE_PRIVACY,
  IFA_F_TEMPORARY,
  IFA_F_TENTATIVE,
} from '../rtnetlink/constants.js';

/** Who may set a flag: the user, for IPv6 only, or only the kernel. */
export type FlagOwner = 'user' | 'inet6' | 'kernel';

/** One flag of an address and its words. */
export interface AddressFlag {
  readonly word: string;
  readonly bit: number;
  readonly owner: FlagOwner;
}

/** Flags by words, in the order in which they are shown. Source: uapi linux/if_addr.h, IFA_F_*. */
export const addressFlags: readonly AddressFlag[] = [
  {word: 'secondary', bit: IFA_F_SECONDARY, owner: 'kernel'},
  {word: 'temporary', bit: IFA_F_TEMPORARY, owner: 'kernel'},
  {word: 'nodad', bit: IFA_F_NODAD, owner: 'inet6'},
  {word: 'optimistic', bit: IFA_F_OPTIMISTIC, owner: 'inet6'},
  {word: 'dadfailed', bit: IFA_F_DADFAILED, owner: 'kernel'},
  {word: 'home', bit: IFA_F_HOMEADDRESS, owner: 'inet6'},
  {word: 'deprecated', bit: IFA_F_DEPRECATED, owner: 'kernel'},
  {word: 'tentative', bit: IFA_F_TENTATIVE, owner: 'kernel'},
  {word: 'permanent', bit: IFA_F_PERMANENT, owner: 'kernel'},
  {word: 'mngtmpaddr', bit: IFA_F_MANAGETEMPADDR, owner: 'inet6'},
  {word: 'noprefixroute', bit: IFA_F_NOPREFIXROUTE, owner: 'user'},
  {word: 'autojoin', bit: IFA_F_MCAUTOJOIN, owner: 'user'},
  {word: 'stable-privacy', bit: IFA_F_STABLE_PRIVACY, owner: 'kernel'},
];
