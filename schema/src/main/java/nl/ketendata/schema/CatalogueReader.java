package nl.ketendata.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import nl.ketendata.schema.Declaration.Line;

/** Reads the resource files into a {@link Catalogue} and reports all their faults together. */
final class CatalogueReader {
  /** The one code list that columns name and that is not public. */
  private static final String AGB_REGISTER = "AGB-register";

  private final Function<String, String> source;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param source the text of a resource file, given its path below this package
   */
  CatalogueReader(Function<String, String> source) {
    this.source = source;
  }

  static String resource(String path) {
    try (InputStream in = CatalogueReader.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new SchemaException(List.of(path + ": bestand ontbreekt"));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SchemaException(List.of(path + ": " + e.getMessage()));
    }
  }

  Catalogue read() {
    Map<String, CodeList> codeLists = codeLists();
    List<Message> messages =
        declaration("berichten.tsv").lines().stream().map(this::message).toList();
    List<Release> releases =
        declaration("releases.tsv").lines().stream().map(this::release).toList();
    Map<Product, Standard> standards = new EnumMap<>(Product.class);
    for (Product product : Product.values()) {
      standards.put(product, standard(product, codeLists.keySet()));
    }
    checkMessages(messages, standards);
    if (!faults.isEmpty()) {
      throw new SchemaException(faults);
    }
    return new Catalogue(standards, messages, codeLists, releases);
  }

  private Declaration declaration(String path) {
    return Declaration.parse(path, source.apply(path), faults);
  }

  private Map<String, CodeList> codeLists() {
    Map<String, CodeList> lists = new LinkedHashMap<>();
    for (Line line : declaration("codelijsten.tsv").lines()) {
      String id = line.required("codelijst");
      Declaration entries = declaration("codelijsten/" + id + ".tsv");
      CodeList list =
          new CodeList(
              id,
              line.required("naam"),
              line.text("datatype"),
              line.list("domein"),
              line.text("opmerking"),
              entries.header(),
              entries.lines().stream().map(Line::values).toList());
      if (lists.put(id, list) != null) {
        line.fault("codelijst " + id + " staat er twee keer");
      }
      if (list.codes().size() != list.entries().size()) {
        faults.add(entries.file() + ": een code staat er twee keer");
      }
    }
    return lists;
  }

  private Standard standard(Product product, Set<String> codeLists) {
    List<Table> tables = new ArrayList<>();
    for (Line line : declaration(product.id() + "/bestanden.tsv").lines()) {
      String name = line.required("bestand");
      if (!name.startsWith(product.prefix())) {
        line.fault("bestand \"" + name + "\" begint niet met " + product.prefix());
      }
      tables.add(table(product, name, line.required("zekerheid"), codeLists));
    }
    List<Join> joins =
        declaration(product.id() + "/koppelingen.tsv").lines().stream()
            .map(line -> join(line, tables))
            .toList();
    List<Relation> relations =
        declaration(product.id() + "/relaties.tsv").lines().stream()
            .map(line -> relation(line, tables))
            .toList();
    checkNavigation(tables, joins);
    return new Standard(product, tables, joins, relations);
  }

