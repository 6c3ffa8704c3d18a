/**
 * Who did what, when and with what result: one closed list, written as lines of JSON of which each
 * holds the hash of the one before, so that a line that is changed or taken out is seen.
 *
 * <p>Holds names of users and shapes of questions, never a value of a question or of the data.
 * Knows no protocol and no store.
 */
package nl.ketendata.server.audit;
