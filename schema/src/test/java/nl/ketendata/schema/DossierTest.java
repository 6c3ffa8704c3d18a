package nl.ketendata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Compares the catalogue with the domain dossier, field by field. The dossier is reference material
 * beside the project ({@code -Dketendata.dossier=…}); without it these tests skip and say so.
 */
class DossierTest {
  private static final Path DOSSIER =
      Path.of(
          System.getProperty(
              "ketendata.dossier",
              Path.of(System.getProperty("ketendata.root", ".."), "..", "shared", "domain")
                  .toString()));

  private final Catalogue catalogue = Catalogue.read();

  @BeforeEach
  void needsTheDossier() {
    assumeTrue(Files.isDirectory(DOSSIER), "SKIPPED: no domain dossier at " + DOSSIER);
  }

  @Test
  void everyColumnAgrees() throws IOException {
    List<String> expected =
        read("dataset.csv").stream()
            .map(
                row ->
                    fields(
                        row,
                        "domain",
                        "file",
                        "file_status",
                        "position",
                        "column",
                        "logical_type",
                        "length",
                        "code_list",
                        "nullable",
                        "hashed",
                        "privacy",
                        "source_class",
                        "source_element",
                        "source_type",
                        "cardinality",
                        "since",
                        "until",
                        "status",
                        "name_status",
                        "description_nl"))
            .toList();
    List<String> actual = new ArrayList<>();
    for (Standard standard : catalogue.standards().values()) {
      for (Table table : standard.tables()) {
        int position = 0;
        for (Column c : table.columns()) {
          position++;
          actual.add(
              String.join(
                  "|",
                  standard.product().domain(),
                  table.name(),
                  table.status(),
                  String.valueOf(position),
                  c.name(),
                  c.type().declared(),
                  c.length().isPresent() ? String.valueOf(c.length().getAsInt()) : "",
                  c.codeList().orElse(""),
                  c.nullable() ? "ja" : "nee",
                  c.hashed() ? "ja" : "nee",
                  c.privacy().name().toLowerCase(java.util.Locale.ROOT),
                  c.origin().dataClass(),
                  c.origin().element(),
                  c.origin().dataType(),
                  c.origin().cardinality(),
                  c.origin().since(),
                  c.origin().until(),
                  c.origin().status(),
                  c.origin().nameStatus(),
                  c.description()));
        }
      }
    }
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyKeyAgrees() throws IOException {
    for (Map<String, String> row : read("dataset.csv")) {
      Table table = table(row.get("file"));
      Column column = table.column(row.get("column")).orElseThrow();
      assertThat(column.businessKey()).isEqualTo(row.get("key_role").equals("BK"));
      assertThat(table.key().equals(column.name())).isEqualTo(row.get("key_role").equals("PK"));
    }
  }

  @Test
  void everyJoinAndRelationAgrees() throws IOException {
    List<String> actual = new ArrayList<>();
    for (Standard standard : catalogue.standards().values()) {
      for (Join j : standard.joins()) {
        actual.add(
            String.join(
                "|",
                j.id(),
                j.child(),
                j.column(),
                j.parent(),
                j.column(),
                j.cardinality(),
                j.condition(),
                j.rule(),
                j.description()));
      }
      for (Relation r : standard.relations()) {
        actual.add(
            String.join(
                "|",
                r.id(),
                r.from(),
                String.join(";", r.fromColumns()),
                r.to(),
                String.join(";", r.toColumns()),
                r.cardinality(),
                r.condition(),
                r.rule(),
                r.description()));
      }
    }
    List<String> expected =
        read("relaties.csv").stream()
            .map(
                row ->
                    fields(
                        row,
                        "id",
                        "from_file",
                        "from_columns",
                        "to_file",
                        "to_columns",
                        "cardinality",
                        "condition",
                        "rule_code",
                        "description_nl"))
            .toList();
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyCodeListAgrees() throws IOException {
    for (Map<String, String> row : read("codelijsten/_overzicht.csv")) {
      if (row.get("id").equals("-")) {
        continue;
      }
      CodeList list = catalogue.codeList(row.get("id")).orElseThrow();
      List<Map<String, String>> entries = read("codelijsten/" + row.get("bestand"));
      assertThat(list.entries())
          .isEqualTo(
              entries.stream()
                  .map(entry -> list.fields().stream().map(entry::get).toList())
                  .toList());
    }
  }

  private Table table(String name) {
    return catalogue.standards().values().stream()
        .flatMap(standard -> standard.table(name).stream())
        .findFirst()
        .orElseThrow();
  }

  private static String fields(Map<String, String> row, String... names) {
    return List.of(names).stream().map(row::get).collect(Collectors.joining("|"));
  }

  /** A small CSV reader: quotes, doubled quotes, no line breaks inside values. */
  private static List<Map<String, String>> read(String file) throws IOException {
    List<String> lines = Files.readAllLines(DOSSIER.resolve(file));
    List<String> header = split(lines.get(0).replace("\uFEFF", ""));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> values = split(line);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < header.size(); i++) {
        row.put(header.get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> split(String line) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        value.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return values;
  }
}
