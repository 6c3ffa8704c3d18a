package nl.ketendata.server.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Product;

/** The store's engine on a version file without anything of ours: what we compare with. */
final class Direct implements AutoCloseable {
  static final String LARGEST = "JW323_Prestatie";

  private final Connection connection;

  Direct(Path version) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("access_mode", "READ_ONLY");
    connection = DriverManager.getConnection("jdbc:duckdb:" + version, properties);
  }

  static nl.ketendata.schema.Table table(String name) {
    return Catalogue.read().standard(Product.IJW).table(name).orElseThrow();
  }

  /** Every column that the feed has, in its order. */
  static String select(String name) {
    return table(name).allColumns().stream()
        .map(Column::name)
        .collect(Collectors.joining("\", \"", "SELECT \"", "\" FROM \"" + name + "\""));
  }

  Connection connection() {
    return connection;
  }

  Statement statement() throws SQLException {
    return connection.createStatement();
  }

  PreparedStatement prepared(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  String text(String sql) throws SQLException {
    try (Statement statement = statement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The first column of every row. */
  List<String> texts(String sql) throws SQLException {
    try (Statement statement = statement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  long number(String sql) throws SQLException {
    try (Statement statement = statement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Seconds to run it and fetch every value. */
  double seconds(String sql) throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = statement();
        ResultSet rows = statement.executeQuery(sql)) {
      fetch(rows);
    }
    return Rounds.since(started);
  }

  /** Fetches every value; the number of rows. */
  static long fetch(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    long count = 0;
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        rows.getObject(i);
      }
      count++;
    }
    return count;
  }

  /** Seconds to write the rows as JSON, one object a line; to nowhere, so no disk is measured. */
  double copy(String select) throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = statement()) {
      statement.execute("COPY (" + select + ") TO '/dev/null' (FORMAT json)");
    }
    return Rounds.since(started);
  }

  /** The same without the other cores. */
  double copyOnOneCore(String select) throws SQLException {
    try (Statement statement = statement()) {
      statement.execute("SET threads = 1");
      double seconds = copy(select);
      statement.execute("RESET threads");
      return seconds;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
