package nl.ketendata.server.policy;

import java.util.EnumSet;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Privacy;

/** How data is read: whole, or without what points at a person and only in groups. */
public sealed interface Reading {
  Reading WHOLE = new Whole();

  /** Whether this reader knows that the column exists. */
  boolean shows(Column column);

  /** Equal for equal readings; letters, digits and dashes. */
  String key();

  /** Every row and every column. */
  record Whole() implements Reading {
    @Override
    public boolean shows(Column column) {
      return true;
    }

    @Override
    public String key() {
      return "geheel";
    }
  }

  /**
   * Totals only.
   *
   * @param smallest groups of fewer are left out
   */
  record Grouped(int smallest) implements Reading {
    private static final Set<Privacy> HIDDEN =
        EnumSet.of(Privacy.DIRECT, Privacy.QUASI, Privacy.VRIJE_TEKST);

    @Override
    public boolean shows(Column column) {
      return !HIDDEN.contains(column.privacy());
    }

    @Override
    public String key() {
      return "groepen-" + smallest;
    }
  }
}
