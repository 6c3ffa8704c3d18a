package nl.ketendata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the security page calls to witness is there. */
class SecurityPageTest {
  private static final Path ROOT =
      Path.of(System.getProperty("ketendata.root", "..")).toAbsolutePath().normalize();

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher names =
        Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`")
            .matcher(Files.readString(ROOT.resolve("SECURITY.md")));
    while (names.find()) {
      named.add(names.group(1));
    }
    try (Stream<Path> files = Files.walk(ROOT.resolve("server/src/test/java"))) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
      assertThat(named).hasSizeGreaterThan(10).isSubsetOf(there);
    }
  }
}
