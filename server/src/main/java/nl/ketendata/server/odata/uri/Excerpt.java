package nl.ketendata.server.odata.uri;

/** Text of a request as a message may repeat it: not longer than a person reads. */
public final class Excerpt {
  private static final int LENGTH = 40;

  private Excerpt() {}

  public static String of(String text) {
    return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
  }
}
