/**
 * CSV files as they come: what dialect a file is written in, and how to read one with care.
 *
 * <p>The engine reads a plain file many times faster. Here is what it cannot be given as it is:
 * another encoding, mixed line ends, rows that are broken. {@link
 * nl.ketendata.server.ingest.csv.CsvRecords} decides for such a file what is a row; {@link
 * nl.ketendata.server.ingest.csv.CleanCopy} gives the engine the rows that are.
 *
 * <p>Knows no delivery and no report.
 */
package nl.ketendata.server.ingest.csv;
