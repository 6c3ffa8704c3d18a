package nl.ketendata.server.odata.edm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.odata.model.Model;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.provider.CsdlAnnotation;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;
import org.apache.olingo.commons.api.format.ContentType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both forms of the metadata say the same: what a client that others wrote makes of the XML,
 * against the JSON by the rules of CSDL JSON 4.01.
 */
class MetadataFormsTest {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final String ROOT = "https://data.example/odata/GM9030/ijw/";

  @ParameterizedTest
  @EnumSource(Product.class)
  void sayTheSame(Product product) throws IOException {
    CsdlSchema xml = xml(product);
    JsonNode json = json(product);
    JsonNode schema = json.get(xml.getNamespace());
    assertThat(json.get("$EntityContainer").asText())
        .isEqualTo(xml.getNamespace() + "." + xml.getEntityContainer().getName());
    assertThat(facts(schema)).isEqualTo(facts(xml)).hasSizeGreaterThan(1000);
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void sayThatNothingCanBeWritten(Product product) throws IOException {
    JsonNode container = json(product).get("nl.ketendata." + product.id()).get("Ketendata");
    int sets = 0;
    for (JsonNode set : container) {
      if (set.has("$Collection")) {
        sets++;
        assertThat(set.at("/@Capabilities.InsertRestrictions/Insertable").booleanValue()).isFalse();
        assertThat(set.at("/@Capabilities.UpdateRestrictions/Updatable").booleanValue()).isFalse();
        assertThat(set.at("/@Capabilities.DeleteRestrictions/Deletable").booleanValue()).isFalse();
        assertThat(set.at("/@Capabilities.CountRestrictions/Countable").booleanValue()).isTrue();
        assertThat(set.at("/@Capabilities.SearchRestrictions/Searchable").booleanValue()).isTrue();
      }
    }
    assertThat(sets).isGreaterThan(20);
    assertThat(container.get("@Capabilities.CrossJoinSupported").booleanValue()).isFalse();
    assertThat(container.get("@Capabilities.AsynchronousRequestsSupported").booleanValue())
        .isFalse();
    assertThat(container.get("@Core.ODataVersions").asText()).isEqualTo("4.0");
  }

  private static List<String> facts(CsdlSchema schema) {
    List<String> facts = new ArrayList<>();
    for (CsdlEntityType type : schema.getEntityTypes()) {
      facts.add(type.getName() + " key " + type.getKey().get(0).getName());
      annotations(facts, type.getName(), type.getAnnotations());
      for (CsdlProperty property : type.getProperties()) {
        String name = type.getName() + "/" + property.getName();
        facts.add(
            String.join(
                " ",
                name,
                property.getType(),
                String.valueOf(property.isNullable()),
                String.valueOf(property.getPrecision())));
        annotations(facts, name, property.getAnnotations());
      }
      for (CsdlNavigationProperty navigation : type.getNavigationProperties()) {
        facts.add(navigation(type, navigation));
      }
    }
    for (CsdlEntitySet set : schema.getEntityContainer().getEntitySets()) {
      facts.add("set " + set.getName() + " " + set.getType());
      annotations(facts, "set " + set.getName(), set.getAnnotations());
      set.getNavigationPropertyBindings()
          .forEach(
              each -> facts.add(set.getName() + ":" + each.getPath() + ":" + each.getTarget()));
    }
    annotations(facts, "container", schema.getEntityContainer().getAnnotations());
    facts.sort(null);
    return facts;
  }

  private static String navigation(CsdlEntityType type, CsdlNavigationProperty navigation) {
    List<String> constraints =
        navigation.getReferentialConstraints().stream()
            .map(each -> each.getProperty() + "=" + each.getReferencedProperty())
            .toList();
    return String.join(
        " ",
        type.getName() + "/" + navigation.getName(),
        navigation.getType(),
        navigation.isCollection() ? "many" : "one",
        Optional.ofNullable(navigation.getPartner()).orElse("-"),
        constraints.toString());
  }

  private static void annotations(
      List<String> facts, String target, List<CsdlAnnotation> annotations) {
    annotations.forEach(each -> facts.add(target + " @" + each.getTerm()));
  }

  private static List<String> facts(JsonNode schema) {
    List<String> facts = new ArrayList<>();
    schema
        .fields()
        .forEachRemaining(
            each -> {
              boolean type = each.getValue().get("$Kind").asText().equals("EntityType");
              if (type) {
                type(facts, each.getKey(), each.getValue());
              } else {
                container(facts, each.getValue());
              }
            });
    facts.sort(null);
    return facts;
  }

  private static void type(List<String> facts, String type, JsonNode members) {
    facts.add(type + " key " + members.get("$Key").get(0).asText());
    annotations(facts, type, members);
    members
        .fields()
        .forEachRemaining(
            each -> {
              String name = type + "/" + each.getKey();
              JsonNode facets = each.getValue();
              if (facets.path("$Kind").asText().equals("NavigationProperty")) {
                facts.add(navigation(name, facets));
              } else if (facets.isObject()) {
                facts.add(
                    String.join(
                        " ",
                        name,
                        facets.path("$Type").asText("Edm.String"),
                        String.valueOf(facets.path("$Nullable").asBoolean(false)),
                        facets.path("$Precision").asText("null")));
                annotations(facts, name, facets);
              }
            });
  }

  private static String navigation(String name, JsonNode facets) {
    List<String> constraints = new ArrayList<>();
    facets
        .path("$ReferentialConstraint")
        .fields()
        .forEachRemaining(each -> constraints.add(each.getKey() + "=" + each.getValue().asText()));
    return String.join(
        " ",
        name,
        facets.get("$Type").asText(),
        facets.path("$Collection").asBoolean() ? "many" : "one",
        facets.path("$Partner").asText("-"),
        constraints.toString());
  }

  private static void container(List<String> facts, JsonNode container) {
    annotations(facts, "container", container);
    container
        .fields()
        .forEachRemaining(
            each -> {
              if (!each.getValue().path("$Collection").asBoolean()) {
                return;
              }
              facts.add("set " + each.getKey() + " " + each.getValue().get("$Type").asText());
              annotations(facts, "set " + each.getKey(), each.getValue());
              each.getValue()
                  .path("$NavigationPropertyBinding")
                  .fields()
                  .forEachRemaining(
                      binding ->
                          facts.add(
                              each.getKey()
                                  + ":"
                                  + binding.getKey()
                                  + ":"
                                  + binding.getValue().asText()));
            });
  }

  private static void annotations(List<String> facts, String target, JsonNode members) {
    members
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith("@")) {
                facts.add(target + " " + name);
              }
            });
  }

  private static CsdlSchema xml(Product product) {
    return ODataClientFactory.getClient()
        .getDeserializer(ContentType.APPLICATION_XML)
        .toMetadata(new ByteArrayInputStream(document(product, false)))
        .getSchemas()
        .get(0);
  }

  private static JsonNode json(Product product) throws IOException {
    return new ObjectMapper().readTree(document(product, true));
  }

  private static byte[] document(Product product, boolean json) {
    Standard standard = CATALOGUE.standard(product);
    Model model = new Model(product, standard.tables(), standard.joins());
    return new Metadata(model, CATALOGUE).document(new Metadata.Form(json, true), ROOT);
  }
}
