package nl.ketendata.server.query;

import java.util.stream.Collectors;
import nl.ketendata.server.question.RowsQuestion;

/** Questions in short: which tables and columns, and no values. */
final class Shapes {
  private Shapes() {}

  /** {@code JW301(Bericht_Id,Client_Bsn) filter expand(ToegewezenProduct(Omvang_Volume))}. */
  static String of(RowsQuestion question) {
    String expands =
        question.expands().stream()
            .map(expand -> expand.navigation() + of(expand.rows()).substring(length(expand)))
            .collect(Collectors.joining(","));
    return question.table()
        + "("
        + String.join(",", question.columns())
        + ")"
        + (question.filter().isPresent() ? " filter" : "")
        + (expands.isEmpty() ? "" : " expand(" + expands + ")");
  }

  private static int length(RowsQuestion.Expand expand) {
    return expand.rows().table().length();
  }
}
