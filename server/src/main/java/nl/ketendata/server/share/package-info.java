/**
 * Who works when: the processor's cores, shared fairly by all organisations.
 *
 * <p>Knows neither what is worked on nor who asked; only on whose share it runs.
 */
package nl.ketendata.server.share;
