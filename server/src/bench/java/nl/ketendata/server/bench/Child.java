package nl.ketendata.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java process of its own. Its peak of resident memory and its processor time are read while it
 * runs, since they are gone with it; its peak heap comes from its garbage collection log.
 */
final class Child implements AutoCloseable {
  private static final Pattern BEFORE_COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(");

  private final Process process;
  private final Path collections;
  private final BufferedReader output;
  private volatile long peakResident;
  private volatile Duration processor = Duration.ZERO;

  private Child(Process process, Path collections) {
    this.process = process;
    this.collections = collections;
    this.output = process.inputReader();
    Thread watch = new Thread(this::watch, "bench-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** The executable jar. */
  static Child jar(BenchSettings settings, String heap, String... arguments) throws IOException {
    return start(settings, heap, List.of("-jar", settings.jar().toString()), arguments);
  }

  /** A main class of this package. */
  static Child main(BenchSettings settings, String heap, Class<?> main, String... arguments)
      throws IOException {
    return start(
        settings,
        heap,
        List.of("-cp", System.getProperty("java.class.path"), main.getName()),
        arguments);
  }

  private static Child start(
      BenchSettings settings, String heap, List<String> program, String... arguments)
      throws IOException {
    Path collections = Files.createTempFile(settings.work(), "gc", ".log");
    collections.toFile().deleteOnExit();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-Xlog:gc:file=" + collections + "::filecount=0");
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    command.addAll(program);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(settings.work().toFile())
            .redirectError(
                ProcessBuilder.Redirect.appendTo(settings.work().resolve("child.log").toFile()))
            .start();
    return new Child(process, collections);
  }

  private void watch() {
    try {
      while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    process.info().totalCpuDuration().ifPresent(duration -> processor = duration);
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .forEach(kilobytes -> peakResident = Math.max(peakResident, kilobytes / 1024));
    } catch (IOException | RuntimeException gone) {
      // It ended between two looks.
      return;
    }
  }

  /** The next line that it prints; empty at its end. */
  Optional<String> line() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  /**
   * Waits for its end.
   *
   * @return what it printed
   */
  List<String> finish() throws IOException, InterruptedException {
    List<String> lines = output.lines().toList();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("exit " + code + ": " + lines);
    }
    return lines;
  }

  /** Lets it print what it likes from here on. */
  void drain() {
    Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "bench-drain");
    drain.setDaemon(true);
    drain.start();
  }

  long pid() {
    return process.pid();
  }

  /** Megabytes. */
  long peakResident() {
    look();
    return peakResident;
  }

  /** Megabytes in use right before a collection; 0 when there was none. */
  long peakHeap() throws IOException {
    long peak = 0;
    for (String line : Files.readAllLines(collections)) {
      Matcher matcher = BEFORE_COLLECTION.matcher(line);
      if (matcher.find()) {
        peak = Math.max(peak, Long.parseLong(matcher.group(1)));
      }
    }
    return peak;
  }

  /** Processor time so far. */
  double processorSeconds() {
    return processor.toMillis() / 1_000.0;
  }

  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
