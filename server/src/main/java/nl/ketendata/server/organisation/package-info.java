/**
 * Which organisations there are: gemeenten with their products and predecessors, and
 * hoofdorganisaties with theirs; read from {@code organisaties.toml} in the data folder.
 *
 * <p>Knows no user, no request and no engine.
 */
package nl.ketendata.server.organisation;
