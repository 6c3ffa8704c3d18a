package nl.ketendata.server.odata.edm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Message;
import nl.ketendata.schema.Table;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.odata.model.Navigation;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAbstractEdmProvider;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainerInfo;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationPropertyBinding;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;
import org.apache.olingo.commons.api.edm.provider.CsdlReferentialConstraint;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;
import org.apache.olingo.commons.api.edm.provider.CsdlTerm;

/** Tells Olingo what the model is. */
final class Provider extends CsdlAbstractEdmProvider {
  static final String CONTAINER = "Ketendata";

  private final Model model;
  private final Catalogue catalogue;
  private final boolean annotated;

  Provider(Model model, Catalogue catalogue, boolean annotated) {
    this.model = model;
    this.catalogue = catalogue;
    this.annotated = annotated;
  }

  @Override
  public List<CsdlSchema> getSchemas() {
    CsdlSchema schema =
        new CsdlSchema()
            .setNamespace(model.namespace())
            .setEntityTypes(model.types().stream().map(this::entityType).toList())
            .setEntityContainer(getEntityContainer());
    return List.of(schema);
  }

  @Override
  public CsdlEntityType getEntityType(FullQualifiedName name) {
    return model.type(name.getName()).map(this::entityType).orElse(null);
  }

  @Override
  public CsdlEntitySet getEntitySet(FullQualifiedName container, String name) {
    return model.type(name).map(this::entitySet).orElse(null);
  }

  @Override
  public CsdlEntityContainerInfo getEntityContainerInfo(FullQualifiedName name) {
    return new CsdlEntityContainerInfo().setContainerName(qualified(CONTAINER));
  }

  @Override
  public CsdlEntityContainer getEntityContainer() {
    CsdlEntityContainer container =
        new CsdlEntityContainer()
            .setName(CONTAINER)
            .setEntitySets(model.types().stream().map(this::entitySet).toList());
    if (annotated) {
      container.setAnnotations(Annotations.ofContainer());
    }
    return container;
  }

  @Override
  public CsdlTerm getTerm(FullQualifiedName name) {
    return new CsdlTerm().setName(name.getName()).setType("Edm.String");
  }

  private CsdlEntityType entityType(EntityType type) {
    CsdlEntityType entity =
        new CsdlEntityType()
            .setName(type.name())
            .setKey(List.of(new CsdlPropertyRef().setName(type.key())))
            .setProperties(properties(type))
            .setNavigationProperties(type.navigations().stream().map(this::navigation).toList());
    if (annotated) {
      description(type.table())
          .ifPresent(text -> entity.setAnnotations(List.of(Annotations.description(text))));
    }
    return entity;
  }

  private List<CsdlProperty> properties(EntityType type) {
    List<CsdlProperty> properties = new ArrayList<>();
    type.columns()
        .forEach(
            column -> {
              CsdlProperty property = EdmTypes.property(type, column);
              if (annotated && !column.description().isEmpty()) {
                property.setAnnotations(List.of(Annotations.description(column.description())));
              }
              properties.add(property);
            });
    return properties;
  }

  private CsdlNavigationProperty navigation(Navigation navigation) {
    CsdlNavigationProperty property =
        new CsdlNavigationProperty()
            .setName(navigation.name())
            .setType(qualified(navigation.target()))
            .setCollection(navigation.collection());
    navigation.partner().ifPresent(property::setPartner);
    if (!navigation.collection()) {
      Join join = navigation.join();
      property
          .setNullable(true)
          .setReferentialConstraints(
              List.of(
                  new CsdlReferentialConstraint()
                      .setProperty(join.column())
                      .setReferencedProperty(join.key())));
    }
    return property;
  }

  private CsdlEntitySet entitySet(EntityType type) {
    List<CsdlNavigationPropertyBinding> bindings =
        type.navigations().stream()
            .map(
                navigation ->
                    new CsdlNavigationPropertyBinding()
                        .setPath(navigation.name())
                        .setTarget(navigation.target()))
            .toList();
    CsdlEntitySet set =
        new CsdlEntitySet()
            .setName(type.name())
            .setType(qualified(type.name()))
            .setNavigationPropertyBindings(bindings);
    if (annotated) {
      set.setAnnotations(Annotations.ofSet());
    }
    return set;
  }

  private Optional<String> description(Table table) {
    if (!table.description().isEmpty()) {
      return Optional.of(table.description());
    }
    String part = table.dataClass().map(name -> ", " + name).orElse("");
    return catalogue.message(table.message()).map(message -> text(message, part));
  }

  private static String text(Message message, String part) {
    return message.title() + " (" + message.name() + ")" + part + ". " + message.purpose();
  }

  private FullQualifiedName qualified(String name) {
    return new FullQualifiedName(model.namespace(), name);
  }
}
