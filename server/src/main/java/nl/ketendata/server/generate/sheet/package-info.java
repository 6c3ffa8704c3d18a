/**
 * From cells to archives: CSV files that grow side by side and are zipped at the end.
 *
 * <p>Knows the catalogue's tables and nothing of what the rows mean.
 */
package nl.ketendata.server.generate.sheet;
