package nl.ketendata.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program while it serves, on free ports of loopback.
 *
 * <p>
 *
 * {@snippet :
 * try (JarServer server = JarServer.demo(folder, "64m", "--berichten", "100")) {
 *   WebClient client = server.client("demo-gm9030", server.password("demo-gm9030"));
 * }
 * }
 */
public final class JarServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final Pattern ADMIN = Pattern.compile("(?m)^ +Beheer +(http://\\S+)/ready$");

  private final Process process;
  private final Path out;
  private final Path err;
  private final URI url;

  private JarServer(Process process, Path out, Path err) throws IOException, InterruptedException {
    this.process = process;
    this.out = out;
    this.err = err;
    this.url = awaitUrl();
  }

  /** Serves what is in the data folder. */
  public static JarServer serve(Path data, String heap, Object... more) {
    return start("serve", data, heap, more);
  }

  /** Invents data, takes it in and serves it. */
  public static JarServer demo(Path data, String heap, Object... more) {
    return start("demo", data, heap, more);
  }

  private static JarServer start(String verb, Path data, String heap, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of(verb, "--port", "0", "--admin-port", "0", "--flight-port", "0"));
    arguments.addAll(List.of("--data", data));
    arguments.addAll(List.of(more));
    try {
      Path out = Files.createTempFile("ketendata-", ".out");
      Path err = Files.createTempFile("ketendata-", ".err");
      Locale dutch = Locale.forLanguageTag("nl");
      return new JarServer(Jar.start(heap, dutch, out, err, arguments.toArray()), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The last line that a serving verb prints is its address. */
  private URI awaitUrl() throws IOException, InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < until) {
      Optional<String> printed =
          printed().lines().filter(line -> line.startsWith("http://")).findFirst();
      if (printed.isPresent() && printed().endsWith("/" + System.lineSeparator())) {
        return URI.create(printed.get());
      }
      if (!process.isAlive()) {
        throw new AssertionError("ended at once: " + printed() + said());
      }
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new AssertionError("no address within " + START + ": " + printed() + said());
  }

  /** Where the pages, OData and JDBC are; ends in a slash. */
  public URI url() {
    return url;
  }

  /** Where health and metrics are; ends in a slash. */
  public URI adminUrl() {
    Matcher matcher = ADMIN.matcher(printed());
    if (!matcher.find()) {
      throw new AssertionError("no admin address in " + printed());
    }
    return URI.create(matcher.group(1) + "/");
  }

  /** The address for a JDBC driver, without user and password. */
  public String jdbcUrl() {
    return "jdbc:avatica:remote:url=" + url + "jdbc;serialization=protobuf;authentication=BASIC";
  }

  /** The one-time password that {@code demo} printed for a user. */
  public String password(String user) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(user) + " +wachtwoord (\\S+)").matcher(printed());
    if (!matcher.find()) {
      throw new AssertionError("no password of " + user + " in " + printed());
    }
    return matcher.group(1);
  }

  /** A client of the pages and OData. */
  public WebClient client(String user, String password) {
    return new WebClient(url, user, password);
  }

  /** All that was printed so far. */
  public String printed() {
    return read(out);
  }

  /** All that was said on the error stream so far: the log. */
  public String said() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Jar.text(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the process to stop (SIGTERM) and returns its exit code. */
  public int stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("does not stop within " + STOP + ": " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Ends the process at once, as when the power goes. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    stop();
    try {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
