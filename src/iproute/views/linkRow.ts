import type {Link} from '../../rtnetlink/link/schema.js';

/** A link with what its first lines need from elsewhere. */
export interface LinkRow {
  readonly link: Link;
  /** The device below is in the same namespace and down. */
  readonly isLowerDown: boolean;
  /** Name of the namespace of the device below, where it has one. */
  readonly netnsName: string | undefined;
}
