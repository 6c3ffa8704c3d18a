package nl.ketendata.server.ingest;

import static nl.ketendata.server.testing.ZipMaker.extra;
import static nl.ketendata.server.testing.ZipMaker.longs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.BuildSettings;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.ZipMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives made to harm, by the whole road that a delivery takes. */
class HostileDeliveriesTest {
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-20240107%06d.zip";
  private static final String CSV = "JW301.csv";
  private static final String TEXT = "Bericht_Id,Header_Ontvanger\na,9030\n";
  private static final int MIB = 1 << 20;
  private static final ArchiveLimits LIMITS = new ArchiveLimits(MIB, 50, 2 * MIB, 3 * MIB, 100);

  @TempDir private Path data;
  private final Map<String, byte[]> bytes = new LinkedHashMap<>();
  private final Map<String, String> codes = new LinkedHashMap<>();

  private void add(String code, String what, byte[] zip) {
    assertThat(bytes.put(what, zip)).as(what).isNull();
    codes.put(what, code);
  }

  private void add(String code, String what, ZipMaker zip) {
    add(code, what, zip.bytes());
  }

  private static ZipMaker zip() {
    return new ZipMaker().with(CSV, TEXT);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void names() {
    for (String name :
        List.of(
            "../JW301.csv",
            "..",
            ".",
            "/JW301.csv",
            "//JW301.csv",
            "/etc/passwd",
            "a/../JW301.csv",
            "./JW301.csv",
            "a/b/JW301.csv",
            "a/b/",
            "/",
            "a//",
            "a\\JW301.csv",
            "a\\..\\JW301.csv",
            "C:\\JW301.csv",
            "C:JW301.csv",
            "C:/JW301.csv",
            "\\\\server\\deel\\JW301.csv",
            "JW301.csv:stroom",
            "JW301.csv\0.txt",
            "JW301\n.csv",
            "JW301\u007F.csv",
            "\u001b[2J.csv",
            "JW301\u202Evsc.csv",
            "JW301\u200B.csv",
            "JW301\uFEFF.csv",
            " ",
            "",
            "a/ /")) {
      add("KD103", "naam [" + name + "]", zip().with(name, ""));
    }
    add("KD103", "naam van 300 tekens", zip().with("x".repeat(300), ""));
    byte[] broken = {'J', (byte) 0xC3, (byte) 0x28, '.', 'c', 's', 'v'};
    add(
        "KD103",
        "naam die geen UTF-8 is",
        zip().with("x", "", e -> e.named(broken).flags(1 << 11)));
    byte[] overlong = {(byte) 0xC0, (byte) 0xAE, (byte) 0xC0, (byte) 0xAE, '/', 'x'};
    add("KD103", "te lange UTF-8", zip().with("x", "", e -> e.named(overlong).flags(1 << 11)));
    add("KD104", "twee keer", zip().with(CSV, TEXT));
    add("KD104", "ander hoofdlettergebruik", zip().with("jw301.CSV", TEXT));
    add("KD104", "in de map en ernaast", zip().with("map/JW301.csv", TEXT));
    add("KD104", "brede letters die er hetzelfde uitzien", zip().with("ＪＷ301.csv", TEXT));
    add("KD104", "map die heet als het bestand", zip().with("JW301.csv/", ""));
  }

  private void kinds() {
    add("KD110", "versleuteld", zip().with("a.csv", "", e -> e.flags(1)));
    add("KD110", "sterk versleuteld", zip().with("a.csv", "", e -> e.flags(1 << 6)));
    add("KD110", "verhulde kopregels", zip().with("a.csv", "", e -> e.flags(1 << 13)));
    add("KD110", "AES", zip().with("a.csv", "", e -> e.method(99)));
    add(
        "KD110",
        "AES in extra",
        zip().with("a.csv", "", e -> e.extra = extra(0x9901, new byte[7])));
    for (int method : new int[] {1, 6, 9, 12, 14, 93, 95, 98, 0xFFFF}) {
      add("KD111", "methode " + method, zip().with("a.csv", "", e -> e.method(method)));
    }
    add("KD111", "patch", zip().with("a.csv", "", e -> e.flags(1 << 5)));
    Map<String, Integer> types = new TreeMap<>();
    types.put("koppeling", 0xA000);
    types.put("apparaat", 0x6000);
    types.put("karakterapparaat", 0x2000);
    types.put("pijp", 0x1000);
    types.put("socket", 0xC000);
    types.put("map zonder schuine streep", 0x4000);
    types.forEach(
        (what, type) ->
            add("KD116", what, zip().with("a.csv", "JW301.csv", e -> e.attributes(type << 16))));
    add("KD116", "Windows-koppeling", zip().with("a.csv", "", e -> e.attributes(0x400)));
    add("KD116", "Windows-map", zip().with("a.csv", "", e -> e.attributes(0x10)));
    add("KD116", "bestand als map", zip().with("a/", "", e -> e.attributes(0x8000 << 16)));
    for (String name :
        List.of("meer.zip", "m/x.JAR", "a.tar", "a.csv.gz", "a.7z", "a.rar", "a.xz")) {
      add("KD115", "archief " + name, zip().with(name, ""));
    }
    byte[] inner = zip().bytes();
    add(
        "KD115",
        "ZIP als CSV",
        new ZipMaker().with(CSV, new String(inner, StandardCharsets.US_ASCII)));
  }

  private void broken() {
    byte[] good = zip().with("JW302.csv", "x".repeat(999)).bytes();
    for (int tenth = 1; tenth <= 9; tenth++) {
      add("KD101", "afgekapt op " + tenth + "0 %", Arrays.copyOf(good, good.length * tenth / 10));
    }
    add("KD101", "een byte te kort", Arrays.copyOf(good, good.length - 1));
    add("KD101", "leeg", new byte[0]);
    add("KD101", "geen ZIP", utf8("geen zip, en wel langer dan de kortste zip"));
    add("KD101", "nullen", new byte[500]);
    byte[] crc = zip().bytes();
    add("KD101", "bytes van de inhoud", changed(crc, 30 + CSV.length() + 3, 0x55));
    add("KD101", "CRC", zip(e -> e.central(h -> h.putInt(16, 7)).local(h -> h.putInt(14, 7))));
    add("KD101", "grootte", zip(e -> e.central(h -> h.putInt(24, 9)).local(h -> h.putInt(22, 9))));
    byte[] longer = Arrays.copyOf(ZipMaker.deflate(utf8(TEXT)), 60);
    add("KD101", "bytes achter de inhoud", zip(e -> e.content = longer));
    add("KD107", "geen bestanden", new ZipMaker());
    add("KD107", "alleen een map", new ZipMaker().with("map/", "", e -> e.stored(new byte[0])));
    add("KD107", "letters die erop lijken", new ZipMaker().with("ЈW301.csv", TEXT));
  }

  @SafeVarargs
  private static ZipMaker zip(Consumer<ZipMaker.Entry>... changes) {
    return new ZipMaker().with(CSV, TEXT, changes);
  }

  private static byte[] changed(byte[] zip, int at, int bits) {
    zip[at] ^= (byte) bits;
    return zip;
  }

  private void disagreements() {
    add("KD112", "andere naam in de kopregel", zip(e -> e.localName = utf8("JW302.csv")));
    add("KD112", "langere naam in de kopregel", zip(e -> e.localName = utf8("JW301.csv2")));
    add("KD112", "andere vlaggen", zip(e -> e.local(h -> h.putShort(6, (short) 2))));
    add("KD112", "andere methode", zip(e -> e.local(h -> h.putShort(8, (short) 0))));
    add("KD112", "andere CRC", zip(e -> e.local(h -> h.putInt(14, 1))));
    add("KD112", "andere grootte", zip(e -> e.local(h -> h.putInt(22, 1))));
    add("KD112", "andere ingepakte grootte", zip(e -> e.local(h -> h.putInt(18, 1))));
    add("KD112", "geen kopregel", zip(e -> e.local(h -> h.putInt(0, 0))));
    add(
        "KD112",
        "ingepakte grootte voorbij het volgende bestand",
        zip(e -> e.central(h -> h.putInt(20, 90)).local(h -> h.putInt(18, 90))).with("b.csv", "b"));
    add(
        "KD112",
        "twee bestanden op een plek",
        zip().with("JW302.csv", TEXT, e -> e.sharesWith = 0));
    add("KD112", "bestand dat in een ander ligt", nested());
    add(
        "KD112",
        "plek buiten de ZIP",
        zip().with("b.csv", "b", e -> e.central(h -> h.putInt(42, 5))));
    add(
        "KD112",
        "stored met twee groottes",
        zip(e -> e.stored(utf8(TEXT)).central(h -> h.putInt(24, 1)).local(h -> h.putInt(22, 1))));
    add("KD112", "map met inhoud", zip().with("map/", "verborgen"));
    add("KD112", "te weinig geteld", zip().with("b.csv", "b").end(h -> count(h, 1)));
    add("KD112", "te veel geteld", zip().end(h -> count(h, 2)));
    add("KD112", "lijst voorbij het einde", zip().end(h -> h.putInt(16, 5000)));
    add("KD112", "lijst te groot", zip().end(h -> h.putInt(12, 5000)));
    add(
        "KD112",
        "andere naam in extra",
        zip(e -> e.extra = extra(0x7075, utf8("\1\0\0\0\0../x.csv"))));
    add("KD112", "extra zonder einde", zip(e -> e.extra = new byte[] {1, 0, 9, 0}));
    add("KD112", "halve extra", zip(e -> e.extra = new byte[] {1, 0, 0}));
    add("KD112", "beschrijving met andere CRC", zip(e -> e.described().descriptor[5] ^= 1));
    add(
        "KD112",
        "beschrijving ontbreekt",
        zip(e -> e.described().descriptor = new byte[0]).with("b.csv", "b"));
  }

  /** The content of the first is a whole entry; the directory lists both. */
  private static ZipMaker nested() {
    byte[] inner = Arrays.copyOf(new ZipMaker().with("JW302.csv", "b").bytes(), 30 + 9 + 3);
    return zip(e ->
            e.stored(inner)
                .central(h -> sizes(h, 20, inner.length))
                .local(h -> sizes(h, 18, inner.length)))
        .with(
            "JW302.csv",
            "b",
            e -> {
              e.sharesWith = 0;
              e.central(h -> h.putInt(42, 30 + CSV.length()));
            });
  }

  private static void sizes(ByteBuffer head, int at, int size) {
    head.putInt(at, size).putInt(at + 4, size);
  }

  private static void count(ByteBuffer end, int count) {
    end.putShort(8, (short) count).putShort(10, (short) count);
  }

  private void zip64() {
    add("KD112", "ZIP64 zonder waarden", zip(e -> e.central(h -> h.putInt(24, -1))));
    add(
        "KD112",
        "ZIP64 met te weinig waarden",
        zip(e -> e.central(h -> h.putInt(24, -1).putInt(20, -1)).extra = extra(1, longs(35))));
    add(
        "KD112",
        "ZIP64 met te veel waarden",
        zip(e -> e.central(h -> h.putInt(24, -1)).extra = extra(1, longs(35, 35))));
    add(
        "KD112",
        "ZIP64 negatief",
        zip(e -> e.central(h -> h.putInt(24, -1)).extra = extra(1, longs(-2))));
    add("KD112", "ZIP64 in de kopregel anders", zip(e -> e.localExtra = extra(1, longs(99, 99))));
    add("KD112", "ZIP64 in de kopregel ontbreekt", zip(e -> e.local(h -> h.putInt(22, -1))));
    add("KD112", "ZIP64 twee keer", zip(e -> e.extra = join(extra(1, longs()), extra(1, longs()))));
    add("KD112", "ZIP64-einde met ander aantal", zip().large().end(h -> count(h, 7)));
    add("KD112", "ZIP64-einde met andere plek", zip().large().end(h -> h.putInt(16, 3)));
    add("KD112", "ZIP64-einde elders", zip().large().largeEnd(h -> h.putLong(64, 1)));
    add("KD112", "ZIP64-einde zonder kenmerk", zip().large().largeEnd(h -> h.putInt(0, 0)));
    add("KD112", "ZIP64-einde langer", zip().large().largeEnd(h -> h.putLong(4, 99)));
    add("KD112", "ZIP64-lijst negatief", zip().large().largeEnd(h -> h.putLong(48, -1)));
    add(
        "KD102",
        "ZIP64 met te veel bestanden",
        zip().large().largeEnd(h -> h.putLong(24, 1L << 40).putLong(32, 1L << 40)));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private void surplus() {
    byte[] shell = utf8("#!/bin/sh\nrm -rf /\n");
    add("KD113", "bytes ervoor", join(shell, zip().bytes()));
    add("KD113", "bytes ervoor, plekken kloppen", zip().before(shell));
    add("KD113", "bytes erachter", zip().after(shell));
    add("KD113", "een byte erachter", zip().after(new byte[1]));
    add("KD113", "bytes tussen bestanden", zip(e -> e.gap = shell).with("b.csv", "b"));
    add("KD113", "bestand dat de lijst verzwijgt", hidden());
    add("KD113", "bytes voor de lijst", zip().beforeDirectory(shell));
    add("KD113", "bytes achter de lijst", zip().afterDirectory(shell));
    add("KD113", "tweede einde als commentaar", zip().comment(zip().bytes()));
    byte[] end = new ZipMaker().bytes();
    add("KD113", "leeg einde als commentaar", zip().comment(end));
    add("KD113", "kenmerk in commentaar", zip().comment(join(utf8("PK\5\6"), new byte[40])));
    add("KD113", "ZIP achter ZIP", join(zip().bytes(), zip().bytes()));
    add("KD114", "deel 2", zip().end(h -> h.putShort(4, (short) 1)));
    add("KD114", "lijst op een ander deel", zip().end(h -> h.putShort(6, (short) 1)));
    add("KD114", "aantal op dit deel", zip().end(h -> h.putShort(8, (short) 0)));
    add("KD114", "bestand op een ander deel", zip(e -> e.central(h -> h.putShort(34, (short) 3))));
    add("KD114", "ZIP64 op twee delen", zip().large().largeEnd(h -> h.putInt(72, 2)));
    add("KD114", "kenmerk van een gedeelde ZIP", join(utf8("PK\7\b"), zip().bytes()));
  }

  private static ZipMaker hidden() {
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    byte[] whole = new ZipMaker().with("JW302.csv", "b").bytes();
    one.write(whole, 0, 30 + 9 + 3);
    return zip(e -> e.gap = one.toByteArray());
  }

  private void bombs() throws IOException {
    String zeros = "0".repeat(2 * MIB);
    add("KD102", "verhouding", new ZipMaker().with(CSV, "0".repeat(2 * MIB)));
    add("KD102", "een bestand te groot", new ZipMaker().with(CSV, noise(2 * MIB + 1)));
    add(
        "KD102",
        "samen te groot",
        new ZipMaker().with(CSV, noise(2 * MIB)).with("JW302.csv", noise(2 * MIB)));
    add(
        "KD102",
        "verhouding die klein heet te zijn",
        new ZipMaker()
            .with(
                CSV, zeros, e -> e.central(h -> h.putInt(24, 100)).local(h -> h.putInt(22, 100))));
    add("KD102", "ZIP te groot", new ZipMaker().with("x.bin", "", e -> e.stored(new byte[MIB])));
    ZipMaker many = new ZipMaker();
    for (int i = 0; i < 51; i++) {
      many.with("bestand" + i, "");
    }
    add("KD102", "51 bestanden", many);
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(empty)) {
      for (int i = 0; i < 65_536; i++) {
        zip.putNextEntry(new ZipEntry(Integer.toString(i, 36)));
      }
    }
    add("KD102", "65.536 lege bestanden", empty.toByteArray());
    add(
        "KD102",
        "lijst vol extra velden",
        new ZipMaker()
            .with(CSV, TEXT, e -> e.extra = extra(0x4444, new byte[60_000]))
            .with("b", "", e -> e.extra = extra(0x4444, new byte[60_000])));
  }

  /** Text that hardly shrinks below a hundredth. */
  private static String noise(int length) {
    StringBuilder text = new StringBuilder(length);
    long state = 42;
    while (text.length() < length) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      text.append((char) ('a' + (state >>> 60))).append("--------".repeat(4));
    }
    return text.substring(0, length);
  }

