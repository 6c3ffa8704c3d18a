package nl.ketendata.server.audit;

/** Where audited acts go. */
@FunctionalInterface
public interface Auditor {
  /** Called on the thread where it happens; throws nothing. */
  void record(Entry entry);

  /** Nobody writes it down. */
  static Auditor silent() {
    return entry -> {};
  }
}
