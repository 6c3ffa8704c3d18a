package nl.ketendata.server.failure;

import java.security.SecureRandom;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Something that went wrong and that the caller is told of: a code with the thing that it is about,
 * the value found and the values allowed. Every head renders the same failure.
 *
 * <p>
 *
 * {@snippet :
 * throw Failure.of(Code.UNKNOWN_COLUMN, "JW301", "Dagteekening").meaning("Dagtekening");
 * }
 */
public final class Failure extends RuntimeException {
  /** The language of people who have not said what they speak. */
  public static final Locale DUTCH = Locale.forLanguageTag("nl");

  private final Code code;
  private final transient Object[] arguments;
  private final String suggestion;
  private final String target;

  private Failure(
      Code code, Throwable cause, String suggestion, String target, Object... arguments) {
    super(text(code, DUTCH, suggestion, arguments), cause);
    this.code = code;
    this.arguments = arguments;
    this.suggestion = suggestion;
    this.target = target;
  }

  /**
   * @param arguments what the code's text names, in the order of {@code failures_nl.properties}:
   *     the thing, the value found, the values allowed
   */
  public static Failure of(Code code, Object... arguments) {
    return new Failure(code, null, "", "", arguments);
  }

  /**
   * A fault of ours. The caller gets a random reference; the log gets the cause with the same
   * reference.
   */
  public static Failure internal(Throwable cause) {
    return of(Code.INTERNAL, Long.toString(new SecureRandom().nextLong(36L << 50), 36))
        .causedBy(cause);
  }

  /** The same failure with the exception that led to it, for the log only. */
  public Failure causedBy(Throwable cause) {
    return new Failure(code, cause, suggestion, target, arguments);
  }

  /** The same failure with the name that was probably meant. */
  public Failure meaning(String name) {
    return new Failure(code, getCause(), name, target, arguments);
  }

  /** The same failure with the part of the request that is meant. */
  public Failure about(String part) {
    return new Failure(code, getCause(), suggestion, part, arguments);
  }

  /** The same failure, about this part of the request when it names none nearer. */
  public Failure within(String part) {
    return target().isPresent() ? this : about(part);
  }

  public Code code() {
    return code;
  }

  /** The name that was probably meant. */
  public Optional<String> suggestion() {
    return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
  }

  /** The part of a request that is meant, such as {@code $filter}. */
  public Optional<String> target() {
    if (!target.isEmpty()) {
      return Optional.of(target);
    }
    return arguments.length > 0
            && arguments[0] instanceof String text
            && (text.startsWith("$") || text.startsWith("@"))
        ? Optional.of(text)
        : Optional.empty();
  }

  /** What went wrong, for a person, in Dutch or English. */
  public String message(Locale locale) {
    return text(code, locale, suggestion, arguments);
  }

  private static String text(Code code, Locale locale, String suggestion, Object... arguments) {
    boolean english = locale.getLanguage().equals("en");
    ResourceBundle texts =
        ResourceBundle.getBundle(
            "nl.ketendata.server.failure.failures",
            english ? Locale.ENGLISH : DUTCH,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Object[] said =
        Arrays.stream(arguments)
            .map(each -> each instanceof Words words && english ? words.english() : each)
            .map(each -> each instanceof Number number ? number.toString() : each)
            .toArray();
    String text = new MessageFormat(texts.getString(code.id()), Locale.ROOT).format(said);
    if (suggestion.isEmpty()) {
      return text;
    }
    return text
        + " "
        + new MessageFormat(texts.getString("hint")).format(new Object[] {suggestion});
  }
}
