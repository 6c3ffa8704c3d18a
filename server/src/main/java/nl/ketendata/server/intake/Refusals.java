package nl.ketendata.server.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.policy.Gemeente;

/**
 * The deliveries that were refused whole, by gemeente and product: the ledger knows only those that
 * were published. One line of JSON each in {@code geweigerd.jsonl} in the gemeente's own folder,
 * which goes when the gemeente goes; the latest few hundred are kept. Holds nothing of a delivery's
 * content.
 */
public final class Refusals {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 200;

  private final Path root;
  private final Clock clock;

  /**
   * @param data the data folder
   */
  public Refusals(Path data, Clock clock) {
    this.root = data.resolve("gemeenten");
    this.clock = clock;
  }

  /** Notes a refusal; not for a gemeente that is not known, which has no folder. */
  synchronized void note(IngestOrder order, Product product, Road road, Failure failure)
      throws IOException {
    Path file = file(order.gemeente(), product);
    if (!Files.isDirectory(file.getParent())) {
      return;
    }
    ObjectNode line = JSON.createObjectNode();
    line.put("naam", order.file().getFileName().toString());
    line.put("bytes", Files.exists(order.file()) ? Files.size(order.file()) : 0);
    line.put("op", clock.instant().toString());
    line.put("door", order.by());
    line.put("weg", road.id());
    line.put("toestand", "geweigerd");
    line.put("code", failure.code().id());
    line.put("reden", failure.getMessage());
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    shorten(file);
  }

  private static void shorten(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() > 2 * KEPT) {
      Path shorter = file.resolveSibling(file.getFileName() + ".nieuw");
      Files.write(shorter, lines.subList(lines.size() - KEPT, lines.size()));
      Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The latest first. */
  synchronized List<JsonNode> latest(Gemeente gemeente, Product product) throws IOException {
    Path file = file(gemeente, product);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<JsonNode> latest = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        latest.add(JSON.readTree(line));
      } catch (JsonProcessingException halfWritten) {
        // The power went during that line.
      }
    }
    Collections.reverse(latest);
    return latest.subList(0, Math.min(KEPT, latest.size()));
  }

  private Path file(Gemeente gemeente, Product product) {
    return root.resolve(gemeente.id()).resolve(product.id()).resolve("geweigerd.jsonl");
  }
}
