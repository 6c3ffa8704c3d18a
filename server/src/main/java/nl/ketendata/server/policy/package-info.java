/**
 * Who may ask what: pure functions over values.
 *
 * <p>Knows no request, no store and no clock.
 */
package nl.ketendata.server.policy;
