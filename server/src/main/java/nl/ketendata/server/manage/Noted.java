package nl.ketendata.server.manage;

import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.http.Exchange;

/** Writes down what somebody changed. */
final class Noted {
  private final Auditor auditor;

  Noted(Auditor auditor) {
    this.auditor = auditor;
  }

  void change(Exchange exchange, Act act, String organisation, String object) {
    auditor.record(
        new Entry(
            act,
            exchange.caller().name(),
            organisation,
            exchange.address(),
            object,
            Entry.GOOD,
            0));
  }
}
