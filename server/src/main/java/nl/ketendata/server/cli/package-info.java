/**
 * The command line: one class per verb. Exit code 0 is good, 1 failed, 2 wrong use.
 *
 * <p>Knows the application as a whole and nothing of its parts' insides.
 */
package nl.ketendata.server.cli;
