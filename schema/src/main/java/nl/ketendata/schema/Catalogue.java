package nl.ketendata.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of what Ketendata is.
 *
 * <p>
 *
 * {@snippet :
 * Catalogue catalogue = Catalogue.read();
 * Table table = catalogue.standard(Product.IJW).table("JW301_ToegewezenProduct").orElseThrow();
 * table.column("Einddatum").orElseThrow().description();
 * }
 *
 * @param standards one per product
 * @param messages all messages of the standard, delivered or not
 * @param codeLists all code lists, by id
 * @param releases the releases since 2020, oldest first
 */
public record Catalogue(
    Map<Product, Standard> standards,
    List<Message> messages,
    Map<String, CodeList> codeLists,
    List<Release> releases) {

  public Catalogue {
    standards = Map.copyOf(standards);
    messages = List.copyOf(messages);
    codeLists = Map.copyOf(codeLists);
    releases = List.copyOf(releases);
  }

  /**
   * Reads the catalogue from its resource files.
   *
   * @throws SchemaException when the files contradict themselves or each other; names every fault
   */
  public static Catalogue read() {
    return new CatalogueReader(CatalogueReader::resource).read();
  }

  public Standard standard(Product product) {
    return standards.get(product);
  }

  /** All tables of a product: the standard's files, then those that this server adds. */
  public List<Table> tables(Product product) {
    List<Table> all = new ArrayList<>(standard(product).tables());
    all.addAll(ServerTables.of(product));
    return List.copyOf(all);
  }

  /** The audit log of an organisation, for those who may read it beside a product's tables. */
  public Table auditlog(Product product) {
    return ServerTables.auditlog(product);
  }

  /** The code list with this id. A column may name a list that is not public (AGB-register). */
  public Optional<CodeList> codeList(String id) {
    return Optional.ofNullable(codeLists.get(id));
  }

  public Optional<Message> message(String name) {
    return messages.stream().filter(message -> message.name().equals(name)).findFirst();
  }
}
