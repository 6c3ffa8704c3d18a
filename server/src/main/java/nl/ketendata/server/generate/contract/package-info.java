/**
 * Who delivers what to whom: providers with their offers, dossiers with their assignments.
 *
 * <p>Knows no message.
 */
package nl.ketendata.server.generate.contract;
