package nl.ketendata.server.delivery;

import java.util.HexFormat;
import java.util.List;

/** Tells an archive by its first bytes, whatever its name. */
final class Magic {
  private static final List<byte[]> ARCHIVES =
      List.of(
          bytes("504b0304"),
          bytes("504b0506"),
          bytes("504b0708"),
          bytes("1f8b08"),
          bytes("377abcaf271c"),
          bytes("526172211a07"),
          bytes("fd377a585a00"),
          bytes("28b52ffd"),
          bytes("425a6839314159"));

  private Magic() {}

  static boolean isArchive(byte[] start, int length) {
    return ARCHIVES.stream().anyMatch(magic -> begins(start, length, magic));
  }

  private static boolean begins(byte[] start, int length, byte[] magic) {
    if (length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (start[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
