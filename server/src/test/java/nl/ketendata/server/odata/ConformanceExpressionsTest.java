package nl.ketendata.server.odata;

/** Conditions and aggregation. */
class ConformanceExpressionsTest extends Conformance {
  ConformanceExpressionsTest() {
    super("DG");
  }
}
