/**
 * The rows of an answer in other forms than JSON: CSV, a workbook, an Arrow stream. All are written
 * while the rows are read, in memory that does not grow with them.
 *
 * <p>Only flat rows: what has rows inside rows has no place in a table. Must not know what was
 * asked; columns come with the rows.
 */
package nl.ketendata.server.odata.export;
