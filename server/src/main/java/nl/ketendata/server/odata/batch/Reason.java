package nl.ketendata.server.odata.batch;

import java.util.Map;

/** The words behind a status; every client ignores them, but some want them there. */
final class Reason {
  private static final Map<Integer, String> WORDS =
      Map.of(
          200, "OK",
          204, "No Content",
          304, "Not Modified",
          400, "Bad Request",
          404, "Not Found",
          405, "Method Not Allowed",
          406, "Not Acceptable",
          410, "Gone",
          424, "Failed Dependency",
          501, "Not Implemented");

  private Reason() {}

  static String of(int status) {
    return WORDS.getOrDefault(status, status < 500 ? "Refused" : "Failed");
  }
}
