package nl.ketendata.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A password from where nobody else sees it: never from the arguments, which all processes see. */
final class ChosenPassword {
  @ArgGroup private Source source;

  /** One of the two. */
  private static final class Source {
    @Option(
        names = "--wachtwoord-stdin",
        description = "Leest het wachtwoord van standaardinvoer. / Reads it from standard input.")
    private boolean input;

    @Option(
        names = "--wachtwoord-bestand",
        paramLabel = "BESTAND",
        description =
            "Leest het wachtwoord uit de eerste regel van een bestand."
                + " / Reads it from the first line of a file.")
    private Path file;
  }

  /**
   * The password, when there is a choice of one.
   *
   * @throws Failure KD109 when there is no such file
   */
  Optional<String> read() {
    if (source == null) {
      return Optional.empty();
    }
    try (BufferedReader in =
        source.input
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(source.file)) {
      return Optional.of(Optional.ofNullable(in.readLine()).orElse(""));
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, source.input ? "-" : source.file).causedBy(e);
    }
  }
}
