package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is packed on several threads, unpacked by the JDK. */
class FastGzipTest {
  private final AtomicBoolean crowded = new AtomicBoolean();
  private final Packers packers = new Packers(2, crowded::get);
  private final Random random = new Random(3);

  @AfterEach
  void close() {
    packers.close();
  }

  @Test
  void unpacksToWhatWasWrittenHoweverItWasWritten() throws IOException {
    for (int length : new int[] {0, 1, 1_000, 131_071, 131_072, 131_073, 400_000, 1_500_000}) {
      for (boolean flushes : new boolean[] {false, true}) {
        crowded.set(random.nextBoolean());
        byte[] text = text(length);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        FastGzip gzip = new FastGzip(packed, packers);
        for (int at = 0; at < length; ) {
          int part = Math.min(length - at, 1 + random.nextInt(200_000));
          gzip.write(text, at, part);
          at += part;
          if (flushes && random.nextBoolean()) {
            gzip.flush();
          }
        }
        gzip.finish();
        gzip.release();
        assertThat(unpacked(packed.toByteArray())).isEqualTo(text);
      }
    }
  }

  @Test
  void givesWhatWasFlushedAtOnce() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    FastGzip gzip = new FastGzip(packed, packers);
    byte[] text = text(5_000);
    gzip.write(text, 0, text.length);
    gzip.flush();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
      assertThat(in.readNBytes(5_000)).isEqualTo(text);
    }
  }

  @Test
  void whoeverWantsItPackedDoesThatItselfWhenItIsCrowded() throws Exception {
    assertThat(packers.submit(Thread::currentThread).get()).isNotEqualTo(Thread.currentThread());
    crowded.set(true);
    assertThat(packers.submit(Thread::currentThread).get()).isEqualTo(Thread.currentThread());
  }

  private byte[] text(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      boolean again = i >= 300 && random.nextInt(20) > 0;
      text[i] = again ? text[i - 300] : (byte) ('a' + random.nextInt(26));
    }
    return text;
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
