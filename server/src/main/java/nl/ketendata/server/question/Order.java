package nl.ketendata.server.question;

/**
 * One criterion of an order. Null comes first ascending and last descending.
 *
 * @param by the value to order by
 * @param descending whether the highest value comes first
 */
public record Order(Expression by, boolean descending) {}
