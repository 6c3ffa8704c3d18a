package nl.ketendata.server.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Packages from npm, of the lock file in {@code src/test/npm}; not everywhere to be had. */
public final class NpmPackages {
  private static final Path SOURCES =
      Path.of(System.getProperty("ketendata.root"), "server/src/test/npm");
  private static final long SECONDS = 240;

  private final Path folder;

  /**
   * @param folder to install in, outside the sources
   */
  public NpmPackages(Path folder) {
    this.folder = folder;
  }

  /**
   * What a program that has ended left behind.
   *
   * @param exit the exit code; -1 when it was ended or is not there
   */
  public record Ran(int exit, String printed) {}

  /** Installs them, and copies the program that uses them beside them. */
  public Ran install() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (String file : new String[] {"package.json", "package-lock.json", "clients.mjs"}) {
      Files.copy(SOURCES.resolve(file), folder.resolve(file));
    }
    return run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  }

  /** A file of a package. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Runs a program in the folder. */
  public Ran run(String... command) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed.txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
    } catch (IOException notFound) {
      return new Ran(-1, command[0] + " is not installed");
    }
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return new Ran(-1, "no end within " + SECONDS + " s");
    }
    return new Ran(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
  }
}
