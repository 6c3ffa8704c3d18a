package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.ketendata.server.delivery.Archive;
import nl.ketendata.server.delivery.DeliveredFile;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.DeliveryContents.KnownFile;
import nl.ketendata.server.ingest.csv.Probing;

/**
 * Unpacks one file ahead of the one that is being loaded, and finds out how it is written: two lie
 * on disk at most.
 */
final class Unpacking implements AutoCloseable {
  private final Archive archive;
  private final Iterator<KnownFile> files;
  private final Path workshop;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "ketendata-unpack-1"));
  private int number;
  private Optional<Future<UnpackedFile>> ahead;

  Unpacking(Archive archive, List<KnownFile> files, Path workshop) {
    this.archive = archive;
    this.files = files.iterator();
    this.workshop = workshop;
    this.ahead = begin();
  }

  private Optional<Future<UnpackedFile>> begin() {
    if (!files.hasNext()) {
      return Optional.empty();
    }
    KnownFile file = files.next();
    Path target = workshop.resolve("bestand-" + ++number + ".csv");
    return Optional.of(thread.submit(() -> unpack(file, target)));
  }

  private UnpackedFile unpack(KnownFile file, Path target) throws IOException {
    Probing probing = new Probing(file.entry().name());
    DeliveredFile unpacked = archive.unpack(file.entry(), target, probing::take);
    return new UnpackedFile(file, target, FileForm.of(file, unpacked, probing.end()));
  }

  /** The next file, in the order of the delivery's contents. */
  UnpackedFile next() {
    try {
      UnpackedFile file = ahead.orElseThrow().get();
      ahead = begin();
      return file;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure ? failure : Failure.internal(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.CANCELLED).causedBy(e);
    }
  }

  /** Waits for the file that is being unpacked, so that nothing is written after this. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (ahead.isPresent()) {
        ahead.get().get();
      }
    } catch (ExecutionException e) {
      // The delivery is refused already, or this file was never wanted.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
