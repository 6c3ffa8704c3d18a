package nl.ketendata.server.failure;

/** Who can do something about a failure. */
public enum Kind {
  /** The caller: ask or deliver something else. */
  USER,
  /** Nobody at once: a limit is reached; later, or asked smaller, it may work. */
  RESOURCE,
  /** The maker of this server: a fault of ours. */
  INTERNAL
}
