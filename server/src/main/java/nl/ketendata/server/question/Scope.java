package nl.ketendata.server.question;

import nl.ketendata.schema.Product;

/**
 * The set of tables that a question is about.
 *
 * @param organisation identifier of a gemeente or hoofdorganisatie, such as {@code GM9030}
 * @param product one of its products
 */
public record Scope(String organisation, Product product) {}
