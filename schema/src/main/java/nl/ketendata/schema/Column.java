package nl.ketendata.schema;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One column of a table.
 *
 * @param name the name in the file's header, unique in its table in any case
 * @param type the type of the values
 * @param length the number of characters or digits that the standard allows; a longer value is a
 *     finding, never cut
 * @param codeList the id of the code list that the values come from
 * @param nullable whether the standard allows the value to be absent
 * @param hashed whether the delivery holds a hash in place of the value
 * @param businessKey whether the column is part of the standard's logical key of the class
 * @param privacy what the values say about a person
 * @param origin where the standard defines the column
 * @param description what the column means, in Dutch
 */
public record Column(
    String name,
    ColumnType type,
    OptionalInt length,
    Optional<String> codeList,
    boolean nullable,
    boolean hashed,
    boolean businessKey,
    Privacy privacy,
    Origin origin,
    String description) {

  /**
   * Where the standard defines a column.
   *
   * @param dataClass the data class (Klasse); empty for a designed column
   * @param element path of the element below its class
   * @param dataType the standard's data type, such as {@code LDT_Datum}
   * @param cardinality {@code 1..1}, {@code 0..1} or {@code 1..unbounded}; empty when designed
   * @param since first release of the standard that has it
   * @param until last release that has it; empty while it is in force
   * @param status how certain the content is: seed, standard or designed
   * @param nameStatus how certain the name is: seed, regel or ontworpen
   */
  public record Origin(
      String dataClass,
      String element,
      String dataType,
      String cardinality,
      String since,
      String until,
      String status,
      String nameStatus) {

    static final Origin SERVER = new Origin("", "", "", "", "", "", "server", "server");
  }

  /** A column that this server adds to a table. */
  static Column added(String name, ColumnType type, String description) {
    return new Column(
        name,
        type,
        OptionalInt.empty(),
        Optional.empty(),
        false,
        false,
        false,
        Privacy.GEEN,
        Origin.SERVER,
        description);
  }

  /** A column of a table that this server adds. */
  static Column own(String name, ColumnType type, Privacy privacy, String description) {
    return new Column(
        name,
        type,
        OptionalInt.empty(),
        Optional.empty(),
        true,
        false,
        false,
        privacy,
        Origin.SERVER,
        description);
  }

  /** This column beside those of another table: it may be absent, and is no part of a key there. */
  public Column beside(String otherName) {
    return new Column(
        otherName, type, length, codeList, true, hashed, false, privacy, origin, description);
  }

  /** A column that a delivered file has and the catalogue lacks: kept as text. */
  public static Column unknown(String name) {
    return new Column(
        name,
        ColumnType.STRING,
        OptionalInt.empty(),
        Optional.empty(),
        true,
        false,
        false,
        Privacy.VRIJE_TEKST,
        new Origin("", "", "", "", "", "", "geleverd", "geleverd"),
        "Kolom uit de levering die de catalogus niet kent.");
  }
}
