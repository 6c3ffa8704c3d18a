/**
 * A delivery as it arrives: its name, its archive, the files in it.
 *
 * <p>Trusts nothing of an archive; no name from it becomes a path. Knows nothing of tables'
 * contents or of the store.
 */
package nl.ketendata.server.delivery;
