package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import nl.ketendata.server.Application;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.settings.Settings;

/** Serves until the process is told to stop. */
final class Running {
  private Running() {}

  /**
   * @param more what to print below the addresses
   */
  static int until(Application application, Settings settings, PrintWriter out, String more) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread onExit = new Thread(() -> stop(stop, stopped), "ketendata-stop");
    Runtime.getRuntime().addShutdownHook(onExit);
    try (application) {
      application.start();
      Duration took = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
      String url = url(application, settings);
      application.events().emit(new Event.ServerStarted(url, application.adminPort(), took));
      print(application, settings, out, url, more);
      application.rehearse();
      stop.await();
      application
          .events()
          .emit(
              new Event.ServerStopped(
                  Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
      forget(onExit);
    }
    return 0;
  }

  /** A server that could not start must not be stopped, and not end as if all was well. */
  private static void forget(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException alreadyStopping) {
      // The hook is what called us.
    }
  }

  /** A server that was told to stop and did so has done well: without this Java says 143. */
  private static void stop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
      Runtime.getRuntime().halt(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String url(Application application, Settings settings) {
    return settings
        .http()
        .publicUrl()
        .map(Object::toString)
        .orElseGet(() -> "http://" + shown(settings.http().host()) + ":" + application.port());
  }

  private static String shown(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
  }

  private static void print(
      Application application, Settings settings, PrintWriter out, String url, String more) {
    out.println();
    out.println("Ketendata Server staat aan / is running");
    out.println("  Pagina      " + url + "/");
    for (Gemeente gemeente : application.gemeenten()) {
      out.println("  OData       " + url + "/odata/" + gemeente.id() + "/ijw/  en  …/iwmo/");
    }
    out.println("  JDBC        jdbc:avatica:remote:url=" + url + "/jdbc;serialization=protobuf");
    out.println(
        "  Flight SQL  jdbc:arrow-flight-sql://"
            + shown(settings.http().host())
            + ":"
            + application.flightPort()
            + "?useEncryption="
            + settings.transport().tls().isPresent());
    out.println(
        "  Beheer      http://"
            + shown(settings.http().adminHost())
            + ":"
            + application.adminPort()
            + "/ready");
    out.println("  Gegevens    " + settings.data().toAbsolutePath().normalize());
    out.print(more);
    out.println("  Stoppen     Ctrl+C");
    out.println(url + "/");
    out.flush();
  }
}
