package nl.ketendata.server.generate;

import java.nio.file.Path;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * What to generate.
 *
 * @param gemeente whose deliveries
 * @param product which product
 * @param messages number of messages, rows of main files, in all deliveries together
 * @param seed chooses among all possible gemeenten
 * @param weeks how many of the last weeks come as a delta of their own beside the total delivery
 * @param out the folder that receives the archives; created when absent
 */
public record GenerateOrder(
    Gemeente gemeente, Product product, long messages, long seed, int weeks, Path out) {
  static final long MOST_MESSAGES = 1_000_000_000L;
  static final int MOST_WEEKS = 300;

  /**
   * Refuses an order that cannot be met.
   *
   * @throws Failure KD702 when a number is out of range
   */
  public GenerateOrder {
    within("--berichten", messages, MOST_MESSAGES);
    within("--weken", weeks, MOST_WEEKS);
  }

  private static void within(String option, long value, long most) {
    if (value < 0 || value > most) {
      throw Failure.of(Code.USAGE, option + " " + value + ": 0.." + most);
    }
  }
}
