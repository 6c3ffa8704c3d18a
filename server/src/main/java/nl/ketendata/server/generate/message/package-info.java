/**
 * Writes each message of the standard into its files, and plans its answer.
 *
 * <p>Column names stand here and nowhere else; one that the catalogue lacks fails at once. Does not
 * decide when a message is called for.
 */
package nl.ketendata.server.generate.message;
