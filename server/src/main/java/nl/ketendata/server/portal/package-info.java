/**
 * The pages for people: what is here and how to connect to it. Made on the server, in Dutch and
 * English, readable without script.
 *
 * <p>Asks only the query door; knows no store and no other head.
 */
package nl.ketendata.server.portal;
