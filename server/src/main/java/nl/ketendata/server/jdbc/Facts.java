package nl.ketendata.server.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.ketendata.server.query.SqlWords;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** What the server tells of itself. */
final class Facts {
  private static final String PRODUCT = "Ketendata Server";

  private static final List<String> TYPE_COLUMNS =
      List.of(
          "TYPE_NAME",
          "DATA_TYPE:INTEGER",
          "PRECISION:INTEGER",
          "LITERAL_PREFIX",
          "LITERAL_SUFFIX",
          "CREATE_PARAMS",
          "NULLABLE:INTEGER",
          "CASE_SENSITIVE:BOOLEAN",
          "SEARCHABLE:INTEGER",
          "UNSIGNED_ATTRIBUTE:BOOLEAN",
          "FIXED_PREC_SCALE:BOOLEAN",
          "AUTO_INCREMENT:BOOLEAN",
          "LOCAL_TYPE_NAME",
          "MINIMUM_SCALE:INTEGER",
          "MAXIMUM_SCALE:INTEGER",
          "SQL_DATA_TYPE:INTEGER",
          "SQL_DATETIME_SUB:INTEGER",
          "NUM_PREC_RADIX:INTEGER");

  private Facts() {}

  /**
   * @param version of this server, such as {@code 0.1.0}
   */
  static Map<DatabaseProperty, Object> properties(String version) {
    Map<DatabaseProperty, Object> facts = new EnumMap<>(DatabaseProperty.class);
    facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, PRODUCT);
    facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, version);
    facts.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, number(version, 0));
    facts.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, number(version, 1));
    SqlWords words = SqlWords.STANDARD;
    facts.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, String.join(",", words.keywords()));
    facts.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, String.join(",", words.numeric()));
    facts.put(DatabaseProperty.GET_STRING_FUNCTIONS, String.join(",", words.text()));
    facts.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, String.join(",", words.moments()));
    facts.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, String.join(",", words.others()));
    facts.put(
        DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_READ_COMMITTED);
    return facts;
  }

  private static int number(String version, int part) {
    String[] parts = version.split("[.-]");
    boolean numeric = part < parts.length && parts[part].matches("[0-9]{1,9}");
    return numeric ? Integer.parseInt(parts[part]) : 0;
  }

  static Listing types() {
    return Listing.of(
        TYPE_COLUMNS,
        Stream.of(WireType.values())
            .sorted((a, b) -> Integer.compare(a.jdbcType(), b.jdbcType()))
            .map(Facts::row));
  }

  private static Object[] row(WireType type) {
    boolean text = type == WireType.VARCHAR;
    String prefix =
        switch (type) {
          case VARCHAR -> "'";
          case DATE, TIME, TIMESTAMP -> type.name() + " '";
          case BOOLEAN, INTEGER, BIGINT, DECIMAL, DOUBLE -> null;
        };
    return new Object[] {
      type.name(),
      type.jdbcType(),
      type.size(),
      prefix,
      prefix == null ? null : "'",
      type == WireType.DECIMAL ? "precision,scale" : null,
      DatabaseMetaData.typeNullable,
      text,
      text ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic,
      !type.signed(),
      false,
      false,
      type.name(),
      0,
      type == WireType.DECIMAL ? 38 : 0,
      null,
      null,
      type.signed() ? 10 : null
    };
  }
}
