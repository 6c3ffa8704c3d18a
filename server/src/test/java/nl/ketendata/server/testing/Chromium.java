package nl.ketendata.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven over its DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** Where it is on this machine. */
  public static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param profile a folder that is not there yet
   */
  public Chromium(Path program, Path profile) throws Exception {
    Files.createDirectories(profile);
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                // root may start it without only
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("said.txt").toFile())
            .start();
    List<String> where = List.of();
    try {
      where = where(profile);
    } finally {
      if (where.isEmpty()) {
        close(process);
      }
    }
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + where.get(0) + where.get(1)), new Listener())
            .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  /** Port and path, which it writes down when it listens. */
  private List<String> where(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long until = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < until && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          return lines;
        }
      }
      Thread.sleep(50);
    }
    throw new IOException("does not start: " + Files.readString(profile.resolve("said.txt")));
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = WebClient.parse(text.toString());
        text.setLength(0);
        if (message.has("id")) {
          asked.remove(message.get("id").asInt()).complete(message);
        } else {
          events.add(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  /** An empty page without what earlier ones kept, such as cookies. */
  public Page page() throws Exception {
    String context =
        send("", "Target.createBrowserContext", Map.of()).at("/browserContextId").asText();
    String target =
        send("", "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
            .get("targetId")
            .asText();
    String session =
        send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    return new Page(this, session);
  }

  /** Asks, and waits for the answer. */
  JsonNode send(String session, String method, Map<String, ?> parameters) throws Exception {
    int id = ids.incrementAndGet();
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("id", id).put("method", method);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    ObjectNode to = message.putObject("params");
    parameters.forEach((name, value) -> to.putPOJO(name, value));
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    socket.sendText(message.toString(), true).get();
    JsonNode got = answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got);
    }
    return got.get("result");
  }

  /** What happened in a page, in order. */
  List<JsonNode> events(String session, String method) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("sessionId").asText().equals(session)
          && event.path("method").asText().equals(method)) {
        found.add(event.get("params"));
      }
    }
    return found;
  }

  /** Returns when none of its processes writes in its profile any more. */
  private static void close(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }

  @Override
  public void close() {
    socket.abort();
    close(process);
  }

  /** One page. */
  public static final class Page {
    private final Chromium browser;
    private final String session;

    private Page(Chromium browser, String session) throws Exception {
      this.browser = browser;
      this.session = session;
      for (String domain : new String[] {"Page", "Network", "Runtime", "Log"}) {
        browser.send(session, domain + ".enable", Map.of());
      }
      browser.send(session, "Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    }

    /** Headers of every request from now on. */
    public void headers(Map<String, String> headers) throws Exception {
      browser.send(session, "Network.setExtraHTTPHeaders", Map.of("headers", headers));
    }

    public void width(int pixels) throws Exception {
      browser.send(
          session,
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    public void dark(boolean dark) throws Exception {
      List<Map<String, String>> features =
          List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"));
      browser.send(session, "Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** Goes to an address and waits until it is loaded, after any redirects. */
    public void open(String address) throws Exception {
      String loader =
          browser.send(session, "Page.navigate", Map.of("url", address)).path("loaderId").asText();
      // That of the empty page from before may come late.
      await(() -> loaded().contains(loader));
    }

    /** Does what leads to another page, such as sending a form, and waits for that page. */
    public void leads(String script) throws Exception {
      int before = loaded().size();
      evaluate(script);
      await(() -> loaded().size() > before);
    }

    /** What loaded the pages that are whole. */
    private List<String> loaded() {
      return browser.events(session, "Page.lifecycleEvent").stream()
          .filter(event -> event.path("name").asText().equals("load"))
          .map(event -> event.path("loaderId").asText())
          .toList();
    }

    private void await(BooleanSupplier loaded) throws Exception {
      long until = System.nanoTime() + LONGEST.toNanos();
      while (!loaded.getAsBoolean()) {
        if (System.nanoTime() > until) {
          throw new AssertionError("not loaded: " + evaluate("location.href"));
        }
        Thread.sleep(20);
      }
    }

    /** What a script gives, when it is a promise that is kept. */
    public JsonNode evaluate(String script) throws Exception {
      JsonNode result =
          browser.send(
              session,
              "Runtime.evaluate",
              Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
      if (result.has("exceptionDetails")) {
        throw new AssertionError(result.get("exceptionDetails").toString());
      }
      return result.path("result").path("value");
    }

    /** Presses and releases a key, such as {@code Tab}. */
    public void press(String key, int code) throws Exception {
      for (String type : new String[] {"keyDown", "keyUp"}) {
        browser.send(
            session,
            "Input.dispatchKeyEvent",
            Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
      }
    }

    /** All addresses that were asked for. */
    public List<String> requested() {
      return browser.events(session, "Network.requestWillBeSent").stream()
          .map(event -> event.at("/request/url").asText())
          .toList();
    }

    /** Faults and refusals of the browser's own, such as a script that the policy forbids. */
    public List<String> faults() {
      List<String> faults = new ArrayList<>();
      for (JsonNode event : browser.events(session, "Log.entryAdded")) {
        // An error page is no fault of the page.
        if (!event.at("/entry/source").asText().equals("network")) {
          faults.add(event.at("/entry/text").asText());
        }
      }
      browser
          .events(session, "Runtime.exceptionThrown")
          .forEach(event -> faults.add(event.toString()));
      return faults;
    }
  }
}
