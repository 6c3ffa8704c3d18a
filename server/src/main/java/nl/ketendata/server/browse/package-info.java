/**
 * What a caller may see, as clients of SQL browse it: catalogs, schemas, tables and keys, by the
 * name patterns of JDBC.
 *
 * <p>Knows no protocol; each head of SQL puts this in the shape of its wire.
 */
package nl.ketendata.server.browse;
