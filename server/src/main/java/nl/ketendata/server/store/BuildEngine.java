package nl.ketendata.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Locks a building engine to its workshop: it reads and spills there and nowhere else. */
final class BuildEngine {
  private BuildEngine() {}

  static void lockDown(Connection connection, BuildSettings settings, Path workshop)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String set :
          List.of(
              "threads=" + settings.threads(),
              "memory_limit='" + settings.memoryMegabytes() + "MB'",
              "temp_directory=" + Sql.text(workshop.resolve("tijdelijk").toString()),
              "TimeZone='UTC'",
              "autoinstall_known_extensions=false",
              "autoload_known_extensions=false",
              "allow_community_extensions=false",
              "allow_persistent_secrets=false",
              "allowed_directories=[" + Sql.text(workshop + "/") + "]",
              "enable_external_access=false",
              "lock_configuration=true")) {
        statement.execute("SET " + set);
      }
    }
  }
}
