package nl.ketendata.server.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import nl.ketendata.server.failure.Code;

/** What an entry may be called. No name becomes a path, yet one that could is refused. */
final class EntryName {
  private static final int LONGEST = 200;
  private static final Set<String> ARCHIVES =
      Set.of("zip", "jar", "gz", "tgz", "7z", "rar", "tar", "bz2", "xz", "zst", "cab", "iso");

  private EntryName() {}

  /**
   * Names are UTF-8 when they say so; otherwise those of older programs are in code page 437.
   * Either way it is shown only: the names of our files are ASCII.
   *
   * @param utf8 whether the archive says that it is
   */
  static String decode(byte[] bytes, boolean utf8, ZipRefusals refuse) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      String shown = new String(bytes, StandardCharsets.ISO_8859_1);
      if (utf8 || !Charset.isSupported("IBM437")) {
        throw refuse.entry(Code.HOSTILE_ENTRY, shown);
      }
      return new String(bytes, Charset.forName("IBM437"));
    }
  }

  /**
   * The part that counts: of a file in the root or in one folder.
   *
   * @throws nl.ketendata.server.failure.Failure KD103 for a name that is a trick, KD115 for one of
   *     an archive
   */
  static String base(String name, ZipRefusals refuse) {
    boolean folder = name.endsWith("/");
    String inside = folder ? name.substring(0, name.length() - 1) : name;
    List<String> parts = Arrays.asList(inside.split("/", -1));
    boolean fits = parts.size() <= (folder ? 1 : 2) && name.length() <= LONGEST;
    if (!fits || !parts.stream().allMatch(EntryName::isPlain)) {
      throw refuse.entry(Code.HOSTILE_ENTRY, name);
    }
    String base = parts.get(parts.size() - 1);
    if (!folder && ARCHIVES.contains(extension(base))) {
      throw refuse.entry(Code.NESTED_ARCHIVE, name);
    }
    return base;
  }

  private static boolean isPlain(String part) {
    return !part.isBlank()
        && !part.equals(".")
        && !part.equals("..")
        && part.codePoints().noneMatch(EntryName::isTrick);
  }

  /** Separators, drive letters and streams of Windows; what a terminal does not show as it is. */
  private static boolean isTrick(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> character == '\\' || character == ':';
    };
  }

  /** Equal for names that a person, or a disk that does not mind case, would take for one. */
  static String likeness(String base) {
    return Normalizer.normalize(base, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
  }

  private static String extension(String base) {
    return base.substring(base.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
