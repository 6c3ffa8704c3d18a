package nl.ketendata.server.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Writes down what was done on the command line. */
final class Audited {
  private Audited() {}

  static void record(Path data, Act act, String organisation, String object) {
    log(data).record(Entry.here(act, organisation.toUpperCase(Locale.ROOT), object));
  }

  static AuditLog log(Path data) {
    return new AuditLog(
        data,
        Clock.systemUTC(),
        e -> {
          throw Failure.of(Code.NOT_WRITABLE, e.getMessage()).causedBy(e);
        });
  }
}