  @Test
  void refusesEachWithItsCodeAndLeavesNothing() throws IOException {
    names();
    kinds();
    broken();
    disagreements();
    zip64();
    surplus();
    bombs();
    assertThat(codes).hasSizeGreaterThan(100);
    Ingest ingest =
        new Ingest(
            TestServer.CATALOGUE,
            new IngestSettings(data.resolve("data"), LIMITS, new BuildSettings(256, 2), 0.05),
            Clock.systemUTC());
    ingest.makeKnown(Gemeente.parse("GM9030"));
    Path in = Files.createDirectories(data.resolve("in"));
    List<Path> before = paths();
    Map<String, String> found = new LinkedHashMap<>();
    for (String what : bytes.keySet()) {
      Path file = in.resolve(NAME.formatted(found.size() / 60 * 100 + found.size() % 60));
      Files.write(file, bytes.get(what));
      found.put(what, code(ingest, file));
      Files.delete(file);
    }
    assertThat(found).isEqualTo(codes);
    assertThat(paths()).isEqualTo(before);
  }

  private static String code(Ingest ingest, Path file) {
    try {
      Report report =
          ingest.take(
              new IngestOrder(
                  file,
                  Gemeente.parse("GM9030"),
                  Optional.empty(),
                  Optional.empty(),
                  false,
                  "test"),
              Progress.NONE);
      return "taken in: " + report.rowsRead();
    } catch (Failure failure) {
      assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("\u001b");
      return failure.code().id();
    }
  }

  /** All files, and the empty folder where a build unpacks. */
  private List<Path> paths() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      all.filter(Files::isRegularFile).sorted().forEach(paths::add);
    }
    return paths;
  }
}
