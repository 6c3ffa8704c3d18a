package nl.ketendata.server.query;

import java.math.BigDecimal;
import org.apache.arrow.vector.VarCharVector;

/** What a wire does with a value, by its type. Dates and times have no zone. */
public interface Values {
  /** SQL's null. */
  void nothing();

  /** A text, still where the store put it: {@code texts.get(row)} is its UTF-8. */
  void text(VarCharVector texts, int row);

  void truth(boolean value);

  void integer(int value);

  void bigint(long value);

  void decimal(BigDecimal value);

  void real(double value);

  /**
   * @param days since 1970
   */
  void date(int days);

  /**
   * @param micros of the day
   */
  void time(long micros);

  /**
   * @param micros since 1970 on the wall clock, as if its zone were UTC
   */
  void moment(long micros);

  /** A value of a type that no wire has a word for, as text. */
  void other(String text);
}
