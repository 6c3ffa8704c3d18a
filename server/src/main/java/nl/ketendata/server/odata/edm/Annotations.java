package nl.ketendata.server.odata.edm;

import java.util.Arrays;
import java.util.List;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAnnotation;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlCollection;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlConstantExpression;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlConstantExpression.ConstantExpressionType;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlExpression;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlPropertyValue;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlRecord;

/**
 * The annotations of the model. Few, and none with enumeration members: Power BI refuses a whole
 * document over one that it cannot read.
 */
final class Annotations {
  static final String CORE = "Org.OData.Core.V1";
  static final String CAPABILITIES = "Org.OData.Capabilities.V1";
  static final String AGGREGATION = "Org.OData.Aggregation.V1";

  /** What {@code $apply} can be made of; the rest answers 501. */
  private static final List<String> TRANSFORMATIONS =
      List.of(
          "aggregate",
          "groupby",
          "concat",
          "identity",
          "filter",
          "search",
          "compute",
          "orderby",
          "skip",
          "top",
          "topcount",
          "topsum",
          "toppercent",
          "bottomcount",
          "bottomsum",
          "bottompercent");

  private static final List<String> FILTER_FUNCTIONS =
      List.of(
          "contains",
          "startswith",
          "endswith",
          "length",
          "indexof",
          "substring",
          "tolower",
          "toupper",
          "trim",
          "concat",
          "matchesPattern",
          "year",
          "month",
          "day",
          "hour",
          "minute",
          "second",
          "fractionalseconds",
          "date",
          "time",
          "totaloffsetminutes",
          "now",
          "mindatetime",
          "maxdatetime",
          "round",
          "floor",
          "ceiling",
          "totalseconds",
          "case",
          "cast",
          "isof");

  private Annotations() {}

  static CsdlAnnotation description(String text) {
    return annotation(CORE, "Description", constant(ConstantExpressionType.String, text));
  }

  static List<CsdlAnnotation> ofContainer() {
    return List.of(
        annotation(CORE, "ODataVersions", constant(ConstantExpressionType.String, "4.0")),
        annotation(CORE, "ConventionalIDs", constant(ConstantExpressionType.Bool, "true")),
        annotation(
            CAPABILITIES,
            "SupportedFormats",
            texts(
                List.of(
                    "application/json",
                    "text/csv",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "application/vnd.apache.arrow.stream"))),
        capability("BatchSupported", true),
        capability("BatchContinueOnErrorSupported", true),
        capability("AsynchronousRequestsSupported", false),
        capability("CrossJoinSupported", false),
        capability("KeyAsSegmentSupported", false),
        capability("QuerySegmentSupported", true),
        annotation(CAPABILITIES, "FilterFunctions", texts(FILTER_FUNCTIONS)),
        annotation(AGGREGATION, "ApplySupportedDefaults", aggregation()));
  }

  /**
   * What each set allows. Reading is the default; counting and searching are too, but asked for.
   */
  static List<CsdlAnnotation> ofSet() {
    return List.of(
        restriction("InsertRestrictions", "Insertable", false),
        restriction("UpdateRestrictions", "Updatable", false),
        restriction("DeleteRestrictions", "Deletable", false),
        restriction("CountRestrictions", "Countable", true),
        restriction("SearchRestrictions", "Searchable", true),
        restriction("ChangeTracking", "Supported", true));
  }

  private static CsdlAnnotation capability(String term, boolean has) {
    return annotation(CAPABILITIES, term, truth(has));
  }

  private static CsdlAnnotation restriction(String term, String property, boolean allowed) {
    return annotation(
        CAPABILITIES,
        term,
        new CsdlRecord().setPropertyValues(List.of(property(property, truth(allowed)))));
  }

  private static CsdlExpression truth(boolean value) {
    return constant(ConstantExpressionType.Bool, String.valueOf(value));
  }

  /** Rollup is left at its default, several hierarchies: Power BI stumbled over enumerations. */
  private static CsdlExpression aggregation() {
    return new CsdlRecord()
        .setPropertyValues(List.of(property("Transformations", texts(TRANSFORMATIONS))));
  }

  private static CsdlPropertyValue property(String name, CsdlExpression value) {
    return new CsdlPropertyValue().setProperty(name).setValue(value);
  }

  private static CsdlAnnotation annotation(String namespace, String term, CsdlExpression value) {
    return new CsdlAnnotation()
        .setTerm(new FullQualifiedName(namespace, term).getFullQualifiedNameAsString())
        .setExpression(value);
  }

  private static CsdlExpression constant(ConstantExpressionType type, String value) {
    return new CsdlConstantExpression(type, value);
  }

  private static CsdlExpression texts(List<String> values) {
    CsdlExpression[] items =
        values.stream()
            .map(value -> constant(ConstantExpressionType.String, value))
            .toArray(CsdlExpression[]::new);
    return new CsdlCollection().setItems(Arrays.asList(items));
  }
}
