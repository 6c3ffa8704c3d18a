package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are wrong in one way each, with what must come of them. */
class MalformedTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final String HEADER =
      "Bericht_Id,Client_Commentaar,Header_BerichtVersie,Client_Geboortedatum_Datum";

  /** Tables with all columns of the header. */
  private static final List<String> TABLES = List.of("JW301", "JW302", "JW315", "JW316");

  private static final Map<String, Taken> TAKEN = new HashMap<>();

  @TempDir private static Path data;
  private static TestServer server;
  private static int number;

  @BeforeAll
  static void open() {
    server = new TestServer(data);
    takeAll(cases().toList());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  /** A file, and the codes with lines that are told of its rows and values: {@code KD207@3}. */
  private record Case(String name, byte[] bytes, List<String> told, int taken) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A file that refuses the delivery. */
  private record Refused(String name, byte[] bytes, Code code) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case rows(String name, String bad, int taken, String... told) {
    return file(name, HEADER + "\n" + bad + "\n" + good(60), taken + 60, told);
  }

  private static Case file(String name, String text, int taken, String... told) {
    return new Case(name, text.getBytes(StandardCharsets.UTF_8), List.of(told), taken);
  }

  private static String good(int rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      text.append('g').append(i).append(",tekst,").append(i).append(",2001-02-03\n");
    }
    return text.toString();
  }

  /** Text that hardly packs: what packs too well is refused as an archive. */
  private static String noise(int length) {
    StringBuilder text = new StringBuilder(length);
    new Random(215).ints(length, 'a', 'z').forEach(letter -> text.append((char) letter));
    return text.toString();
  }

  static Stream<Case> cases() {
    return Stream.of(
        rows("too few fields", "a,b", 0, "KD207@2"),
        rows("too many fields", "a,b,1,2001-02-03,x", 0, "KD207@2"),
        rows("an empty field more at the end", "a,b,1,2001-02-03,", 1),
        rows("a line of spaces", "   ", 0, "KD207@2"),
        rows("empty lines", "\n\n\nx", 0, "KD207@5"),
        rows("text behind a closing quote", "a,\"b\"c,1,", 0, "KD208@2"),
        rows("a quote that is not closed", "a,\"b,1,", 0, "KD208@2"),
        rows(
            "two quotes that are not closed",
            "a,\"b,1,\nc,d,1,\ne,\"f,1,\nh,i,1,",
            2,
            "KD208@2",
            "KD208@4"),
        rows("a quote that takes rows along", "a,\"b,1,\nc,d,1,\ne,f\",1", 1, "KD208@2", "KD207@4"),
        rows("a broken row after a quoted line break", "a,\"b\nc\",1,\nd", 1, "KD207@4"),
        rows("a row of three lines with a field too few", "a,\"b\n\nc\",1", 0, "KD207@2"),
        rows("a quote inside an unquoted field", "a,b\"c,1,", 1),
        rows("spaces around a quoted field", "a, \"b,c\" ,1,", 1),
        rows("no row key", ",b,1,", 0, "KD202@2"),
        rows("an empty quoted row key", "\"\",b,1,", 0, "KD202@2"),
        rows("a row key twice", "a,b,1,\na,c,2,", 1, "KD210@3"),
        rows("a row key twice with the same content", "a,b,1,\na,b,1,", 1, "KD210@3"),
        rows("no number", "a,b,x,", 1, "KD203@2"),
        rows("a number with a fraction", "a,b,1.5,", 1, "KD203@2"),
        rows("a number with thousands", "a,b,1.000,", 1, "KD203@2"),
        rows("a number that is too large", "a,b,99999999999999999999,", 1, "KD203@2"),
        rows("a hexadecimal number", "a,b,0x10,", 1, "KD203@2"),
        rows("no such day", "a,b,1,2027-06-31", 1, "KD203@2"),
        rows("a date in another form than the file's", "a,b,1,03-02-2001", 1, "KD203@2"),
        rows("an American date", "a,b,1,02/03/2001", 1, "KD203@2"),
        rows("a month 13", "a,b,1,2001-13-01", 1, "KD203@2"),
        rows("two bad values in a row", "a,b,x,y", 1, "KD203@2", "KD203@2"),
        rows("a bad value after a quoted line break", "a,\"b\nc\",1,\nd,e,x,", 2, "KD203@4"),
        rows("mixed line ends", "a,b,1,\r\nc,d,1,\re,f,x,", 3, "KD203@4"),
        rows("a zero byte", "a,b\0c,1,", 1),
        new Case(
            "bytes that are no UTF-8 among characters that are",
            (HEADER + "\na,caf\u00c3\u00a9,1,\nb,caf\u00e9,1,\n" + good(60))
                .getBytes(StandardCharsets.ISO_8859_1),
            List.of("KD209@3"),
            61),
        new Case(
            "a byte that Windows-1252 lacks",
            (HEADER + "\na,caf\u00e9,1,\nb,caf\u0081,1,\n" + good(60))
                .getBytes(StandardCharsets.ISO_8859_1),
            List.of("KD209@3"),
            61),
        rows("a row longer than a row can be", "a," + noise(3_000_000) + ",1,", 0, "KD215@2"),
        file("no line end at the end", HEADER + "\n" + good(30) + "a,b,1,", 31),
        file("half a row at the end", HEADER + "\n" + good(30) + "a,b", 30, "KD207@32"),
        file("half a quoted field at the end", HEADER + "\n" + good(30) + "a,\"b", 30, "KD208@32"),
        file("only a header", HEADER, 0),
        file("nothing", "", 0),
        file("only a byte order mark", "\uFEFF", 0),
        file("an empty line before the header", "\n" + HEADER + "\n" + good(20), 20));
  }

  /** A delivery costs far more than a file: several files, each wrong in its way, come in one. */
  private static void takeAll(List<Case> cases) {
    for (int i = 0; i < cases.size(); i += TABLES.size()) {
      Map<String, byte[]> files = new TreeMap<>();
      for (int j = 0; j < TABLES.size() && i + j < cases.size(); j++) {
        files.put(TABLES.get(j) + ".csv", cases.get(i + j).bytes);
      }
      Report report = server.take("GM9030", zip(files));
      for (Report.FileReport file : report.bestanden()) {
        Case each = cases.get(i + TABLES.indexOf(file.tabel()));
        TAKEN.put(each.name, new Taken(report.nummer(), file));
      }
    }
  }

  private record Taken(long number, Report.FileReport file) {}

  @ParameterizedTest
  @MethodSource("cases")
  void costsWhatIsWrongAndNoMore(Case each) {
    Taken taken = TAKEN.get(each.name);
    Report.FileReport file = taken.file;
    assertThat(file.redenen())
        .extracting(reason -> reason.code() + "@" + reason.regel())
        .as("%s", file.redenen())
        .containsExactlyElementsOf(each.told);
    assertThat(file.gelezen() - file.geweigerd()).isEqualTo(each.taken);
    long rows = each.told.stream().filter(told -> !told.startsWith("KD203")).count();
    assertThat(List.of(file.geweigerd(), file.geweigerdeWaarden()))
        .containsExactly(rows, each.told.size() - rows);
    assertThat(
            server.sql(
                CALLER,
                "select count(*) from Geweigerde_Rijen where Levering_Nummer = ? and Bestand = ?",
                taken.number,
                file.bestand()))
        .containsExactly(Long.toString(rows));
  }

  static Stream<Refused> refused() {
    return Stream.of(
        new Refused(
            "UTF-16 with a mark",
            (HEADER + "\n" + good(2)).getBytes(StandardCharsets.UTF_16),
            Code.FOREIGN_ENCODING),
        new Refused(
            "UTF-16 without one",
            (HEADER + "\n" + good(2)).getBytes(StandardCharsets.UTF_16LE),
            Code.FOREIGN_ENCODING),
        text(
            "a header that two delimiters split equally",
            "Bericht_Id;X,Header_BerichtVersie\n",
            Code.UNCLEAR_DELIMITER),
        text(
            "a header with commas above rows with semicolons",
            HEADER + "\n" + good(9).replace(',', ';'),
            Code.UNCLEAR_DELIMITER),
        text(
            "as many dates in one form as in another",
            HEADER + "\na,b,1,2001-02-03\nb,b,1,03-02-2001\n",
            Code.UNCLEAR_FORM),
        text(
            "as many numbers with a comma as with a point",
            HEADER + "\na,b,\"1,0\",\nb,b,1.0,\n",
            Code.UNCLEAR_FORM),
        text(
            "no row key in the header",
            "Client_Commentaar,Header_BerichtVersie\nb,1\n",
            Code.WRONG_HEADER),
        text(
            "a column twice",
            "Bericht_Id,Client_Commentaar,client_commentaar\na,b,c\n",
            Code.WRONG_HEADER),
        text(
            "a column without a name", "Bericht_Id,,Client_Commentaar\na,b,c\n", Code.WRONG_HEADER),
        text(
            "a header of which a quote is not closed",
            "Bericht_Id,\"Client_Commentaar\na,b\n",
            Code.QUOTING),
        text("another delimiter", HEADER.replace(',', '|') + "\n", Code.WRONG_HEADER),
        text(
            "more refused rows than the share",
            HEADER + "\n" + good(10) + "x\n",
            Code.TOO_MANY_REFUSED),
        text("a readable BSN", "Bericht_Id,Client_Bsn\na,999900006\n", Code.PLAIN_BSN),
        text(
            "a readable BSN with points", "Bericht_Id,Client_Bsn\na,9999.00.006\n", Code.PLAIN_BSN),
        text(
            "a readable BSN in a row that is refused",
            "Bericht_Id,Client_Bsn\n" + many(60) + "k1,999900006\n",
            Code.PLAIN_BSN));
  }

  private static Refused text(String name, String text, Code code) {
    return new Refused(name, text.getBytes(StandardCharsets.UTF_8), code);
  }

  private static String many(int rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      text.append('k').append(i).append(",hash\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesTheDelivery(Refused each) throws IOException {
    Path zip = zip(each.bytes);
    String before = server.sql(CALLER, "select count(*) from Leveringen").toString();
    assertThatThrownBy(() -> server.take("GM9030", zip))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).as(failure.getMessage()).isEqualTo(each.code);
              assertThat(failure.getMessage()).doesNotContain("999900006", "9999.00.006");
            });
    assertThat(server.sql(CALLER, "select count(*) from Leveringen")).hasToString(before);
    Files.delete(zip);
    assertThat(filesWith("999900006")).isEmpty();
    assertThat(filesWith("9999.00.006")).isEmpty();
  }

  /** Files below the data folder in which these characters stand. */
  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void keepsNobodysBsnInTheTextOfWhatWasRefused() {
    Report report =
        server.take(
            "GM9030",
            zip(
                ("Bericht_Id,Client_Bsn,Header_BerichtVersie\n"
                        + many(60).replace("\n", ",1\n")
                        + "kort 999900006\nk1,geheim,2\nz,hash,999900006x\n")
                    .getBytes(StandardCharsets.UTF_8)));
    String kept =
        server
                .sql(
                    CALLER,
                    "select Tekst from Geweigerde_Rijen where Levering_Nummer = " + report.nummer())
                .toString()
            + server.sql(
                CALLER,
                "select Waarde, Reden from Geweigerde_Waarden where Levering_Nummer = "
                    + report.nummer())
            + report;
    assertThat(kept)
        .contains("kort *********", "k1,***,2", "*********x")
        .doesNotContain("999900006", "geheim");
  }

  private static Path zip(byte[] bytes) {
    return zip(Map.of("JW301.csv", bytes));
  }

  private static Path zip(Map<String, byte[]> files) {
    number++;
    Path path =
        data.resolve(
            "Ketendata-IJW-Test-202401%02d0600%02d.zip".formatted(1 + number / 60, number % 60));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
