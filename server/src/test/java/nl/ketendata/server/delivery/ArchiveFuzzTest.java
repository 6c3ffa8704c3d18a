package nl.ketendata.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.ZipMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a good ZIP, it is read as everybody reads it or refused with a code. */
class ArchiveFuzzTest {
  private static final int MUTANTS = Integer.getInteger("ketendata.mutants", 6_000);
  private static final long SEED = Long.getLong("ketendata.seed", 20_240_107L);
  private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 20, 1 << 18, 1 << 19, 100);
  private static final long[] ODD = {
    0,
    1,
    2,
    8,
    9,
    99,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFFL,
    0xFFFFFFFFL,
    -1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x04034b50L,
    0x02014b50L,
    0x06054b50L,
    0x06064b50L,
    0x07064b50L
  };

  @TempDir private Path folder;

  @Test
  void readsEveryMutantAsOthersDoOrRefusesIt() throws IOException {
    List<byte[]> good = good();
    Random random = new Random(SEED);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < MUTANTS; i++) {
      byte[] zip = good.get(random.nextInt(good.size()));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        zip = mutant(zip, random);
      }
      Path file = Files.write(folder.resolve("mutant.zip"), zip);
      outcomes.merge(outcome(file, zip, "seed " + SEED + ", mutant " + i), 1, Integer::sum);
    }
    assertThat(outcomes.keySet()).contains("read", "KD101", "KD103", "KD110", "KD111", "KD112");
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MUTANTS);
    try (var left = Files.list(folder)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .containsOnly("mutant.zip", "good.zip");
    }
  }

  private String outcome(Path file, byte[] zip, String as) throws IOException {
    Map<String, byte[]> ours;
    try {
      ours = read(file);
    } catch (Failure failure) {
      assertThat(failure.code().kind()).as(as).isEqualTo(Kind.USER);
      assertThat(failure.code().id()).as(as).startsWith("KD1");
      return failure.code().id();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(as, e);
    }
    assertThat(shown(ours)).as(as).isEqualTo(shown(byZipFile(file)));
    assertThat(shown(ours)).as(as).isEqualTo(shown(byStream(zip)));
    return "read";
  }

  private Map<String, byte[]> read(Path file) throws IOException {
    Map<String, byte[]> read = new TreeMap<>();
    Path target = folder.resolve("uit.csv");
    try (Archive archive = Archive.open(file, LIMITS)) {
      assertThat(archive.entries()).hasSizeLessThanOrEqualTo(LIMITS.entries());
      for (Archive.Entry entry : archive.entries()) {
        DeliveredFile unpacked = archive.unpack(entry, target, (buffer, length) -> {});
        assertThat(unpacked.bytes()).isLessThanOrEqualTo(LIMITS.entry());
        read.put(entry.name(), Files.readAllBytes(target));
        Files.delete(target);
      }
      return read;
    } finally {
      Files.deleteIfExists(target);
    }
  }

  /** Reads the directory, as most programs do. */
  private static Map<String, byte[]> byZipFile(Path file) throws IOException {
    Map<String, byte[]> read = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          read.put(base(entry), in.readAllBytes());
        }
      }
    }
    return read;
  }

  /** Reads from the front, and never sees the directory. */
  private static Map<String, byte[]> byStream(byte[] bytes) throws IOException {
    Map<String, byte[]> read = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          read.put(base(entry), zip.readAllBytes());
        }
      }
    }
    return read;
  }

  private static String base(ZipEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  private static Map<String, Integer> shown(Map<String, byte[]> files) {
    Map<String, Integer> shown = new TreeMap<>();
    files.forEach((name, bytes) -> shown.put(name, Arrays.hashCode(bytes)));
    return shown;
  }

  private List<byte[]> good() throws IOException {
    String text = "Bericht_Id,Header_Ontvanger\n" + "a,9030\n".repeat(40);
    Path jdk = Deliveries.zip(folder, "good.zip", Map.of("JW301.csv", text, "m/JW302.csv", "b\n"));
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    return List.of(
        Files.readAllBytes(jdk),
        new ZipMaker().with("JW301.csv", text).with("JW302.csv", "x").bytes(),
        new ZipMaker().with("JW301.csv", text, e -> e.stored(plain)).large().bytes(),
        new ZipMaker().with("map/", "", e -> e.stored(new byte[0])).with("map/a.csv", "1").bytes(),
        new ZipMaker()
            .with("JW301.csv", text, ZipMaker.Entry::described)
            .comment("hallo".getBytes(StandardCharsets.UTF_8))
            .bytes());
  }

  private static byte[] mutant(byte[] zip, Random random) {
    if (zip.length < 30) {
      return zip;
    }
    byte[] copy = zip.clone();
    int at = random.nextInt(copy.length - 8);
    switch (random.nextInt(7)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2, 3 -> odd(copy, header(copy, random), random);
      case 4 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      case 5 -> copy = without(copy, at, 1 + random.nextInt(8));
      default -> copy = repeated(copy, at, Math.min(copy.length - at, 1 + random.nextInt(60)));
    }
    return copy;
  }

  /** Headers are where the damage is. */
  private static int header(byte[] zip, Random random) {
    List<Integer> places = new ArrayList<>(List.of(0));
    for (int i = 0; i < zip.length - 4; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K') {
        places.add(i);
      }
    }
    int place = places.get(random.nextInt(places.size())) + 4 + random.nextInt(50);
    return Math.min(place, zip.length - 8);
  }

  private static void odd(byte[] zip, int at, Random random) {
    long value = ODD[random.nextInt(ODD.length)];
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    switch (random.nextInt(4)) {
      case 0 -> bytes.put(at, (byte) value);
      case 1 -> bytes.putShort(at, (short) value);
      case 2 -> bytes.putInt(at, (int) value);
      default -> bytes.putLong(at, value);
    }
  }

  private static byte[] without(byte[] zip, int at, int length) {
    int end = Math.min(zip.length, at + length);
    byte[] rest = Arrays.copyOf(zip, zip.length - (end - at));
    System.arraycopy(zip, end, rest, at, zip.length - end);
    return rest;
  }

  private static byte[] repeated(byte[] zip, int at, int length) {
    byte[] more = Arrays.copyOf(zip, zip.length + length);
    System.arraycopy(zip, at, more, at + length, zip.length - at);
    return more;
  }
}
