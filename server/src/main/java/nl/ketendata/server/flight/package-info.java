/**
 * The Flight SQL head: the fast wire for SQL, on a port of its own, for the stock JDBC driver, ADBC
 * and pyarrow.
 *
 * <p>The store's batches go out as they are; only a column whose vector is of another type than was
 * declared is converted. Streams run on threads of their own, wait for a slow client, and end when
 * it takes nothing for too long. Everything that a client may refer to later (its sign-in, prepared
 * statements, results) has a random handle, belongs to the caller, is limited in number and is
 * forgotten when nobody used it.
 *
 * <p>Knows no store and no other head.
 */
package nl.ketendata.server.flight;
