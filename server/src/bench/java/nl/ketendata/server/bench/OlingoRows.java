package nl.ketendata.server.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import org.apache.olingo.commons.api.data.Entity;
import org.apache.olingo.commons.api.data.EntityIterator;
import org.apache.olingo.commons.api.data.Property;
import org.apache.olingo.commons.api.data.ValueType;

/** Rows as the entities that Olingo wants: nothing is kept, each is made when it is asked for. */
final class OlingoRows extends EntityIterator {
  private final ResultSet rows;
  private final List<Column> columns;
  private boolean more;

  OlingoRows(ResultSet rows, Table table) throws SQLException {
    this.rows = rows;
    this.columns = table.allColumns();
    this.more = rows.next();
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public Entity next() {
    try {
      Entity entity = new Entity();
      for (int i = 0; i < columns.size(); i++) {
        entity.addProperty(
            new Property(
                null, columns.get(i).name(), ValueType.PRIMITIVE, value(rows.getObject(i + 1))));
      }
      more = rows.next();
      return entity;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Object value) {
    if (value instanceof LocalDate date) {
      return GregorianCalendar.from(date.atStartOfDay(ZoneOffset.UTC));
    }
    if (value instanceof LocalDateTime moment) {
      return GregorianCalendar.from(moment.atZone(ZoneOffset.UTC));
    }
    if (value instanceof LocalTime time) {
      return GregorianCalendar.from(time.atDate(LocalDate.EPOCH).atZone(ZoneOffset.UTC));
    }
    return value;
  }
}
