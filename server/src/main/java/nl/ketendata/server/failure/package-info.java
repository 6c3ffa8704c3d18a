/**
 * What can go wrong, once for every head: a code, the thing, what was found and what is allowed, in
 * Dutch and English.
 *
 * <p>Knows no protocol; a head decides how a failure looks on its wire.
 */
package nl.ketendata.server.failure;
