package nl.ketendata.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.settings.Settings;

/**
 * Sees whether the server starts with other settings than the last time. Only a hash is kept and
 * written down: settings may name files with secrets.
 */
final class SettingsMark {
  private final Path file;

  /**
   * @param data the data folder
   */
  SettingsMark(Path data) {
    this.file = data.resolve("audit").resolve("instellingen.sha256");
  }

  /** Has a change written down; the first time is one. */
  void compare(Settings settings, Auditor auditor) throws IOException {
    String now = hash(settings.toString());
    String before = Files.exists(file) ? Files.readString(file) : "";
    if (now.equals(before)) {
      return;
    }
    auditor.record(Entry.here(Act.INSTELLINGEN_GEWIJZIGD, "", "sha256 " + now));
    Files.createDirectories(file.getParent());
    Files.writeString(file, now);
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
