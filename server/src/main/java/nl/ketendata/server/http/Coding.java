package nl.ketendata.server.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The ways in which a body can be packed, the one that we like best first. */
enum Coding {
  ZSTD,
  GZIP,
  IDENTITY;

  /** The name in {@code Content-Encoding}. */
  String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The coding that the client likes best; of those that it likes equally the first of ours. */
  static Coding accepted(HttpFields headers) {
    Map<String, Double> liked = new HashMap<>();
    for (String line : headers.getValuesList(HttpHeader.ACCEPT_ENCODING)) {
      for (String item : line.split(",")) {
        String[] parts = item.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
        liked.merge(parts[0], parts.length == 1 ? 1 : weight(parts[1]), Math::max);
      }
    }
    double unnamed = liked.getOrDefault("*", 0.0);
    Coding best = IDENTITY;
    // Who says nothing about the plain form takes it, but would rather have what it names.
    double most = liked.getOrDefault("identity", 0.0);
    for (Coding coding : new Coding[] {GZIP, ZSTD}) {
      double weight = liked.getOrDefault(coding.token(), unnamed);
      if (weight > 0 && weight >= most) {
        best = coding;
        most = weight;
      }
    }
    return best;
  }

  private static double weight(String parameter) {
    return parameter.matches("q=[01](\\.[0-9]{0,3})?")
        ? Double.parseDouble(parameter.substring(2))
        : 1;
  }

  /** Whether an answer with these headers shrinks: text, and not yet packed. */
  static boolean isWorthwhile(HttpFields headers) {
    HttpField type = headers.getField(HttpHeader.CONTENT_TYPE);
    if (type == null || headers.contains(HttpHeader.CONTENT_ENCODING)) {
      return false;
    }
    String media = type.getValue().toLowerCase(Locale.ROOT);
    return media.startsWith("text/")
        || media.startsWith("application/json")
        || media.startsWith("application/xml")
        || media.startsWith("application/vnd.apache.arrow")
        || media.startsWith("multipart/mixed");
  }

  /** Begins to pack what is written, for this coding. */
  Packed onto(ResponseStream out, Packers packers) throws IOException {
    return this == ZSTD ? new FastZstd(out) : new FastGzip(out, packers);
  }
}
