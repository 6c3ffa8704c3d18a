/**
 * The data on disk: immutable versions per gemeente and product, each one DuckDB file, served
 * read-only by one locked-down engine and built beside it by another.
 *
 * <p>A version file is published by renaming it into its folder: the highest number is the current
 * version, and a file that is there is whole. Knows nothing of Calcite, policy or protocols.
 */
package nl.ketendata.server.store;
