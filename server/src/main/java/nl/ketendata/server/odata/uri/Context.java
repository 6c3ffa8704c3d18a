package nl.ketendata.server.odata.uri;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.question.Expression.ColumnOf;

/** What all options of one request share while they are read. */
final class Context {
  private final Model model;
  private final Map<String, String> aliases;
  private final Limits limits = new Limits();
  private final Set<String> open = new HashSet<>();
  private boolean dependsOnNow;
  private boolean looksOut;

  /**
   * @param aliases the texts of the parameter aliases, by name with the {@code @}
   */
  Context(Model model, Map<String, String> aliases) {
    this.model = model;
    this.aliases = new HashMap<>(aliases);
  }

  /**
   * Makes an alias known that an expand defines for its own options.
   *
   * @throws Failure KD519 when there is one of that name already
   */
  void define(String alias, String text) {
    if (aliases.putIfAbsent(alias, text) != null) {
      throw Failure.of(Code.OPTION_TWICE, alias);
    }
  }

  void forget(String alias) {
    aliases.remove(alias);
  }

  Model model() {
    return model;
  }

  Limits limits() {
    return limits;
  }

  /** Begins to read an alias; {@link #close} ends it. An alias without value stands for null. */
  String open(String alias) {
    if (!open.add(alias)) {
      throw Failure.of(Code.OPTION_LITERAL, alias, alias, "1");
    }
    return aliases.getOrDefault(alias, "null");
  }

  void close(String alias) {
    open.remove(alias);
  }

  /** The type of the column that the values of an expression are from. */
  Optional<ColumnType> stored(Shape shape, ColumnOf column) {
    String path =
        String.join("/", column.navigations())
            + (column.navigations().isEmpty() ? "" : "/")
            + column.column();
    Optional<Shape.Property> own = shape.property(path);
    if (own.isPresent()) {
      return own.get().stored();
    }
    EntityType type = shape.type();
    for (String navigation : column.navigations()) {
      type = model.target(type.navigation(navigation).orElseThrow());
    }
    return type.column(column.column()).map(Column::type);
  }

  /** Notes that options inside an expand look at the row around them. */
  void looksOut() {
    looksOut = true;
  }

  /** Whether they did since this was asked last. */
  boolean lookedOut() {
    boolean looked = looksOut;
    looksOut = false;
    return looked;
  }

  void usesNow() {
    dependsOnNow = true;
  }

  /** Whether the same question may have another answer a moment later. */
  boolean dependsOnNow() {
    return dependsOnNow;
  }
}
