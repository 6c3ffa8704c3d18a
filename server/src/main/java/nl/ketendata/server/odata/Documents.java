package nl.ketendata.server.odata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.odata.edm.Metadata;
import nl.ketendata.server.odata.edm.Vocabulary;
import nl.ketendata.server.odata.json.JsonOut;
import nl.ketendata.server.odata.json.Style;
import nl.ketendata.server.odata.uri.QueryOptions;

/** Answers with what describes the feed: service document, metadata, vocabularies. */
final class Documents {
  private static final List<String> METADATA = List.of("$metadata");
  private static final Set<String> ALLOWED = Set.of("$format", "$schemaversion");
  private static final String VOCABULARIES = "vocabularies";

  private final Exchange exchange;
  private final String root;
  private final QueryOptions options;
  private final Negotiation negotiation;

  Documents(Exchange exchange, String root, QueryOptions options, Negotiation negotiation) {
    this.exchange = exchange;
    this.root = root;
    this.options = options;
    this.negotiation = negotiation;
    for (String name : options.system().keySet()) {
      if (!ALLOWED.contains(name)) {
        throw Failure.of(Code.OPTION_PLACE, name, root);
      }
    }
  }

  /** Whether a path below the root names one of the documents. */
  static boolean named(List<String> segments) {
    return segments.isEmpty()
        || segments.equals(METADATA)
        || segments.size() == 2 && segments.get(0).equals(VOCABULARIES);
  }

  void answer(List<String> segments, Feed feed) throws IOException {
    if (segments.isEmpty()) {
      service(feed);
    } else if (segments.equals(METADATA)) {
      metadata(feed);
    } else {
      vocabulary(segments.get(1));
    }
  }

  private void service(Feed feed) throws IOException {
    JsonFormat format = negotiation.json();
    Reply reply = new Reply(exchange);
    if (reply.tagged(
        tag((root + feed.model().names() + format).getBytes(StandardCharsets.UTF_8)))) {
      return;
    }
    JsonOut out = reply.stream(format.contentType());
    out.raw("{");
    if (format.metadata() != Style.Metadata.NONE) {
      out.raw("\"@odata.context\":");
      out.string(new ContextUrl(root).service());
      out.raw(",");
    }
    out.raw("\"value\":[");
    String comma = "";
    for (String name : feed.model().names()) {
      out.raw(
          comma + "{\"name\":\"" + name + "\",\"kind\":\"EntitySet\",\"url\":\"" + name + "\"}");
      comma = ",";
    }
    out.raw("]}");
    out.finish();
  }

  private void metadata(Feed feed) throws IOException {
    boolean json = negotiation.metadataAsJson();
    boolean annotated = !options.custom("annotations").equals(Optional.of("none"));
    byte[] document = feed.metadata().document(new Metadata.Form(json, annotated), root);
    Reply reply = new Reply(exchange);
    if (!reply.tagged(tag(document))) {
      reply.body(json ? "application/json" : "application/xml", document);
    }
  }

  private void vocabulary(String name) throws IOException {
    byte[] document =
        Vocabulary.document(name).orElseThrow(() -> Failure.of(Code.UNKNOWN_RESOURCE, name));
    Reply reply = new Reply(exchange);
    if (!reply.tagged(tag(document))) {
      reply.body("application/xml", document);
    }
  }

  private static String tag(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return Long.toHexString(crc.getValue());
  }
}
