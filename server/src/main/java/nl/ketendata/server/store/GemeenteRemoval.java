package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * Removes all that is kept of a gemeente: versions, deliveries, what was refused, its inbox, what
 * came in half, and answers that hold its rows. Users, organisations and the audit log stay. A
 * running server no longer knows it from the next question on.
 */
public final class GemeenteRemoval {
  private final VersionFiles files;
  private final Path data;
  private final Disk disk;

  public GemeenteRemoval(Path data, Steps steps) {
    this.files = new VersionFiles(data);
    this.data = data.toAbsolutePath().normalize();
    this.disk = new Disk(steps);
  }

  /**
   * A folder or a file of the gemeente.
   *
   * @param files the files in it, at any depth
   */
  public record Folder(Path path, long files, long bytes) {}

  /**
   * What there is of a gemeente.
   *
   * @throws Failure KD603 when there is nothing
   */
  public List<Folder> found(Gemeente gemeente) {
    List<Folder> found = new ArrayList<>();
    try {
      for (Path place : places(gemeente)) {
        found.add(measured(place));
      }
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
    if (found.isEmpty()) {
      throw Failure.of(Code.UNKNOWN_ORGANISATION, gemeente.id());
    }
    return found;
  }

  /**
   * Where something of the gemeente is: its own folder first, its inbox, what was cut off on its
   * way in, what is told of deliveries on their way.
   */
  private List<Path> places(Gemeente gemeente) throws IOException {
    List<Path> places = new ArrayList<>();
    for (Path own : List.of(files.folder(gemeente), data.resolve("inbox").resolve(gemeente.id()))) {
      if (Files.isDirectory(own)) {
        places.add(own);
      }
    }
    for (String shared : List.of("inkomend", "voortgang")) {
      Path folder = data.resolve(shared);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> mine = Files.newDirectoryStream(folder, gemeente.id() + "-*")) {
          mine.forEach(places::add);
        }
      }
    }
    return places;
  }

  /** Answers that were given before hold rows of anybody; they may be thrown away at any time. */
  private void deleteAnswers() throws IOException {
    Path folder = data.resolve("antwoorden");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> answers = Files.newDirectoryStream(folder, "*.antwoord")) {
        for (Path answer : answers) {
          disk.delete(answer);
        }
      }
    }
  }

  private static Folder measured(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> regular = all.filter(Files::isRegularFile).toList();
      long bytes = 0;
      for (Path file : regular) {
        bytes += Files.size(file);
      }
      return new Folder(folder, regular.size(), bytes);
    }
  }

  /**
   * Removes it, once nobody builds for it any more. The folder gets another name first, so that the
   * gemeente is gone at once, also when the removal is cut off: the next start ends it.
   *
   * @return what was removed
   */
  public List<Folder> remove(Gemeente gemeente) {
    List<Folder> found = found(gemeente);
    List<BuildLock> held = new ArrayList<>();
    try {
      for (Product product : Product.values()) {
        Path workshop = files.workshop(gemeente, product);
        if (Files.isDirectory(workshop)) {
          held.add(BuildLock.acquire(workshop));
        }
      }
      disk.delete(files.removed(gemeente));
      if (Files.isDirectory(files.folder(gemeente))) {
        disk.rename(files.folder(gemeente), files.removed(gemeente));
        disk.delete(files.removed(gemeente));
      }
      for (Path place : places(gemeente)) {
        disk.delete(place);
      }
      deleteAnswers();
      return found;
    } catch (IOException e) {
      throw EngineFailures.of(e);
    } finally {
      held.forEach(BuildLock::close);
    }
  }
}
