package nl.ketendata.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Cursor;
import nl.ketendata.server.store.Store;

/** Why questions cannot be answered at the moment, if they cannot: found out by asking one. */
final class Readiness implements Supplier<Optional<String>> {
  private final Store store;

  Readiness(Store store) {
    this.store = store;
  }

  @Override
  public Optional<String> get() {
    try (Cursor cursor = store.open("SELECT 1", List.of())) {
      return cursor.advance() ? Optional.empty() : Optional.of("store");
    } catch (Failure failure) {
      // Busy is not broken: to send others away would only make fewer of us.
      return failure.code() == Code.BUSY ? Optional.empty() : Optional.of(failure.code().id());
    }
  }
}
