package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.server.testing.FakeRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final List<LocalDateTime> MOMENTS =
      List.of(
          LocalDateTime.of(2026, 7, 1, 0, 30, 15),
          LocalDateTime.of(2026, 1, 15, 23, 59, 59),
          LocalDateTime.of(1968, 2, 29, 12, 0, 1, 250_000_000),
          LocalDateTime.of(2021, 10, 31, 1, 15, 1));

  private Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new Fixture();
    fixture.door.answers("times", FakeRows.times(MOMENTS));
    ParametersTest.answersWith(fixture, Types.DATE, Types.TIME, Types.TIMESTAMP);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({"UTC,protobuf", "Europe/Amsterdam,json", "America/New_York,protobuf"})
  void noTimeZoneOfTheClientShiftsAValue(String zone, String serialization) throws Exception {
    List<String> printed = client(zone, "serialization=" + serialization);
    List<String> expected = new ArrayList<>();
    for (LocalDateTime moment : MOMENTS) {
      expected.add(
          "values " + moment.toLocalDate() + " " + moment.toLocalTime().withNano(0) + " " + moment);
      expected.add(text(moment));
    }
    assertThat(printed).containsExactlyElementsOf(expected);
    assertThat(fixture.door.asked().stream().filter(values -> !values.isEmpty()))
        .containsExactlyElementsOf(
            MOMENTS.stream()
                .map(moment -> List.<Object>of(moment.toLocalDate(), moment.toLocalTime(), moment))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({"UTC,America/New_York", "America/New_York,Europe/Amsterdam"})
  void noTimeZoneOfTheConnectionChangesText(String zone, String connection) throws Exception {
    assertThat(client(zone, "serialization=protobuf", "timeZone=" + connection))
        .filteredOn(line -> line.startsWith("texts"))
        .containsExactlyElementsOf(MOMENTS.stream().map(TimesTest::text).toList());
  }

  private static String text(LocalDateTime moment) {
    String fraction = moment.getNano() == 0 ? ".000" : ".250";
    String date = moment.toLocalDate().toString();
    String time = moment.toLocalTime().withNano(0) + fraction;
    return "texts " + date + " " + time + " " + date + " " + time;
  }

  private List<String> client(String zone, String... settings) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.timezone=" + zone,
                "-cp",
                classPath,
                TimesClient.class.getName(),
                fixture.server.url(),
                "authentication=BASIC",
                "avatica_user=anna",
                "avatica_password=geheim"));
    Stream.of(settings).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
