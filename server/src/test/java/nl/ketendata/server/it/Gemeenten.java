package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.ketendata.server.testing.Jar;

/** Data folders filled by the command line, with a user to read them. */
final class Gemeenten {
  private Gemeenten() {}

  /** Takes deliveries in, which must succeed; returns the reports, one per line. */
  static String ingest(Path data, String gemeente, Path... zips) {
    Object[] arguments = new Object[6 + zips.length];
    System.arraycopy(
        new Object[] {"ingest", "--data", data, "--gemeente", gemeente, "--json"},
        0,
        arguments,
        0,
        6);
    System.arraycopy(zips, 0, arguments, 6, zips.length);
    Jar.Result result = Jar.run(arguments);
    assertThat(result.exit()).as(result.all()).isZero();
    return result.out();
  }

  /** Adds an analyst and returns the password. */
  static String user(Path data, String name, String gemeente) {
    return user(data, name, gemeente, "analist");
  }

  /** Adds a user with a password that was chosen, and returns it. */
  static String user(Path data, String name, String gemeente, String role) {
    String password = "mosterd lantaarn kruiwagen";
    try {
      Path file = Files.writeString(Files.createTempFile("wachtwoord", ".txt"), password);
      Jar.Result result =
          Jar.run(
              "user",
              "add",
              name,
              "--organisatie",
              gemeente,
              "--rol",
              role,
              "--data",
              data,
              "--wachtwoord-bestand",
              file);
      assertThat(result.exit()).as(result.all()).isZero();
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return password;
  }
}
