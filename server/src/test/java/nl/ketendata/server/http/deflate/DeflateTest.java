package nl.ketendata.server.http.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is packed, unpacked by the JDK. */
class DeflateTest {
  private static final int MOST = 128 * 1024;

  private final Deflate deflate = new Deflate(MOST);
  private final Random random = new Random(7);

  /** Kinds of bytes. */
  private enum Kind {
    NOISE {
      @Override
      int next(Random random, byte[] before, int at) {
        return random.nextInt();
      }
    },
    ONE_BYTE {
      @Override
      int next(Random random, byte[] before, int at) {
        return 7;
      }
    },
    DIGITS {
      @Override
      int next(Random random, byte[] before, int at) {
        return '0' + random.nextInt(10);
      }
    },
    /** So skewed that codes would become longer than they may. */
    SKEWED {
      @Override
      int next(Random random, byte[] before, int at) {
        return Math.min(Integer.numberOfTrailingZeros(random.nextInt() | 1 << 30), 30)
            + 31 * random.nextInt(2);
      }
    },
    /** Skewed too, and the rarest beside each other: the longest codes, one after the other. */
    RARE {
      @Override
      int next(Random random, byte[] before, int at) {
        return at < 8 ? 200 + at : SKEWED.next(random, before, at);
      }
    },
    /** Repetitions of all lengths at all distances, with something between. */
    REPEATED {
      private int from;
      private int left;

      @Override
      int next(Random random, byte[] before, int at) {
        left = at == 0 ? 0 : left;
        if (left-- > 0) {
          return before[from++];
        }
        if (at > 0 && random.nextInt(30) == 0) {
          from = Math.max(0, at - 1 - random.nextInt(40_000));
          left = 1 + random.nextInt(600);
        }
        return random.nextInt(64);
      }
    };

    abstract int next(Random random, byte[] before, int at);
  }

  private byte[] bytes(Kind kind, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) kind.next(random, bytes, i);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void unpacksToWhatWasPacked(Kind kind) throws DataFormatException {
    for (int length = 0; length < 40; length++) {
      check(bytes(kind, length));
    }
    for (int i = 0; i < 60; i++) {
      check(bytes(kind, random.nextInt(MOST)));
    }
    check(bytes(kind, MOST));
  }

  /** One after the other, each looking back into the one before. */
  private void check(byte[] bytes) throws DataFormatException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int cut = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    packed.writeBytes(deflate.pack(bytes, 0, cut, false));
    int window = Math.max(0, cut - Deflate.WINDOW);
    byte[] rest = Arrays.copyOfRange(bytes, window, bytes.length);
    packed.writeBytes(deflate.pack(rest, cut - window, bytes.length - cut, true));
    assertThat(Arrays.equals(unpacked(packed.toByteArray(), bytes.length), bytes))
        .as("%d bytes, cut at %d", bytes.length, cut)
        .isTrue();
  }

  private static byte[] unpacked(byte[] packed, int length) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    inflater.setInput(packed);
    byte[] result = new byte[length + 1];
    int size = 0;
    while (!inflater.finished()) {
      int more = inflater.inflate(result, size, result.length - size);
      size += more;
      assertThat(more > 0 || inflater.finished()).as("goes on").isTrue();
    }
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    return Arrays.copyOf(result, size);
  }

  @Test
  void packsRowsAtLeastAsSmallAsTheJdkDoesAtItsFastest() {
    StringBuilder text = new StringBuilder();
    while (text.length() < MOST - 200) {
      text.append(
              "{\"ToegewezenProduct_Id\":\"%016x\",\"Product_Categorie\":\"4%d\","
                  .formatted(random.nextLong(), random.nextInt(9)))
          .append(
              "\"Ingangsdatum\":\"2024-0%d-1%d\",\"Einddatum\":null},"
                  .formatted(1 + random.nextInt(9), random.nextInt(9)));
    }
    byte[] rows = text.toString().getBytes(StandardCharsets.UTF_8);
    Deflater jdk = new Deflater(Deflater.BEST_SPEED, true);
    jdk.setInput(rows);
    jdk.finish();
    int least = jdk.deflate(new byte[MOST]);
    jdk.end();
    assertThat(deflate.pack(rows, 0, rows.length, true)).hasSizeLessThan(least + least / 50);
  }

  @Test
  void storesWhatDoesNotShrink() {
    byte[] noise = bytes(Kind.NOISE, MOST);
    assertThat(deflate.pack(noise, 0, MOST, true)).hasSizeLessThan(MOST + 32);
  }

  @Test
  void refusesMoreThanABlock() {
    assertThatThrownBy(() -> deflate.pack(new byte[MOST + 1], 0, MOST + 1, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
