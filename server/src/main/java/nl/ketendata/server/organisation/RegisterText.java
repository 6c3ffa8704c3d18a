package nl.ketendata.server.organisation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * A register as TOML.
 *
 * <pre>
 * [gemeenten.GM9030]
 * producten = ["ijw", "iwmo"]
 * voorgangers = ["GM9028", "GM9029"]
 *
 * [hoofdorganisaties.REGIO-ZUID]
 * GM9030 = "2024-01-01"
 * GM9031 = "2024-01-01/2026-01-01"
 * </pre>
 */
final class RegisterText {
  private static final String HEADER =
      """
      # Organisaties van Ketendata Server. Van een gemeente die hier niet staat, worden beide
      # producten aangeboden. Een periode is "van", "van/tot" of "/tot"; tot telt niet mee.
      # Organisations. A gemeente that is not here is served with both products. A period is
      # "from", "from/until" or "/until"; until is exclusive.
      """;

  private RegisterText() {}

  static String write(Register register) {
    StringBuilder text = new StringBuilder(HEADER);
    new TreeMap<>(register.gemeenten())
        .forEach(
            (gemeente, served) -> {
              text.append("\n[gemeenten.").append(gemeente.id()).append("]\n");
              list(
                  text, "producten", served.products().stream().map(Product::id).sorted().toList());
              list(text, "voorgangers", served.predecessors().stream().map(Gemeente::id).toList());
            });
    new TreeMap<>(register.groups())
        .forEach(
            (group, members) -> {
              text.append("\n[hoofdorganisaties.").append(group).append("]\n");
              for (Membership member : members) {
                text.append(member.gemeente().id()).append(" = \"");
                text.append(member.period()).append("\"\n");
              }
            });
    return text.toString();
  }

  private static void list(StringBuilder text, String name, List<String> values) {
    text.append(name).append(" = ");
    text.append(values.stream().collect(Collectors.joining("\", \"", "[\"", "\"]\n")));
    if (values.isEmpty()) {
      text.setLength(text.length() - "[\"\"]\n".length());
      text.append("[]\n");
    }
  }

  /**
   * @throws Failure KD616 when it is no register, and what is wrong with it
   */
  static Register read(String text) {
    try {
      JsonNode root = new TomlMapper().readTree(text);
      refuseOthers("", root, Set.of("gemeenten", "hoofdorganisaties"));
      return new Register(
          gemeenten(root.path("gemeenten")), groups(root.path("hoofdorganisaties")));
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : e.getLocation().getLineNr() + ": ";
      throw Failure.of(Code.ORGANISATION_FILE, place + e.getOriginalMessage()).causedBy(e);
    }
  }

  private static Map<Gemeente, Register.Served> gemeenten(JsonNode tables) {
    Map<Gemeente, Register.Served> all = new TreeMap<>();
    tables
        .fields()
        .forEachRemaining(
            entry -> {
              JsonNode table = entry.getValue();
              refuseOthers(entry.getKey() + ".", table, Set.of("producten", "voorgangers"));
              Set<Product> products = EnumSet.allOf(Product.class);
              if (table.has("producten")) {
                products = EnumSet.noneOf(Product.class);
                for (String id : texts(table.get("producten"))) {
                  products.add(
                      Product.of(id)
                          .orElseThrow(() -> Failure.of(Code.ORGANISATION_FILE, "product " + id)));
                }
              }
              List<Gemeente> predecessors =
                  texts(table.path("voorgangers")).stream().map(Gemeente::parse).toList();
              all.put(Gemeente.parse(entry.getKey()), new Register.Served(products, predecessors));
            });
    return all;
  }

  private static Map<String, List<Membership>> groups(JsonNode tables) {
    Map<String, List<Membership>> all = new TreeMap<>();
    tables
        .fields()
        .forEachRemaining(
            entry -> {
              List<Membership> members = new ArrayList<>();
              entry
                  .getValue()
                  .fields()
                  .forEachRemaining(
                      member ->
                          members.add(
                              Membership.of(
                                  Gemeente.parse(member.getKey()), member.getValue().asText())));
              all.put(Register.group(entry.getKey()), List.copyOf(members));
            });
    return all;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static void refuseOthers(String prefix, JsonNode table, Set<String> known) {
    table
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Failure.of(Code.ORGANISATION_FILE, "onbekend/unknown: " + prefix + name);
              }
            });
  }
}
