package nl.ketendata.server.generate;

import java.util.ArrayList;
import java.util.List;

/** A care provider with its own numbering. */
final class Provider {
  private final String code;
  private final List<Offer> offers;
  private final List<Assignment> declarable = new ArrayList<>();
  private int references;
  private int lines;
  private int declarations;
  private int quietMonths;

  /**
   * @param code AGB code, eight digits
   */
  Provider(String code, List<Offer> offers) {
    this.code = code;
    this.offers = offers;
  }

  String code() {
    return code;
  }

  List<Offer> offers() {
    return offers;
  }

  /** The assignments that may still be declared. */
  List<Assignment> declarable() {
    return declarable;
  }

  int newReference() {
    return ++references;
  }

  int newLine() {
    return ++lines;
  }

  int newDeclaration() {
    return ++declarations;
  }

  /** Counts one more month without declaration. */
  int oneMoreQuietMonth() {
    return ++quietMonths;
  }

  void declared() {
    quietMonths = 0;
  }
}
