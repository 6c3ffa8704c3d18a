package nl.ketendata.server.generate.contract;

/**
 * What a provider delivers under a contract: the shape of its assignments and how it is declared.
 * Empty text is absent.
 *
 * @param category product category of the assignment
 * @param code product code of the assignment
 * @param unit unit of the assigned volume (WJ756)
 * @param frequency frequency of the assigned volume (WMO757)
 * @param volume usual volume, 0 when the assignment has none
 * @param budget usual budget in eurocent, 0 when the assignment has none
 * @param ends whether an assignment must have an end
 * @param declared how it is declared
 */
public record Offer(
    String category,
    String code,
    String unit,
    String frequency,
    int volume,
    int budget,
    boolean ends,
    Declared declared) {

  /**
   * How an offer is declared.
   *
   * @param category product category
   * @param code product code
   * @param unit unit
   * @param tariff price of a unit in eurocent, 0 for an amount in euro
   * @param monthly usual volume a month
   */
  public record Declared(String category, String code, String unit, int tariff, int monthly) {}
}
