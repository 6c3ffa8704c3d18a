/**
 * {@code POST /sql}: one statement in, its rows out as JSON, CSV or an Arrow stream; for the
 * portal's console and for scripts.
 *
 * <p>A page of another site can make a browser send its user's credentials along, but not a request
 * of a kind that a form cannot send: so only such a kind is taken, and nothing but {@code POST}.
 *
 * <p>Knows no store and no other head.
 */
package nl.ketendata.server.console;
