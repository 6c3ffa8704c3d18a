package nl.ketendata.server.odata.batch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.http.Exchange;

/** A batch as MIME (OData 4.01 Protocol, 11.7.7): requests and answers as HTTP/1.1 writes them. */
final class MultipartForm implements Form {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i).*;\\s*boundary\\s*=\\s*(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
  private static final Pattern REQUEST =
      Pattern.compile("([A-Za-z]{1,20}) +(\\S.*?)(?: +HTTP/[0-9.]+)? *");

  private final String type;
  private final String answerBoundary;

  /**
   * @param type the content type, which names the boundary
   * @param answerBoundary that of the answer; it must not occur in any data
   */
  MultipartForm(String type, String answerBoundary) {
    this.type = type;
    this.answerBoundary = answerBoundary;
  }

  @Override
  public List<Part> read(byte[] body) {
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.matches()) {
      throw Failure.of(Code.BATCH_FORM, "Content-Type", type, "boundary=…");
    }
    String mark = "--" + Optional.ofNullable(boundary.group(1)).orElse(boundary.group(2));
    List<String> lines = new String(body, StandardCharsets.UTF_8).lines().toList();
    List<Part> parts = new ArrayList<>();
    int from = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      boolean end = line.equals(mark + "--");
      if (!end && !line.equals(mark)) {
        continue;
      }
      if (from >= 0) {
        parts.add(part(lines.subList(from, i), parts.size() + 1));
      }
      if (end) {
        return parts;
      }
      from = i + 1;
    }
    throw Failure.of(Code.BATCH_FORM, "$batch", "…", mark + "--");
  }

  private static Part part(List<String> lines, int number) {
    Map<String, String> mime = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int at = headers(lines, 0, mime, number);
    String media = mime.getOrDefault("Content-Type", "").toLowerCase(Locale.ROOT);
    Optional<String> id = Optional.ofNullable(mime.get("Content-ID"));
    if (media.startsWith("multipart/mixed")) {
      return new Part(
          id, "POST", "", Map.of(), List.of(), Optional.empty(), Optional.empty(), true);
    }
    if (!media.startsWith("application/http")) {
      throw Failure.of(Code.BATCH_FORM, part(number), media, "application/http");
    }
    while (at < lines.size() && lines.get(at).isBlank()) {
      at++;
    }
    String first = at < lines.size() ? lines.get(at) : "";
    Matcher request = REQUEST.matcher(first);
    if (!request.matches()) {
      throw Failure.of(Code.BATCH_FORM, part(number), first, "GET … HTTP/1.1");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers(lines, at + 1, headers, number);
    return new Part(
        id,
        request.group(1).toUpperCase(Locale.ROOT),
        // Some clients leave the spaces of a filter as they are.
        request.group(2).replace(" ", "%20"),
        headers,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Reads headers up to an empty line; where they end. */
  private static int headers(List<String> lines, int from, Map<String, String> to, int number) {
    int at = from;
    for (; at < lines.size() && !lines.get(at).isBlank(); at++) {
      int colon = lines.get(at).indexOf(':');
      if (colon < 1) {
        throw Failure.of(Code.BATCH_FORM, part(number), lines.get(at), "Name: value");
      }
      to.put(lines.get(at).substring(0, colon).strip(), lines.get(at).substring(colon + 1).strip());
    }
    return at + 1;
  }

  @Override
  public boolean goesOn() {
    return false;
  }

  @Override
  public Answers begin(Exchange exchange, Optional<String> applied) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("OData-Version", "4.0");
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Type", "multipart/mixed;boundary=" + answerBoundary);
    applied.ifPresent(wish -> headers.put("Preference-Applied", wish));
    return new Multipart(exchange.respond(200, headers));
  }

  private final class Multipart implements Answers {
    private final OutputStream out;

    Multipart(OutputStream out) {
      this.out = out;
    }

    @Override
    public OutputStream part(Part part, int status, Map<String, String> headers)
        throws IOException {
      StringBuilder text = new StringBuilder("--" + answerBoundary + "\r\n");
      text.append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
      part.id().ifPresent(id -> text.append("Content-ID: ").append(id).append("\r\n"));
      text.append("\r\nHTTP/1.1 ").append(status).append(' ').append(Reason.of(status));
      text.append("\r\n");
      headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
      write(text.append("\r\n").toString());
      return new Inner();
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() throws IOException {
      write("--" + answerBoundary + "--\r\n");
      out.close();
    }

    private final class Inner extends FilterOutputStream {
      Inner() {
        super(Multipart.this.out);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        Multipart.this.write("\r\n");
      }
    }
  }

  private static Words part(int number) {
    return new Words("deel " + number, "part " + number);
  }
}
