package nl.ketendata.server.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What is measured, with what.
 *
 * @param jar the executable jar
 * @param work a folder for generated data; may be kept for a next run
 * @param messages how many messages the main data set has
 * @param rounds how often each side of a comparison runs, in turn
 * @param parts names of the measurements that run; empty for all
 * @param large whether the long run of a million messages runs too
 * @param ingested how many messages the delivery has that is taken in
 * @param load for how many seconds fifty analysts work; 0 for no such measurement
 */
record BenchSettings(
    Path jar,
    Path work,
    long messages,
    int rounds,
    List<String> parts,
    boolean large,
    long ingested,
    int load) {

  static BenchSettings read() {
    return new BenchSettings(
        Path.of(System.getProperty("bench.jar", "server/target/ketendata.jar")).toAbsolutePath(),
        Path.of(System.getProperty("bench.map", "server/target/bench")).toAbsolutePath(),
        Long.getLong("bench.berichten", 300_000),
        Integer.getInteger("bench.rondes", 3),
        List.of(System.getProperty("bench.delen", "").split(",")).stream()
            .filter(part -> !part.isBlank())
            .toList(),
        Boolean.getBoolean("bench.groot"),
        Long.getLong("bench.inname", 1_200_000),
        Integer.getInteger("bench.belasting", 0));
  }

  boolean wants(String part) {
    return parts.isEmpty() || parts.contains(part);
  }
}
