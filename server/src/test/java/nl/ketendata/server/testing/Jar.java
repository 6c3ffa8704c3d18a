package nl.ketendata.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The packaged program as users start it: {@code java -jar ketendata.jar}, in its own process. */
public final class Jar {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Jar() {}

  /**
   * What a verb that has ended left behind.
   *
   * @param exit the exit code
   * @param out all that it printed
   * @param err all that it said on the error stream
   */
  public record Result(int exit, String out, String err) {
    /** Both streams, for messages and for searching. */
    public String all() {
      return out + err;
    }

    /** The lines of the answer. */
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  /** The file under test; the build names it in the system property {@code ketendata.jar}. */
  public static Path file() {
    return Path.of(System.getProperty("ketendata.jar")).toAbsolutePath();
  }

  /** Runs a verb to its end, in a Dutch environment. */
  public static Result run(Object... arguments) {
    return run(Locale.forLanguageTag("nl"), arguments);
  }

  /** Runs a verb to its end. */
  public static Result run(Locale language, Object... arguments) {
    try {
      Path out = Files.createTempFile("ketendata-", ".out");
      Path err = Files.createTempFile("ketendata-", ".err");
      Process process = start("256m", language, out, err, arguments);
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + List.of(arguments));
      }
      Result result = new Result(process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * @param heap the most memory for Java objects, such as {@code 64m}
   */
  static Process start(String heap, Locale language, Path out, Path err, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-Duser.language=" + language.getLanguage());
    command.add("-jar");
    command.add(file().toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LANG", language.getLanguage() + ".UTF-8");
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    return builder.start();
  }

  static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
