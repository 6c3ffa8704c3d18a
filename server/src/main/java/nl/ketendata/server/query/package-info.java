/**
 * The only door to the data: every head asks here, and admission, deadline and cancellation exist
 * once.
 *
 * <p>Knows no protocol. Answers are streams of Arrow batches.
 */
package nl.ketendata.server.query;
