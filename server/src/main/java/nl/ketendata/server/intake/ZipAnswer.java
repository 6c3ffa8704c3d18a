package nl.ketendata.server.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.store.LedgerEntry;

/** A kept ZIP as it was handed in, whole or one part of it (RFC 9110, section 14). */
final class ZipAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
  private static final int BUFFER = 1 << 16;

  private ZipAnswer() {}

  static void write(Exchange exchange, LedgerEntry entry, Path zip) throws IOException {
    String tag = "\"" + entry.sha256() + "\"";
    Map<String, String> headers = headers(entry, tag);
    if (exchange.header("If-None-Match").orElse("").contains(tag)) {
      exchange.respond(304, headers, new byte[0]);
      return;
    }
    try (FileChannel channel = FileChannel.open(zip)) {
      long size = channel.size();
      Optional<Part> part = part(exchange, tag, size);
      Part whole = new Part(0, size);
      part.ifPresent(some -> headers.put("Content-Range", some.of(size)));
      headers.put("Content-Length", Long.toString(part.orElse(whole).length()));
      headers.put("Content-Type", "application/zip");
      try (OutputStream out = exchange.respond(part.isPresent() ? 206 : 200, headers)) {
        if (!exchange.method().equals("HEAD")) {
          copy(channel, part.orElse(whole), out);
        }
      }
    }
  }

  private static Map<String, String> headers(LedgerEntry entry, String tag) {
    String name = URLEncoder.encode(entry.name(), StandardCharsets.UTF_8).replace("+", "%20");
    Map<String, String> headers = new TreeMap<>();
    headers.put("ETag", tag);
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "private, no-cache");
    headers.put("Content-Disposition", "attachment; filename*=UTF-8''" + name);
    return headers;
  }

  /** What is asked for; nothing for the whole, as when another file is asked to be continued. */
  private static Optional<Part> part(Exchange exchange, String tag, long size) {
    Matcher range = RANGE.matcher(exchange.header("Range").orElse(""));
    boolean same = exchange.header("If-Range").map(tag::equals).orElse(true);
    if (!same || !range.matches() || range.group().equals("bytes=-")) {
      return Optional.empty();
    }
    boolean tail = range.group(1).isEmpty();
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    long from = tail ? Math.max(0, size - last) : Long.parseLong(range.group(1));
    long to = tail ? size : Math.min(size, last + 1);
    if (from >= to) {
      throw Failure.of(Code.RANGE, range.group(), Long.toString(size));
    }
    return Optional.of(new Part(from, to));
  }

  private static void copy(FileChannel channel, Part part, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long at = part.from;
    while (at < part.to) {
      buffer.clear().limit((int) Math.min(BUFFER, part.to - at));
      int n = channel.read(buffer, at);
      if (n < 0) {
        throw new IOException("The ZIP became shorter");
      }
      out.write(buffer.array(), 0, n);
      at += n;
    }
  }

  /**
   * @param from first byte
   * @param to first byte behind it
   */
  private record Part(long from, long to) {
    private long length() {
      return to - from;
    }

    private String of(long size) {
      return "bytes " + from + "-" + (to - 1) + "/" + size;
    }
  }
}
