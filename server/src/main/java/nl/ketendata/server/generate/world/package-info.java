/**
 * What the simulated world is made of: days and their rhythm, chance, people, hashes, row keys.
 *
 * <p>Knows no message.
 */
package nl.ketendata.server.generate.world;
