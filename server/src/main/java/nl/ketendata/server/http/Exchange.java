package nl.ketendata.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.policy.Caller;

/** One request and its answer, free of any web server's own types. */
public interface Exchange {

  /** {@code GET}, {@code POST}, … */
  String method();

  /** The path as sent, still percent-encoded, beginning with a slash. */
  String rawPath();

  /** The query as sent, still percent-encoded, without the question mark. */
  Optional<String> rawQuery();

  /** A header's value; several lines of one name are joined with a comma. */
  Optional<String> header(String name);

  /** Where the client is; behind a trusted proxy, as that says. */
  default String address() {
    return "";
  }

  /** The language that the client prefers of Dutch and English; Dutch unless it says otherwise. */
  Locale language();

  /** Scheme, host and port that clients use, without a slash at the end. */
  String baseUrl();

  /** Who asks. Before sign-in (in {@link Head#refuse}) this may be nobody. */
  Caller caller();

  /** Whether the caller has a session with this browser, which can be ended. */
  default boolean inSession() {
    return false;
  }

  InputStream body();

  /** Whether the answer has begun, so that its status can no longer change. */
  boolean committed();

  /**
   * Begins the answer. Closing the stream completes it, and its end is sent when the head has
   * returned: an exception thrown out of {@link Head#handle} before that cuts the connection, so
   * that the client cannot take half an answer for a whole one. As long as nothing was sent, the
   * exception becomes a refusal instead. For {@code HEAD} what is written is dropped.
   *
   * <p>Text is packed when the client takes that, and a strong {@code ETag} then becomes a weak
   * one: compare {@code If-None-Match} weakly.
   */
  OutputStream respond(int status, Map<String, String> headers) throws IOException;

  /**
   * Gives the answer that an earlier request with this key got, when that was kept. Otherwise the
   * answer that follows is kept under the key, if it is a good one and is given to its end.
   *
   * @return whether the answer is complete
   */
  default boolean replay(AnswerKey key) throws IOException {
    return false;
  }

  /** Answers with a body that is there already. */
  default void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
    try (OutputStream out = respond(status, headers)) {
      out.write(body);
    }
  }
}
