package nl.ketendata.server.generate.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import org.junit.jupiter.api.Test;

class SheetTest {
  private final Sheet sheet =
      new Sheets(Catalogue.read().standard(Product.IJW)).child("317", "OngewijzigdProduct");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String written(String number) throws IOException {
    sheet.open(out);
    sheet.key().text("k");
    sheet.cell("ToewijzingNummer").text(number);
    sheet.write();
    sheet.flush();
    return out.toString(StandardCharsets.UTF_8).lines().skip(1).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void quotesOnlyWhereNeeded() throws IOException {
    assertThat(written("één, \"twee\"\ndrie")).isEqualTo("k,,,\"één, \"\"twee\"\"\ndrie\"\n");
  }

  @Test
  void leavesPlainTextAlone() throws IOException {
    assertThat(written("é'; t")).isEqualTo("k,,,é'; t\n");
  }

  @Test
  void emptiesItsCellsAfterEachRow() throws IOException {
    written("x");
    assertThat(sheet.values()).containsOnly("");
  }

  @Test
  void refusesColumnThatTheCatalogueLacks() {
    assertThatThrownBy(() -> sheet.cell("Toewijzingsnummer"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Toewijzingsnummer");
  }
}
