package nl.ketendata.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.ketendata.server.admin.Health;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Cursor;
import nl.ketendata.server.store.DataFolder;
import nl.ketendata.server.store.Store;

/** Whether questions can be answered at the moment: found out by asking one. */
final class Readiness implements Supplier<Health> {
  private final Store store;
  private final DataFolder folder;

  Readiness(Store store, DataFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  @Override
  public Health get() {
    try {
      folder.require();
      ask();
    } catch (Failure failure) {
      return Health.broken(told(failure));
    }
    Optional<Failure> readOnly = folder.readOnly();
    return readOnly.isPresent() ? Health.limited(told(readOnly.get())) : Health.GOOD;
  }

  /** Busy is not broken: to send others away would only make fewer of us. */
  private void ask() {
    try (Cursor cursor = store.open("SELECT 1", List.of())) {
      cursor.advance();
    } catch (Failure failure) {
      if (failure.code() != Code.BUSY) {
        throw failure;
      }
    }
  }

  private static String told(Failure failure) {
    return failure.code().id() + " " + failure.getMessage();
  }
}
