package nl.ketendata.server.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar, serving without sign-in on free ports. */
final class Served implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("http://[^ ]+/ready");
  private static final Pattern LAST = Pattern.compile("(http://[^/ ]+)/");

  private static final Pattern FLIGHT = Pattern.compile("jdbc:arrow-flight-sql(://[^?]+)\\?");

  private static final Pattern REHEARSED = Pattern.compile("\\nketendata_rehearsed_questions \\d+");
  private static final int MOST_LOOKS = 30;

  private final Child child;
  private final String url;
  private final String flight;

  private final String ready;

  private Served(Child child, String url, String flight, String ready) {
    this.child = child;
    this.url = url;
    this.flight = flight;
    this.ready = ready;
  }

  /** Serves a data folder; returns when it is ready. */
  static Served start(BenchSettings settings, String heap, Path data) throws Exception {
    return wait(
        Child.jar(
            settings,
            heap,
            "serve",
            "--open",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--admin-port",
            "0",
            "--flight-port",
            "0"));
  }

  /** Waits until a child that serves is ready. */
  static Served wait(Child child) throws Exception {
    String ready = "";
    String flight = "";
    for (var line = child.line(); line.isPresent(); line = child.line()) {
      Matcher admin = READY.matcher(line.get());
      ready = admin.find() ? admin.group() : ready;
      Matcher wire = FLIGHT.matcher(line.get());
      flight = wire.find() ? "grpc" + wire.group(1) : flight;
      Matcher last = LAST.matcher(line.get());
      if (last.matches()) {
        while (child.alive() && Web.status(ready) != 200) {
          Thread.sleep(5);
        }
        child.drain();
        return new Served(child, last.group(1), flight, ready);
      }
    }
    throw new IOException("It does not serve: see child.log");
  }

  /** The address that says whether it is ready, on its second port. */
  String ready() {
    return ready;
  }

  /**
   * Waits until it has asked itself the questions that it warms up with, or for long enough: it
   * would ask them while the other side of a comparison runs.
   */
  void settle() throws IOException, InterruptedException {
    String metrics = ready.replaceFirst("/ready$", "/metrics");
    String before = "";
    for (int i = 0; i < MOST_LOOKS; i++) {
      Thread.sleep(3_000);
      Matcher now = REHEARSED.matcher(Web.text(metrics));
      if (!now.find() || now.group().equals(before)) {
        return;
      }
      before = now.group();
    }
  }

  String url() {
    return url;
  }

  /** Where Flight SQL answers. */
  URI flight() {
    return URI.create(flight);
  }

  /** The entity set's address. */
  String set(String name) {
    return url + "/odata/" + DataSet.GEMEENTE + "/ijw/" + name;
  }

  Child child() {
    return child;
  }

  @Override
  public void close() {
    child.close();
  }
}
