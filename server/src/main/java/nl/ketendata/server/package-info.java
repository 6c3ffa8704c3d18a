/**
 * Ketendata Server: the program and its composition.
 *
 * <p>{@code Application} wires all parts and closes them in reverse; nothing else constructs a
 * service.
 */
package nl.ketendata.server;
