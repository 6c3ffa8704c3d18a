/**
 * A question about the data in our own words: columns, filter, steps, order, expansion, page, or
 * SQL text.
 *
 * <p>Values only. Knows no protocol (a head makes questions) and no engine (the algebra reads
 * them).
 */
package nl.ketendata.server.question;
