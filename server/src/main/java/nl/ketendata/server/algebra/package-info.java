/**
 * Questions and SQL become one relational algebra tree; policy is applied to the tree; the tree is
 * written in the store's SQL. Calcite is the front end only: it parses, validates and unparses, and
 * never runs a query.
 *
 * <p>Names in SQL ({@code GM9030.IJW.JW301}) do not exist in the engine. Only {@link
 * nl.ketendata.server.algebra.Mounting} knows which version files a name stands for, so a table
 * that it does not reach cannot be read at all.
 */
package nl.ketendata.server.algebra;
