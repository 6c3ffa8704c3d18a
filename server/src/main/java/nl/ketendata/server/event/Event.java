package nl.ketendata.server.event;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that happened. A new kind of event is a new record here, so that every listener must
 * say what it does with it.
 */
public sealed interface Event {

  /** What is logged besides the event's name. */
  Fields fields();

  /** The exception behind it, for the log only. */
  default Optional<Throwable> cause() {
    return Optional.empty();
  }

  /** The name in the log: that of the record. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The server answers.
   *
   * @param url where
   * @param adminPort port of {@code /live}, {@code /ready} and {@code /metrics}
   * @param took from the start of the program
   */
  record ServerStarted(String url, int adminPort, Duration took) implements Event {
    @Override
    public Fields fields() {
      return Fields.of("url", url).and("adminPort", adminPort).and("millis", took.toMillis());
    }
  }

  /**
   * The server answers no more.
   *
   * @param uptime how long it did
   */
  record ServerStopped(Duration uptime) implements Event {
    @Override
    public Fields fields() {
      return Fields.of("seconds", uptime.toSeconds());
    }
  }

  /**
   * A request was answered, or cut off halfway.
   *
   * @param head first segment of its path; {@code portal} for the root
   * @param status the status sent
   * @param took from arrival to the last byte
   * @param bytes sent as body, after compression
   * @param ending {@link #WHOLE}; when the connection was cut before the end of the answer, {@link
   *     #GONE} or the code of the failure
   */
  record RequestDone(String head, int status, Duration took, long bytes, String ending)
      implements Event {
    /** The client got all of it. */
    public static final String WHOLE = "whole";

    /** The client closed the connection. */
    public static final String GONE = "gone";

    @Override
    public Fields fields() {
      return Fields.of("head", head)
          .and("status", status)
          .and("millis", took.toMillis())
          .and("bytes", bytes)
          .and("ending", ending);
    }
  }

  /**
   * Somebody could not sign in.
   *
   * @param head where
   * @param reason why
   */
  record SignInRefused(String head, Reason reason) implements Event {
    /** Why a sign-in is refused. */
    public enum Reason {
      /** Unknown user, wrong password, or a token that is unknown or expired. */
      WRONG,
      /** Too many failures before; nothing was checked. */
      THROTTLED
    }

    @Override
    public Fields fields() {
      return Fields.of("head", head).and("reason", reason);
    }
  }

  /**
   * A fault of ours; the user got only the reference.
   *
   * @param reference the random text that joins the answer to this line
   * @param head where it came out
   * @param failure what it was
   */
  record FaultFound(String reference, String head, Throwable failure) implements Event {
    @Override
    public Fields fields() {
      return Fields.of("reference", reference).and("head", head);
    }

    @Override
    public Optional<Throwable> cause() {
      return Optional.of(failure);
    }
  }

  /**
   * A question was answered to its end, or its reader stopped.
   *
   * @param kind {@code rows}, {@code count} or {@code sql}
   * @param rows read by the head
   * @param took how long the engine worked; not the time that the client took to read
   */
  record QuestionAnswered(String kind, long rows, Duration took) implements Event {
    @Override
    public Fields fields() {
      return Fields.of("kind", kind).and("rows", rows).and("millis", took.toMillis());
    }
  }

  /**
   * A delivery became visible.
   *
   * @param gemeente such as {@code GM9030}
   * @param product such as {@code ijw}
   * @param delivery name of the ZIP
   * @param rows what became of its rows
   * @param took from ZIP in hand to published
   * @param by who handed it in
   * @param road how: {@code opdracht}, {@code http} or {@code inbox}
   */
  record DeliveryPublished(
      String gemeente,
      String product,
      String delivery,
      RowCounts rows,
      Duration took,
      String by,
      String road)
      implements Event {
    @Override
    public Fields fields() {
      return Fields.of("gemeente", gemeente)
          .and("product", product)
          .and("delivery", delivery)
          .and("read", rows.read())
          .and("added", rows.added())
          .and("known", rows.known())
          .and("refused", rows.refused())
          .and("millis", took.toMillis())
          .and("by", by)
          .and("road", road);
    }
  }

  /** A delivery was handed in that had been published before; nothing changed. */
  record DeliveryKnown(String gemeente, String product, String delivery, String by, String road)
      implements Event {
    @Override
    public Fields fields() {
      return Fields.of("gemeente", gemeente)
          .and("product", product)
          .and("delivery", delivery)
          .and("by", by)
          .and("road", road);
    }
  }

  /**
   * A delivery is under way, for those that take long.
   *
   * @param step what is being done: a file's name
   * @param bytes handled so far
   * @param total to be handled; 0 when nobody knows
   * @param rows read so far
   * @param rate bytes a second
   * @param secondsLeft at this rate
   */
  record DeliveryProgress(
      String gemeente,
      String product,
      String delivery,
      String step,
      long bytes,
      long total,
      long rows,
      long rate,
      long secondsLeft)
      implements Event {
    @Override
    public Fields fields() {
      return Fields.of("gemeente", gemeente)
          .and("product", product)
          .and("delivery", delivery)
          .and("step", step)
          .and("bytes", bytes)
          .and("total", total)
          .and("rows", rows)
          .and("bytesPerSecond", rate)
          .and("secondsLeft", secondsLeft);
    }
  }

  /**
   * A delivery was refused whole.
   *
   * @param product a dash when neither the name nor who handed it in told
   * @param code the failure's code, such as {@code KD108}
   * @param by who handed it in
   * @param road how: {@code opdracht}, {@code http} or {@code inbox}
   */
  record DeliveryRefused(
      String gemeente, String product, String delivery, String code, String by, String road)
      implements Event {
    @Override
    public Fields fields() {
      return Fields.of("gemeente", gemeente)
          .and("product", product)
          .and("delivery", delivery)
          .and("code", code)
          .and("by", by)
          .and("road", road);
    }
  }

  /** What became of the rows of a delivery. */
  record RowCounts(long read, long added, long known, long refused) {}
}
