package nl.ketendata.server.odata.edm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.olingo.commons.api.edm.provider.CsdlAnnotation;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlCollection;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlConstantExpression;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlExpression;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlPropertyValue;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlRecord;
import org.apache.olingo.commons.api.edmx.EdmxReference;
import org.apache.olingo.commons.api.edmx.EdmxReferenceInclude;

/**
 * The model as CSDL JSON 4.01. Olingo writes a draft of it: without {@code $EntityContainer}, and
 * with what may be null left to a default that the standard has turned round since.
 */
final class CsdlJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> aliases;

  /**
   * @param aliases of the namespaces of terms
   */
  CsdlJson(Map<String, String> aliases) {
    this.aliases = aliases;
  }

  String write(CsdlSchema schema, List<EdmxReference> references) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$Version", "4.01");
    document.put(
        "$EntityContainer", schema.getNamespace() + "." + schema.getEntityContainer().getName());
    if (!references.isEmpty()) {
      document.put("$Reference", references(references));
    }
    Map<String, Object> content = new LinkedHashMap<>();
    schema.getEntityTypes().forEach(type -> content.put(type.getName(), entityType(type)));
    CsdlEntityContainer container = schema.getEntityContainer();
    content.put(container.getName(), container(container));
    document.put(schema.getNamespace(), content);
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> references(List<EdmxReference> references) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (EdmxReference reference : references) {
      List<Map<String, String>> includes = new ArrayList<>();
      for (EdmxReferenceInclude include : reference.getIncludes()) {
        includes.add(Map.of("$Namespace", include.getNamespace(), "$Alias", include.getAlias()));
      }
      all.put(reference.getUri().toString(), Map.of("$Include", includes));
    }
    return all;
  }

  private Map<String, Object> entityType(CsdlEntityType type) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("$Kind", "EntityType");
    members.put("$Key", type.getKey().stream().map(CsdlPropertyRef::getName).toList());
    type.getProperties().forEach(property -> members.put(property.getName(), property(property)));
    type.getNavigationProperties()
        .forEach(navigation -> members.put(navigation.getName(), navigation(navigation)));
    annotate(members, type.getAnnotations());
    return members;
  }

  // A type left out is Edm.String; what may be null has to say so.
  private Map<String, Object> property(CsdlProperty property) {
    Map<String, Object> facets = new LinkedHashMap<>();
    if (!property.getType().equals("Edm.String")) {
      facets.put("$Type", property.getType());
    }
    if (property.isNullable()) {
      facets.put("$Nullable", true);
    }
    put(facets, "$MaxLength", property.getMaxLength());
    put(facets, "$Precision", property.getPrecision());
    put(facets, "$Scale", property.getScale());
    annotate(facets, property.getAnnotations());
    return facets;
  }

  /** Olingo's objects hold null for a facet that does not apply. */
  private static void put(Map<String, Object> facets, String name, Integer value) {
    if (value != null) {
      facets.put(name, value);
    }
  }

  private static Map<String, Object> navigation(CsdlNavigationProperty navigation) {
    Map<String, Object> facets = new LinkedHashMap<>();
    facets.put("$Kind", "NavigationProperty");
    if (navigation.isCollection()) {
      facets.put("$Collection", true);
    }
    facets.put("$Type", navigation.getType());
    if (!navigation.isCollection()) {
      facets.put("$Nullable", true);
    }
    if (navigation.getPartner() != null) {
      facets.put("$Partner", navigation.getPartner());
    }
    Map<String, String> constraints = new LinkedHashMap<>();
    navigation
        .getReferentialConstraints()
        .forEach(each -> constraints.put(each.getProperty(), each.getReferencedProperty()));
    if (!constraints.isEmpty()) {
      facets.put("$ReferentialConstraint", constraints);
    }
    return facets;
  }

  private Map<String, Object> container(CsdlEntityContainer container) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("$Kind", "EntityContainer");
    container.getEntitySets().forEach(set -> members.put(set.getName(), set(set)));
    annotate(members, container.getAnnotations());
    return members;
  }

  private Map<String, Object> set(CsdlEntitySet set) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("$Collection", true);
    members.put("$Type", set.getType());
    Map<String, String> bindings = new LinkedHashMap<>();
    set.getNavigationPropertyBindings()
        .forEach(binding -> bindings.put(binding.getPath(), binding.getTarget()));
    if (!bindings.isEmpty()) {
      members.put("$NavigationPropertyBinding", bindings);
    }
    annotate(members, set.getAnnotations());
    return members;
  }

  private void annotate(Map<String, Object> members, List<CsdlAnnotation> annotations) {
    annotations.forEach(
        annotation ->
            members.put("@" + term(annotation.getTerm()), value(annotation.getExpression())));
  }

  private String term(String qualified) {
    int dot = qualified.lastIndexOf('.');
    String namespace = qualified.substring(0, dot);
    return aliases.getOrDefault(namespace, namespace) + qualified.substring(dot);
  }

  private static Object value(CsdlExpression expression) {
    if (expression instanceof CsdlCollection collection) {
      return collection.getItems().stream().map(CsdlJson::value).toList();
    }
    if (expression instanceof CsdlRecord each) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (CsdlPropertyValue property : each.getPropertyValues()) {
        members.put(property.getProperty(), value(property.getValue()));
      }
      return members;
    }
    CsdlConstantExpression constant = (CsdlConstantExpression) expression;
    return switch (constant.getType()) {
      case Bool -> Boolean.valueOf(constant.getValue());
      case Int -> Long.valueOf(constant.getValue());
      default -> constant.getValue();
    };
  }
}