  private Table table(Product product, String name, String status, Set<String> codeLists) {
    Declaration declaration = declaration(product.id() + "/" + name + ".tsv");
    List<Column> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> keys = new ArrayList<>();
    for (Line line : declaration.lines()) {
      Column column = column(line, codeLists);
      if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        line.fault("kolom " + column.name() + " staat er twee keer");
      }
      if (line.text("sleutel").equals("PK")) {
        keys.add(column.name());
      }
      columns.add(column);
    }
    if (keys.size() != 1) {
      faults.add(declaration.file() + ": heeft " + keys.size() + " rijsleutels, verwacht 1");
    }
    return new Table(name, product, status, keys.isEmpty() ? "" : keys.get(0), columns, "");
  }

  private Column column(Line line, Set<String> codeLists) {
    String codeList = line.text("codelijst");
    if (!codeList.isEmpty() && !codeList.equals(AGB_REGISTER) && !codeLists.contains(codeList)) {
      line.fault("codelijst " + codeList + " bestaat niet");
    }
    return new Column(
        line.required("kolom"),
        line.constant("type", ColumnType.values(), ColumnType::declared, ColumnType.STRING),
        length(line),
        codeList.isEmpty() ? Optional.empty() : Optional.of(codeList),
        line.yes("leeg"),
        line.yes("gehasht"),
        line.text("sleutel").equals("BK"),
        line.constant(
            "privacy", Privacy.values(), p -> p.name().toLowerCase(Locale.ROOT), Privacy.GEEN),
        new Column.Origin(
            line.text("klasse"),
            line.text("element"),
            line.text("brontype"),
            line.text("kardinaliteit"),
            line.text("sinds"),
            line.text("tot"),
            line.required("zekerheid"),
            line.required("naamzekerheid")),
        line.required("omschrijving"));
  }

  private static OptionalInt length(Line line) {
    String text = line.text("lengte");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (text.matches("[1-9][0-9]{0,3}")) {
      return OptionalInt.of(Integer.parseInt(text));
    }
    line.fault("lengte is \"" + text + "\", verwacht een getal van 1 tot 9999");
    return OptionalInt.empty();
  }

  private static Join join(Line line, List<Table> tables) {
    Join join =
        new Join(
            line.required("id"),
            line.required("kind"),
            line.required("kindkolom"),
            line.required("ouder"),
            line.required("ouderkolom"),
            line.required("kardinaliteit"),
            line.text("voorwaarde"),
            line.text("regel"),
            line.required("omschrijving"));
    if (!join.key().equals(join.column())) {
      line.fault("ouderkolom is \"" + line.text("ouderkolom") + "\", verwacht " + join.column());
    }
    Optional<Table> child = find(tables, join.child());
    Optional<Table> parent = find(tables, join.parent());
    if (child.flatMap(table -> table.column(join.column())).isEmpty()) {
      line.fault("kind " + join.child() + "." + join.column() + " bestaat niet");
    }
    if (!parent.map(Table::key).equals(Optional.of(join.column()))) {
      line.fault(join.column() + " is niet de rijsleutel van ouder " + join.parent());
    }
    return join;
  }

  private static Relation relation(Line line, List<Table> tables) {
    Relation relation =
        new Relation(
            line.required("id"),
            line.required("soort"),
            line.required("van"),
            line.list("vankolommen"),
            line.required("naar"),
            line.list("naarkolommen"),
            line.required("kardinaliteit"),
            line.text("voorwaarde"),
            line.text("regel"),
            line.required("omschrijving"),
            line.required("zekerheid"),
            line.required("vertrouwen"));
    for (String file : List.of(relation.from(), relation.to())) {
      if (!file.equals("*") && find(tables, file).isEmpty()) {
        line.fault("bestand " + file + " bestaat niet");
      }
    }
    return relation;
  }

  /** A navigation and a column of one table may not share a name: OData has one name space. */
  private void checkNavigation(List<Table> tables, List<Join> joins) {
    for (Table table : tables) {
      Set<String> names = new HashSet<>();
      table.allColumns().forEach(column -> names.add(column.name()));
      for (Join join : joins) {
        if (join.child().equals(table.name()) && !names.add(join.toParent())) {
          faults.add(join.id() + ": naam " + join.toParent() + " is dubbel in " + table.name());
        }
        if (join.parent().equals(table.name()) && !names.add(join.toChildren())) {
          faults.add(join.id() + ": naam " + join.toChildren() + " is dubbel in " + table.name());
        }
      }
    }
  }

  private Message message(Line line) {
    String pair = line.text("paar");
    return new Message(
        line.required("bericht"),
        line.required("domein"),
        line.text("berichtcode"),
        line.required("titel"),
        line.required("soort"),
        line.text("richting"),
        line.text("afzendersoort"),
        line.text("ontvangersoort"),
        pair.isEmpty() ? Optional.empty() : Optional.of(pair),
        line.text("doel"),
        line.text("termijn"),
        line.list("releases"),
        line.yes("indataset"),
        line.list("bestanden"));
  }

  private Release release(Line line) {
    String until = line.text("totenmet");
    return new Release(
        line.required("release"),
        LocalDate.parse(line.required("van")),
        until.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(until)));
  }

  private void checkMessages(List<Message> messages, Map<Product, Standard> standards) {
    for (Message message : messages) {
      for (String file : message.delivered() ? message.files() : List.<String>of()) {
        if (standards.values().stream().noneMatch(standard -> standard.table(file).isPresent())) {
          faults.add("berichten.tsv: bestand " + file + " van " + message.name() + " bestaat niet");
        }
      }
    }
  }

  private static Optional<Table> find(List<Table> tables, String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
