package nl.ketendata.server.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers over kept connections, as fast as they come, and throws them away. */
final class Web {
  private static final Pattern NEXT = Pattern.compile("\"@odata.nextLink\":\"([^\"]+)\"}$");
  private static final int TAIL = 4_096;

  private Web() {}

  /**
   * One answer.
   *
   * @param firstByte seconds until the first byte of the body
   * @param seconds until the last one
   * @param bytes of the body
   * @param objects opening braces, less the outer one: the rows when none has rows inside
   * @param tail its last bytes
   */
  record Got(double firstByte, double seconds, long bytes, long objects, String tail) {
    Optional<String> next() {
      Matcher matcher = NEXT.matcher(tail);
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
  }

  /**
   * All pages of a set.
   *
   * @param firstByte the longest wait for a first byte, in seconds
   */
  record Walk(double firstByte, double seconds, long bytes, long rows) {}

  /** A short answer, whole. */
  static String text(String url) throws IOException {
    try (InputStream in = connect(url).getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static int status(String url) {
    try {
      return connect(url).getResponseCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  static Walk walk(String url, boolean count) throws IOException {
    long started = System.nanoTime();
    double firstByte = 0;
    long bytes = 0;
    long rows = 0;
    for (Optional<String> page = Optional.of(url); page.isPresent(); ) {
      Got got = get(page.get(), count);
      firstByte = Math.max(firstByte, got.firstByte);
      bytes += got.bytes;
      rows += got.objects;
      page = got.next();
    }
    return new Walk(firstByte, Rounds.since(started), bytes, rows);
  }

  static Got get(String url, boolean count) throws IOException {
    return get(url, count, "identity");
  }

  /**
   * @param coding that the body may be packed in; what is packed is not looked into
   */
  static Got get(String url, boolean count, String coding) throws IOException {
    long started = System.nanoTime();
    HttpURLConnection connection = connect(url);
    connection.setRequestProperty("Accept-Encoding", coding);
    return read(connection, started, count);
  }

  /** What {@code POST /sql} answers to a text. */
  static Got post(String url, String sql) throws IOException {
    long started = System.nanoTime();
    HttpURLConnection connection = connect(url);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/sql");
    try (OutputStream out = connection.getOutputStream()) {
      out.write(sql.getBytes(StandardCharsets.UTF_8));
    }
    return read(connection, started, false);
  }

  private static Got read(HttpURLConnection connection, long started, boolean count)
      throws IOException {
    byte[] buffer = new byte[128 * 1024];
    byte[] tail = new byte[TAIL];
    int kept = 0;
    long bytes = 0;
    long objects = -1;
    double firstByte = 0;
    try (InputStream in = connection.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        firstByte = bytes == 0 ? Rounds.since(started) : firstByte;
        bytes += n;
        objects += count ? braces(buffer, n) : 0;
        kept = keep(tail, kept, buffer, n);
      }
    }
    String text = new String(tail, 0, kept, StandardCharsets.UTF_8);
    return new Got(firstByte, Rounds.since(started), bytes, objects, text);
  }

  private static HttpURLConnection connect(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Accept", "application/json");
    connection.setReadTimeout(120_000);
    return connection;
  }

  private static int keep(byte[] tail, int kept, byte[] read, int n) {
    if (n >= tail.length) {
      System.arraycopy(read, n - tail.length, tail, 0, tail.length);
      return tail.length;
    }
    int old = Math.min(kept, tail.length - n);
    System.arraycopy(tail, kept - old, tail, 0, old);
    System.arraycopy(read, 0, tail, old, n);
    return old + n;
  }

  private static int braces(byte[] read, int n) {
    int found = 0;
    for (int i = 0; i < n; i++) {
      found += read[i] == '{' ? 1 : 0;
    }
    return found;
  }
}
