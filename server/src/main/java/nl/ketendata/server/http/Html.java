package nl.ketendata.server.http;

/** HTML as it grows. Text is escaped; only markup written by our own pages is not. */
public final class Html {
  private final StringBuilder page = new StringBuilder();

  /** Markup, as it is. */
  public Html raw(String markup) {
    page.append(markup);
    return this;
  }

  /** Text between tags or in a quoted attribute. */
  public Html text(String text) {
    page.append(escape(text));
    return this;
  }

  /** An element with text in it; what is opened may carry attributes: {@code p class="x"}. */
  public Html element(String opening, String text) {
    String name = opening.split(" ", 2)[0];
    page.append('<').append(opening).append('>').append(escape(text));
    page.append("</").append(name).append(">\n");
    return this;
  }

  public Html link(String address, String text) {
    return raw("<a href=\"").text(address).raw("\">").text(text).raw("</a>\n");
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
