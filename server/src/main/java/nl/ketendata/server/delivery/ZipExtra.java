package nl.ketendata.server.delivery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The extra fields of a header, each at most once. Source: PKWARE APPNOTE, section 4.5. */
final class ZipExtra {
  static final int ZIP64 = 0x0001;
  static final int STRONG_ENCRYPTION = 0x0017;
  static final int UNICODE_PATH = 0x7075;
  static final int AES = 0x9901;

  private final Map<Integer, ByteBuffer> fields = new HashMap<>();

  /**
   * @param bytes all of them; read from their position to their limit
   */
  ZipExtra(ByteBuffer bytes, String entry, ZipRefusals refuse) {
    while (bytes.hasRemaining()) {
      if (bytes.remaining() < 4) {
        throw refuse.disagrees(entry, "extra");
      }
      int id = bytes.getShort() & 0xFFFF;
      int length = bytes.getShort() & 0xFFFF;
      if (length > bytes.remaining()) {
        throw refuse.disagrees(entry, "extra");
      }
      ByteBuffer field = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(bytes.position() + length);
      if (fields.put(id, field) != null && id == ZIP64) {
        throw refuse.disagrees(entry, "ZIP64 extra");
      }
    }
  }

  boolean has(int id) {
    return fields.containsKey(id);
  }

  /** A field's content, to be read from its begin. */
  Optional<ByteBuffer> field(int id) {
    return Optional.ofNullable(fields.get(id))
        .map(field -> field.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }
}
