package nl.ketendata.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Shuts an engine in: it reads one folder, spills to another, loads no extension, and none of that
 * can be changed afterwards. The order matters: the lock comes last.
 */
final class LockDown {
  private LockDown() {}

  /**
   * @param folder the only folder whose files it may open
   * @param spill where it puts what does not fit in memory
   * @param own settings of this engine, as {@code name=value}
   */
  static void apply(Connection connection, Path folder, Path spill, List<String> own)
      throws SQLException {
    List<String> settings = new ArrayList<>(own);
    settings.add("temp_directory=" + Sql.text(spill.toString()));
    settings.add("autoinstall_known_extensions=false");
    settings.add("autoload_known_extensions=false");
    settings.add("allow_community_extensions=false");
    settings.add("allow_persistent_secrets=false");
    settings.add("allowed_directories=[" + Sql.text(folder + "/") + "]");
    settings.add("enable_external_access=false");
    settings.add("lock_configuration=true");
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute("SET " + setting);
      }
    }
  }
}
