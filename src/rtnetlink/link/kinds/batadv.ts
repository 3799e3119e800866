import {attrs, text} from '../../../netlink/schema.js';

/** A B.A.T.M.A.N. mesh. Source: uapi linux/batman_adv.h, IFLA_BATADV_*. */
export const batadv = attrs({algoName: [1, text]});
