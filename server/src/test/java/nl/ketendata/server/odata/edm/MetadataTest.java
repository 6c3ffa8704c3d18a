package nl.ketendata.server.odata.edm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.odata.model.Navigation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class MetadataTest {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final String ROOT = "https://data.example/odata/GM9030/ijw/";
  private static final Metadata.Form XML = new Metadata.Form(false, true);

  @ParameterizedTest
  @EnumSource(Product.class)
  void isValidByTheSchemaOfOasis(Product product) throws SAXException, IOException {
    File schema = new File(System.getProperty("ketendata.root"), "../shared/odata/oasis/edmx.xsd");
    assumeTrue(schema.exists(), "skipped: no OASIS schema at " + schema);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(schema)
        .newValidator()
        .validate(new StreamSource(new ByteArrayInputStream(document(product, XML))));
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void givesEachNavigationPartnerBindingAndConstraint(Product product) throws Exception {
    Model model = model(product);
    Document document = parse(document(product, XML));
    Set<String> bindings = new HashSet<>();
    for (Element binding : elements(document, "NavigationPropertyBinding")) {
      Element set = (Element) binding.getParentNode();
      bindings.add(set.getAttribute("Name") + "/" + binding.getAttribute("Path"));
      assertThat(model.type(binding.getAttribute("Target"))).isPresent();
    }
    int navigations = 0;
    for (Element property : elements(document, "NavigationProperty")) {
      EntityType type =
          model.type(((Element) property.getParentNode()).getAttribute("Name")).orElseThrow();
      Navigation navigation = type.navigation(property.getAttribute("Name")).orElseThrow();
      assertThat(model.target(navigation).navigation(property.getAttribute("Partner")))
          .hasValueSatisfying(back -> assertThat(back.target()).isEqualTo(type.name()));
      assertThat(bindings).contains(type.name() + "/" + navigation.name());
      assertThat(property.getElementsByTagNameNS("*", "ReferentialConstraint").getLength())
          .isEqualTo(navigation.collection() ? 0 : 1);
      navigations++;
    }
    assertThat(navigations).isEqualTo(2 * CATALOGUE.standard(product).joins().size());
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void namesEachThingOfATypeOnce(Product product) {
    for (EntityType type : model(product).types()) {
      assertThat(type.names()).doesNotHaveDuplicates();
      assertThat(type.column(type.key())).isPresent();
    }
  }

  @Test
  void declaresKeysTypesAndDescriptions() {
    String xml = new String(document(Product.IJW, XML), StandardCharsets.UTF_8);
    assertThat(xml)
        .contains("<Property Name=\"Bericht_Id\" Type=\"Edm.String\" Nullable=\"false\">")
        .contains(
            "Name=\"Levering_GeladenOp\" Type=\"Edm.DateTimeOffset\" Nullable=\"false\""
                + " Precision=\"6\"")
        .contains("Name=\"Toewijzingstijd\" Type=\"Edm.TimeOfDay\" Precision=\"6\"")
        .contains("Name=\"Budget\" Type=\"Edm.Int64\"")
        .contains("Uri=\"" + ROOT + "vocabularies/Org.OData.Core.V1.xml\"")
        .contains("Tijdstip waarop de gemeente deze (versie van de) toewijzing vaststelde.")
        .doesNotContain("root.invalid");
  }

  @Test
  void leavesAnnotationsOutWhenAsked() {
    String xml =
        new String(document(Product.IJW, new Metadata.Form(false, false)), StandardCharsets.UTF_8);
    assertThat(xml).doesNotContain("Annotation").doesNotContain("Reference Uri");
  }

  @Test
  void writesCsdlJson() throws IOException {
    byte[] json = document(Product.IWMO, new Metadata.Form(true, true));
    assertThat(
            new ObjectMapper()
                .readTree(json)
                .get("nl.ketendata.iwmo")
                .get("WMO301")
                .get("$Kind")
                .asText())
        .isEqualTo("EntityType");
  }

  @Test
  void servesTheTermsThatItUses() throws Exception {
    Document document = parse(document(Product.IJW, XML));
    Set<String> used = new HashSet<>();
    elements(document, "Annotation").forEach(a -> used.add(a.getAttribute("Term")));
    Set<String> served = new HashSet<>();
    for (String name : List.of("Core", "Capabilities", "Aggregation")) {
      byte[] vocabulary = Vocabulary.document("Org.OData." + name + ".V1.xml").orElseThrow();
      elements(parse(vocabulary), "Term")
          .forEach(t -> served.add(name + "." + t.getAttribute("Name")));
    }
    assertThat(used).isEqualTo(served);
  }

  private static Model model(Product product) {
    Standard standard = CATALOGUE.standard(product);
    return new Model(product, standard.tables(), standard.joins());
  }

  private static byte[] document(Product product, Metadata.Form form) {
    return new Metadata(model(product), CATALOGUE).document(form, ROOT);
  }

  private static Document parse(byte[] xml)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
