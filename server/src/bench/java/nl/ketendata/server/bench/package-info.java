/**
 * Measures the promised figures, as ratios within one run on one machine. Never part of the build
 * or the tests: see the README beside the source folder for the command.
 *
 * <p>{@link nl.ketendata.server.bench.Bench} runs the measurements in turn; each prints rows of one
 * {@link nl.ketendata.server.bench.Table}. What is measured runs in a child process of its own (the
 * executable jar, or a main class of this package), so heap and resident memory are its own too.
 */
package nl.ketendata.server.bench;
