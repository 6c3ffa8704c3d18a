package nl.ketendata.server.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.ketendata.schema.Product;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.Report;
import nl.ketendata.server.policy.Gemeente;

/** What becomes of one file of the inbox. */
final class Taking {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Set<Code> BSNS =
      EnumSet.of(Code.PLAIN_BSN, Code.BSN_ELSEWHERE, Code.BSN_IN_UNKNOWN_FILE);

  private final Intake intake;
  private final Board board;
  private final Events events;
  private final Supplier<List<Gemeente>> gemeenten;
  private final Quarantine quarantine;

  Taking(
      Intake intake,
      Board board,
      Events events,
      Supplier<List<Gemeente>> gemeenten,
      Quarantine quarantine) {
    this.intake = intake;
    this.board = board;
    this.events = events;
    this.gemeenten = gemeenten;
    this.quarantine = quarantine;
  }

  /**
   * Takes a file in, and takes it out of the inbox. When it is us who fail, it stays for a later
   * time.
   *
   * @param later told how long to leave the file alone
   */
  void take(Gemeente gemeente, Product product, Path file, Consumer<Duration> later) {
    UnderWay underWay = board.begin(gemeente, product, file.getFileName().toString());
    IngestOrder order =
        new IngestOrder(file, gemeente, Optional.of(product), Optional.empty(), false, owner(file));
    try {
      FileTime read = Files.getLastModifiedTime(file);
      Report report = takeIfKnown(order, underWay);
      underWay.ended(report);
      remove(file, read);
    } catch (NoSuchFileException gone) {
      underWay.ended(Failure.of(Code.NO_SUCH_FILE, file.getFileName()));
    } catch (Failure failure) {
      underWay.ended(failure);
      if (failure.code().kind() == Kind.USER) {
        refuse(order, failure, later);
      } else {
        complain(failure, later);
      }
    } catch (IOException | RuntimeException | Error e) {
      underWay.ended(Failure.internal(e));
      complain(e, later);
    }
  }

  /** A folder alone makes no gemeente: its name may be a slip of the pen. */
  private Report takeIfKnown(IngestOrder order, UnderWay underWay) {
    if (!gemeenten.get().contains(order.gemeente())) {
      throw intake.refused(
          order, Road.INBOX, Failure.of(Code.UNKNOWN_ORGANISATION, order.gemeente().id()));
    }
    return intake.take(order, Road.INBOX, underWay);
  }

  /** Not what somebody put in its place while it was being read. */
  private static void remove(Path file, FileTime read) throws IOException {
    if (Files.getLastModifiedTime(file).equals(read)) {
      Files.delete(file);
    }
  }

  private void refuse(IngestOrder order, Failure failure, Consumer<Duration> later) {
    if (!Files.exists(order.file())) {
      return;
    }
    try {
      quarantine.put(order.file(), intake.toJson(order, failure), BSNS.contains(failure.code()));
    } catch (IOException e) {
      complain(e, later);
    }
  }

  private void complain(Throwable thrown, Consumer<Duration> later) {
    events.emit(new Event.FaultFound("", "inbox", thrown));
    later.accept(PAUSE);
  }

  /** Whoever put it there, as far as the drive tells. */
  private static String owner(Path file) {
    try {
      return Files.getOwner(file).getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "inbox";
    }
  }
}
