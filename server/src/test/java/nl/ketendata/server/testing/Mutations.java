package nl.ketendata.server.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils the bytes of a file in the ways that files get spoilt; the same seed spoils the same. */
public final class Mutations {
  private static final List<String> SNIPPETS =
      List.of(
          "\"",
          "\"\"",
          ",",
          ";",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "\n\n",
          "\0",
          "\u00e9",
          "\uFEFF",
          " ",
          "\"x\ny\"",
          ",\"",
          "\",",
          "'",
          "\\",
          "\u001a",
          "r1,1,\n",
          "\"\n\"");

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** The bytes with one to four things changed. */
  public byte[] of(byte[] bytes) {
    byte[] changed = bytes;
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      changed = once(changed);
    }
    return changed;
  }

  private byte[] once(byte[] bytes) {
    if (bytes.length == 0) {
      return snippet();
    }
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(20));
    return switch (random.nextInt(6)) {
      case 0 -> join(bytes, at, snippet(), at);
      case 1 -> join(bytes, at, new byte[0], to);
      case 2 -> join(bytes, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
      case 3 -> join(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
      case 4 -> Arrays.copyOf(bytes, at);
      default -> join(bytes, at, snippet(), to);
    };
  }

  private byte[] snippet() {
    return SNIPPETS.get(random.nextInt(SNIPPETS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[] bytes, int at, byte[] middle, int to) {
    byte[] joined = Arrays.copyOf(bytes, at + middle.length + bytes.length - to);
    System.arraycopy(middle, 0, joined, at, middle.length);
    System.arraycopy(bytes, to, joined, at + middle.length, bytes.length - to);
    return joined;
  }
}
