package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.DeclaredLine;

/**
 * What a declaration will be answered with.
 *
 * @param main the row of the declaration's main file
 * @param number the declaration's number
 * @param total submitted: debit less credit, in eurocent
 * @param whole the code with which the whole is rejected
 * @param lines the rejected lines
 */
record DeclarationAnswer(
    String[] main,
    String number,
    long total,
    Optional<String> whole,
    List<DeclarationAnswer.RejectedLine> lines) {

  /**
   * A rejected line.
   *
   * @param assignment what it is about
   * @param line as it was submitted
   * @param code the return code
   */
  record RejectedLine(Assignment assignment, DeclaredLine line, String code) {}

  /** Granted, in eurocent. */
  long granted() {
    long refused = lines.stream().mapToLong(rejected -> rejected.line().signed()).sum();
    return whole.isPresent() ? 0 : total - refused;
  }
}
