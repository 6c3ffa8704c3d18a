package nl.ketendata.server.odata;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Up to where a client has followed the changes of a question. Not secret and not trusted.
 *
 * @param version the version that it has seen whole
 * @param question fingerprint of the question
 */
record DeltaToken(String version, String question) {
  static final String OPTION = "$deltatoken";

  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9-]+)\\.(\\w+)");

  String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((version + "." + question).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param question fingerprint of the question that the token came with
   * @throws Failure KD509 when it is not ours, or another question's
   */
  static DeltaToken decode(String token, String question) {
    Matcher text = TEXT.matcher(PageToken.plain(token));
    if (!text.matches() || !text.group(2).equals(question)) {
      throw Failure.of(Code.PAGE_TOKEN, PageToken.shortened(token)).about(OPTION);
    }
    return new DeltaToken(text.group(1), question);
  }
}
