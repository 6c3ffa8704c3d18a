/**
 * What happens in the lives of dossiers: requests, assignments, care, declarations, and all that
 * goes wrong with them.
 *
 * <p>Decides when messages are called for; knows no column.
 */
package nl.ketendata.server.generate.life;
