package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Expression.CountOf;
import org.apache.calcite.rel.RelNode;

/** What expressions can name in the rows at hand. */
interface Row {
  /** The rows. */
  RelNode rel();

  Snapshot snapshot();

  /** Where a column stands in the rows. */
  int field(List<String> navigations, String column);

  /** Where a number of children stands in the rows; null there stands for none. */
  int field(CountOf count);

  /** The clock of a column that holds moments: DATETIME or INSTANT. */
  Optional<ColumnType> clock(List<String> navigations, String column);

  /** The table that a path of navigations to parents leads to. */
  Table owner(List<String> navigations);
}
