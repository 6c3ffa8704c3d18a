package nl.ketendata.server.bench;

import java.util.List;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAbstractEdmProvider;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainerInfo;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;

/** One table as Olingo's provider; absent things are null, as it wants. */
final class OlingoModel extends CsdlAbstractEdmProvider {
  private static final FullQualifiedName CONTAINER = new FullQualifiedName("bench", "Bench");

  private final Table table;
  private final FullQualifiedName type;
  private final CsdlEntityType entity;

  OlingoModel(Table table) {
    this.table = table;
    this.type = new FullQualifiedName("bench", table.name());
    this.entity =
        new CsdlEntityType()
            .setName(table.name())
            .setProperties(table.allColumns().stream().map(OlingoModel::property).toList())
            .setKey(List.of(new CsdlPropertyRef().setName(table.key())));
  }

  private static CsdlProperty property(Column column) {
    CsdlProperty property =
        new CsdlProperty().setName(column.name()).setType(kind(column).getFullQualifiedName());
    return kind(column) == EdmPrimitiveTypeKind.DateTimeOffset
        ? property.setPrecision(6)
        : property;
  }

  private static EdmPrimitiveTypeKind kind(Column column) {
    return switch (column.type()) {
      case STRING -> EdmPrimitiveTypeKind.String;
      case INTEGER -> EdmPrimitiveTypeKind.Int64;
      case DATE -> EdmPrimitiveTypeKind.Date;
      case TIME -> EdmPrimitiveTypeKind.TimeOfDay;
      case DATETIME, INSTANT -> EdmPrimitiveTypeKind.DateTimeOffset;
    };
  }

  @Override
  public CsdlEntityType getEntityType(FullQualifiedName name) {
    return name.equals(type) ? entity : null;
  }

  @Override
  public CsdlEntitySet getEntitySet(FullQualifiedName container, String name) {
    return name.equals(table.name()) ? new CsdlEntitySet().setName(name).setType(type) : null;
  }

  @Override
  public CsdlEntityContainerInfo getEntityContainerInfo(FullQualifiedName name) {
    return new CsdlEntityContainerInfo().setContainerName(CONTAINER);
  }

  @Override
  public CsdlEntityContainer getEntityContainer() {
    return new CsdlEntityContainer()
        .setName(CONTAINER.getName())
        .setEntitySets(List.of(getEntitySet(CONTAINER, table.name())));
  }
}
