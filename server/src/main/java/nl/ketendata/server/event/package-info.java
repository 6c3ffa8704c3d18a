/**
 * Everything worth telling that happens in the server, as one closed list; log and metrics are
 * listeners to it.
 *
 * <p>An event holds no personal data and no values of a question, so every listener may write all
 * of it. Knows no protocol and no store.
 */
package nl.ketendata.server.event;
