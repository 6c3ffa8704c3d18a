package nl.ketendata.server.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
  @TempDir Path out;

  @ParameterizedTest
  @EnumSource(Product.class)
  void sameSeedGivesSameBytes(Product product) throws IOException {
    List<Path> one = Delivered.generate(product, 1_500, 7, 2, out.resolve("one"));
    List<Path> two = Delivered.generate(product, 1_500, 7, 2, out.resolve("two"));
    assertThat(one).hasSize(3).hasSameSizeAs(two);
    for (int i = 0; i < one.size(); i++) {
      assertThat(two.get(i)).hasFileName(one.get(i).getFileName().toString());
      assertThat(Files.mismatch(one.get(i), two.get(i))).isEqualTo(-1);
    }
  }

  @Test
  void otherSeedGivesOtherBytes() throws IOException {
    Path one = Delivered.generate(Product.IJW, 500, 7, 0, out.resolve("one")).get(0);
    Path two = Delivered.generate(Product.IJW, 500, 8, 0, out.resolve("two")).get(0);
    assertThat(Files.mismatch(one, two)).isNotEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 61, 1_000, 2_500})
  void writesExactlyTheNumberOfMessagesAsked(long messages) {
    List<Path> archives = Delivered.generate(Product.IWMO, messages, 3, 4, out);
    assertThat(Delivered.read(Product.IWMO, archives).messages()).isEqualTo(messages);
  }

  @Test
  void namesTheArchivesAsTheHandbookDoes() {
    assertThat(Delivered.generate(Product.IJW, 100, 1, 2, out))
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "Ketendata-IJW-Test-aan-Zee-20261108060000.zip",
            "Ketendata-IJW-Test-aan-Zee-20261115060000.zip",
            "Ketendata-IJW-Test-aan-Zee-20261122060000.zip");
  }

  @Test
  void leavesNothingBesideTheArchives() throws IOException {
    List<Path> archives = Delivered.generate(Product.IWMO, 300, 1, 1, out);
    try (Stream<Path> files = Files.walk(out).filter(path -> !path.equals(out))) {
      assertThat(files).containsExactlyInAnyOrderElementsOf(archives);
    }
  }

  @Test
  void everyArchiveHasEveryTableOfTheCatalogueInItsOrder() throws IOException {
    List<String> names =
        Delivered.CATALOGUE.standard(Product.IJW).tables().stream()
            .map(table -> table.name() + ".csv")
            .toList();
    for (Path archive : Delivered.generate(Product.IJW, 400, 1, 1, out)) {
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        assertThat(zip.stream().map(ZipEntry::getName)).containsExactlyElementsOf(names);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void totalAndDeltasTogetherAreTheDeliveryWithoutDeltas(Product product) {
    Delivered whole =
        Delivered.read(product, Delivered.generate(product, 2_000, 5, 0, out.resolve("whole")));
    Delivered parts =
        Delivered.read(product, Delivered.generate(product, 2_000, 5, 6, out.resolve("parts")));
    for (Table table : whole.standard().tables()) {
      assertThat(parts.rowsOf(table.name()))
          .extracting(CSVRecord::toList)
          .containsExactlyElementsOf(
              whole.rowsOf(table.name()).stream().map(CSVRecord::toList).toList());
    }
  }

  @Test
  void deltasHoldWhatNoDeliveryBeforeHeld() {
    Set<String> seen = new HashSet<>();
    for (Path archive : Delivered.generate(Product.IJW, 4_000, 5, 3, out)) {
      Delivered delivered = Delivered.read(Product.IJW, List.of(archive));
      assertThat(delivered.messages()).isPositive();
      for (Table table : delivered.standard().tables()) {
        for (CSVRecord row : delivered.rowsOf(table.name())) {
          assertThat(seen.add(row.get(table.key()))).isTrue();
        }
      }
    }
  }

  @Test
  void deltaHoldsTheMessagesOfItsWeek() {
    List<Path> archives = Delivered.generate(Product.IJW, 4_000, 5, 1, out);
    List<CSVRecord> total = Delivered.read(Product.IJW, archives.subList(0, 1)).rows("302");
    List<CSVRecord> delta = Delivered.read(Product.IJW, archives.subList(1, 2)).rows("302");
    assertThat(total)
        .allMatch(row -> row.get("Uitwisseling_OntvangenGGk").compareTo("2026-11-15T06") < 0);
    assertThat(delta)
        .allMatch(row -> row.get("Uitwisseling_OntvangenGGk").compareTo("2026-11-15T06") > 0);
  }

  @Test
  void replacesAnArchiveOfTheSameName() throws IOException {
    Path first = Delivered.generate(Product.IJW, 10, 1, 0, out).get(0);
    long size = Files.size(first);
    Path second = Delivered.generate(Product.IJW, 500, 1, 0, out).get(0);
    assertThat(second).isEqualTo(first);
    assertThat(Files.size(second)).isGreaterThan(size);
  }

  @Test
  void reportsItsProgressToTheEnd() {
    List<Long> reached = new ArrayList<>();
    GenerateOrder order = new GenerateOrder(Delivered.TEST_AAN_ZEE, Product.IJW, 2_400, 1, 0, out);
    new Generator(Delivered.CATALOGUE).generate(order, (done, total) -> reached.add(done));
    assertThat(reached).containsExactly(1_000L, 2_000L, 2_400L);
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> Delivered.generate(Product.IJW, -1, 1, 0, out))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--berichten -1");
    assertThatThrownBy(() -> Delivered.generate(Product.IJW, 1, 1, 301, out))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--weken 301");
  }

  @Test
  void anotherGemeenteHasOtherPeopleAndOtherHashes() {
    List<Path> one = Delivered.generate(Product.IJW, 1_000, 1, 0, out);
    GenerateOrder order =
        new GenerateOrder(Gemeente.parse("GM9031"), Product.IJW, 1_000, 1, 0, out);
    List<Path> two = new Generator(Delivered.CATALOGUE).generate(order, Progress.NONE);
    assertThat(hashes(one)).isNotEmpty().doesNotContainAnyElementsOf(hashes(two));
  }

  private static Set<String> hashes(List<Path> archives) {
    Set<String> hashes = new HashSet<>();
    Delivered.read(Product.IJW, archives)
        .rows("301")
        .forEach(row -> hashes.add(row.get("Client_Bsn")));
    return hashes;
  }
}
