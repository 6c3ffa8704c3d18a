package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * Holds the ledger against the rows and against the deliveries that were kept. Only looks; works
 * beside a running server.
 */
public final class StoreCheck {
  private final VersionFiles files;
  private final Catalogue catalogue;

  public StoreCheck(Path data, Catalogue catalogue) {
    this.files = new VersionFiles(data);
    this.catalogue = catalogue;
  }

  /**
   * What was found.
   *
   * @param verdict {@code goed}, {@code let op} or {@code fout}
   * @param thing of whom and what, such as {@code GM9030 ijw}
   * @param what in Dutch, with what to do
   */
  public record Line(String verdict, String thing, String what) {}

  /** Looks at every gemeente. */
  public List<Line> run() {
    List<Line> lines = new ArrayList<>();
    for (Gemeente gemeente : files.gemeenten()) {
      for (Product product : Product.values()) {
        OptionalLong current = files.current(gemeente, product);
        Look look = new Look(gemeente, product, current.orElse(0));
        lines.addAll(current.isPresent() ? look.run() : look.withoutVersion());
      }
    }
    return lines;
  }

  /** One version. */
  private final class Look {
    private final String thing;
    private final Gemeente gemeente;
    private final Product product;
    private final long version;
    private final List<Line> lines = new ArrayList<>();

    Look(Gemeente gemeente, Product product, long version) {
      this.gemeente = gemeente;
      this.product = product;
      this.version = version;
      this.thing = gemeente.id() + " " + product.id();
    }

    List<Line> run() {
      try (VersionReading reading = VersionReading.open(files.file(gemeente, product, version))) {
        Layout.check(reading.format(), gemeente);
        Ledger ledger = reading.ledger();
        chain(ledger);
        long rows = rows(reading);
        kept(ledger);
        if (lines.isEmpty()) {
          say(
              "goed",
              "versie %d, %d leveringen, %d rijen"
                  .formatted(version, ledger.entries().size(), rows));
        }
      } catch (SQLException | IOException e) {
        say("fout", "versie " + version + " is niet te lezen. " + advice());
      } catch (Failure failure) {
        say("fout", failure.code().id() + " " + failure.getMessage());
      }
      return lines;
    }

    /** A product of which nothing was ever taken in is nothing to speak of. */
    List<Line> withoutVersion() {
      try {
        lost(deliveries(), 0);
      } catch (IOException e) {
        say("fout", "de map met leveringen is niet te lezen");
      }
      return lines;
    }

    private KeptDeliveries deliveries() {
      return new KeptDeliveries(files.folder(gemeente, product), new Disk(Steps.NONE));
    }

    private void lost(KeptDeliveries kept, long last) throws IOException {
      OptionalLong lost = kept.lostAfter(last);
      if (lost.isPresent()) {
        say(
            "fout",
            "levering %d is verwerkt, maar het bestand met die versie is er niet. %s"
                .formatted(lost.getAsLong(), advice()));
      }
    }

    private void chain(Ledger ledger) {
      long number = 0;
      LedgerEntry before = null;
      for (LedgerEntry entry : ledger.entries()) {
        if (entry.number() != ++number) {
          say("fout", "levering " + number + " ontbreekt in de administratie. " + advice());
          return;
        }
        if (before != null && !entry.loadedAt().isAfter(before.loadedAt())) {
          say("fout", "levering " + number + " is niet later dan die ervoor. " + advice());
        }
        before = entry;
      }
    }

    private long rows(VersionReading reading) throws SQLException {
      Map<String, Long> told = new HashMap<>(reading.rowsTold());
      long all = 0;
      for (Table table : catalogue.standard(product).tables()) {
        if (!reading.has(table)) {
          continue;
        }
        long rows = reading.rows(table);
        long expected = told.getOrDefault(table.name(), 0L);
        if (rows != expected) {
          say(
              "fout",
              "%s heeft %d rijen; de verslagen zeggen %d. %s"
                  .formatted(table.name(), rows, expected, advice()));
        }
        long strange = reading.rowsOutsideLedger(table);
        if (strange > 0) {
          say(
              "fout",
              "%s heeft %d rijen die van geen levering zijn. %s"
                  .formatted(table.name(), strange, advice()));
        }
        all += rows;
      }
      return all;
    }

    private void kept(Ledger ledger) throws IOException {
      KeptDeliveries kept = deliveries();
      lost(kept, ledger.nextNumber() - 1);
      List<String> gone = new ArrayList<>();
      for (LedgerEntry entry : ledger.entries()) {
        try {
          kept.checked(entry);
        } catch (Failure failure) {
          if (failure.code() == Code.ZIP_GONE) {
            gone.add(Long.toString(entry.number()));
          } else {
            say("fout", failure.code().id() + " " + failure.getMessage());
          }
        }
      }
      if (!gone.isEmpty()) {
        say(
            "let op",
            "de ZIP van levering %s wordt niet meer bewaard; de gegevens blijven, maar herbouw kan dan niet"
                .formatted(String.join(", ", gone)));
      }
      if (cutOff(kept, ledger)) {
        say("let op", "er zijn resten van een afgebroken verwerking; een start ruimt ze op");
      }
    }

    /** What is there while somebody builds is no remainder; nobody builds on a read-only drive. */
    private boolean cutOff(KeptDeliveries kept, Ledger ledger) throws IOException {
      Path workshop = files.workshop(gemeente, product);
      if (!Files.isDirectory(workshop) || !Files.isWritable(workshop)) {
        return false;
      }
      Optional<BuildLock> lock = BuildLock.attempt(workshop);
      if (lock.isEmpty()) {
        return false;
      }
      BuildLock held = lock.get();
      try (held) {
        return Files.exists(workshop.resolve(VersionFiles.WORK))
            || !kept.beyond(ledger.nextNumber() - 1).isEmpty();
      }
    }

    private String advice() {
      return "Doe: ketendata herbouw --gemeente %s --product %s"
          .formatted(gemeente.id(), product.id());
    }

    private void say(String verdict, String what) {
      lines.add(new Line(verdict, thing, what));
    }
  }
}
