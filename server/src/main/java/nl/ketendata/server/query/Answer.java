package nl.ketendata.server.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rows with the related rows of each, as streams to be read side by side.
 *
 * <p>The first columns of {@link #rows()} are those that the question named, in its order;
 * technical BIGINT columns come behind them, at the places given here. Each row that has expands
 * carries an ordinal; the rows of an expand carry the ordinal of the row that they belong to and
 * come sorted by it. So one pass over all streams assembles the answer:
 *
 * <p>
 *
 * {@snippet :
 * for each row of rows(): write its columns; for each expand:
 *   while the expand's current row has parent == the row's ordinal: write it (recursively)
 * }
 *
 * Ordinals within one stream ascend, so a stream is never read back.
 *
 * @param rows the rows
 * @param position index of the column with the row's position in the version (ascending; the first
 *     row of the next page is asked for with {@code RowsQuestion.from}); only for the outermost
 *     rows of a question without order
 * @param ordinal index of the column with the row's ordinal; only with expands
 * @param parent index of the column with the ordinal of the outer row; only inside an expand
 * @param counts for an expand with count: rows of (ordinal of the outer row, number of related
 *     rows), ascending, without outer rows that have none
 * @param expands one per expand of the question, in its order
 */
public record Answer(
    RowStream rows,
    OptionalInt position,
    OptionalInt ordinal,
    OptionalInt parent,
    Optional<RowStream> counts,
    List<Answer> expands)
    implements AutoCloseable {

  public Answer {
    expands = List.copyOf(expands);
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      try {
        counts.ifPresent(RowStream::close);
      } finally {
        closeAll(expands, 0);
      }
    }
  }

  /** One that fails must not keep the others open. */
  private static void closeAll(List<Answer> answers, int from) {
    if (from == answers.size()) {
      return;
    }
    try {
      answers.get(from).close();
    } finally {
      closeAll(answers, from + 1);
    }
  }
}
