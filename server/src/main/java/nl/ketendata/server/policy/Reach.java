package nl.ketendata.server.policy;

/** Whose it is that somebody wants to do something with. */
public enum Reach {
  /** Of the organisation that the caller belongs to. */
  OWN,
  /** Of an organisation that the caller does not belong to. */
  OTHER,
  /** Of the installation, and so of no organisation. */
  INSTALLATION
}
