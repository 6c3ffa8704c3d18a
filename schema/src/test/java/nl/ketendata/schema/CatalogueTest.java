package nl.ketendata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final Catalogue catalogue = Catalogue.read();

  @Test
  void holdsEveryFileColumnJoinAndRelation() {
    List<Standard> standards = List.copyOf(catalogue.standards().values());
    assertThat(standards.stream().mapToInt(s -> s.tables().size()).sum()).isEqualTo(102);
    assertThat(
            standards.stream()
                .flatMap(s -> s.tables().stream())
                .mapToInt(table -> table.columns().size())
                .sum())
        .isEqualTo(1467);
    assertThat(standards.stream().mapToInt(s -> s.joins().size()).sum()).isEqualTo(123);
    assertThat(standards).allMatch(standard -> standard.relations().size() == 26);
    assertThat(catalogue.codeLists()).hasSize(30);
    assertThat(catalogue.messages()).filteredOn(Message::delivered).hasSize(28);
  }

  @Test
  void hashesExactlyTheFourValuesOfTheHandbook() {
    assertThat(
            catalogue.standards().values().stream()
                .flatMap(standard -> standard.tables().stream())
                .flatMap(table -> table.columns().stream())
                .filter(Column::hashed)
                .map(Column::name)
                .distinct())
        .containsExactlyInAnyOrder(
            "Client_Bsn", "ToewijzingNummer", "ReferentieAanbieder", "BeschikkingNummer");
  }

  @Test
  void findsTableAndColumnInAnyCase() {
    Table table = catalogue.standard(Product.IJW).table("jw301_TOEGEWEZENPRODUCT").orElseThrow();
    assertThat(table.name()).isEqualTo("JW301_ToegewezenProduct");
    assertThat(table.key()).isEqualTo("ToegewezenProduct_Id");
    assertThat(table.column("levering_nummer").orElseThrow().type()).isEqualTo(ColumnType.INTEGER);
  }

  @Test
  void namesNavigationsAfterClassAndParentFile() {
    Standard ijw = catalogue.standard(Product.IJW);
    assertThat(ijw.childrenOf("JW301").stream().map(Join::toChildren))
        .contains("ToegewezenProduct", "ClientContact");
    assertThat(ijw.parentsOf("JW301_RelatieContact").stream().map(Join::toParent))
        .containsExactlyInAnyOrder("JW301", "JW301_Relatie");
  }

  @Test
  void reportsAllFaultsOfTheResourceFilesTogether() {
    Map<String, String> changed = new HashMap<>();
    changed.put("ijw/JW301.tsv", resource("ijw/JW301.tsv").replace("\tdate\t", "\tdatum\t"));
    changed.put("ijw/koppelingen.tsv", resource("ijw/koppelingen.tsv").replace("Relatie_Id", "X"));
    changed.put("releases.tsv", resource("releases.tsv") + "4.0\n");
    CatalogueReader reader =
        new CatalogueReader(path -> changed.getOrDefault(path, resource(path)));
    assertThatThrownBy(reader::read)
        .isInstanceOfSatisfying(
            SchemaException.class,
            e ->
                assertThat(e.faults())
                    .anyMatch(
                        fault -> fault.startsWith("ijw/JW301.tsv, regel 15: type is \"datum\""))
                    .anyMatch(fault -> fault.contains("JW301_RelatieContact.X bestaat niet"))
                    .anyMatch(fault -> fault.contains("releases.tsv, regel 6: heeft 1 velden")));
  }

  private static String resource(String path) {
    return CatalogueReader.resource(path);
  }
}
