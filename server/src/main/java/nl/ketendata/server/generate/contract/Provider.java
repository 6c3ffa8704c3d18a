package nl.ketendata.server.generate.contract;

import java.util.ArrayList;
import java.util.List;

/** A care provider with its own numbering. */
public final class Provider {
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
  public Provider(String code, List<Offer> offers) {
    this.code = code;
    this.offers = offers;
  }

  public String code() {
    return code;
  }

  public List<Offer> offers() {
    return offers;
  }

  /** The assignments that may still be declared. */
  public List<Assignment> declarable() {
    return declarable;
  }

  public int newReference() {
    return ++references;
  }

  public int newLine() {
    return ++lines;
  }

  public int newDeclaration() {
    return ++declarations;
  }

  /** Counts one more month without declaration. */
  public int oneMoreQuietMonth() {
    return ++quietMonths;
  }

  public void declared() {
    quietMonths = 0;
  }
}
