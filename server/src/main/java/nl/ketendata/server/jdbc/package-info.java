/**
 * The JDBC head: Avatica's wire protocol, protobuf and JSON, over the door.
 *
 * <p>Knows no engine: a statement goes to {@link nl.ketendata.server.query.Door} as text and comes
 * back as Arrow batches. Avatica's types stay inside this package.
 *
 * <p>The way of a request: {@code JdbcHead} reads the bytes, {@code Wire} makes them a request,
 * {@code CallerService} answers it for one caller with what {@code Sessions} keeps for that caller
 * between requests.
 */
package nl.ketendata.server.jdbc;
