/**
 * Reads OData addresses and query options into questions.
 *
 * <p>The grammar is our own, not Olingo's parser: that one lacks {@code divby} and every option
 * without {@code $}, checks no dates, overflows the stack on 2 kB of parentheses and names no
 * position in its errors. Reading straight into {@link nl.ketendata.server.question.Expression}
 * costs less than translating its tree would, and every limit is kept while reading instead of by a
 * scan before.
 *
 * <p>Knows no HTTP and no data: a table that exists is all that it asks of the model.
 */
package nl.ketendata.server.odata.uri;
