package nl.ketendata.schema;

/**
 * A declared link from a child row to its parent row, or from a code to its code list.
 *
 * @param id the declaration's id, {@code P001} to {@code P123}; of a code, child and column
 * @param child name of the child table
 * @param column name of the foreign key in the child
 * @param parent name of the parent table
 * @param key name of the row key in the parent; the same as the child's, but for a code list
 * @param cardinality children per parent, such as {@code 1:0..n}
 * @param condition when the foreign key is filled; empty when always
 * @param rule rule codes of the standard
 * @param description what the link means, in Dutch
 */
public record Join(
    String id,
    String child,
    String column,
    String parent,
    String key,
    String cardinality,
    String condition,
    String rule,
    String description) {

  /** The link from a column to the list that its codes come from. */
  public static Join toCodes(Table child, Column column, Table list) {
    return new Join(
        child.name() + "_" + column.name(),
        child.name(),
        column.name(),
        list.name(),
        list.key(),
        "1:0..n",
        "",
        "",
        column.name() + " in de " + list.description());
  }

  /** Whether it leads to a code list, which nobody asks for the rows that use a code. */
  public boolean isToCodes() {
    return parent.startsWith(CodeList.TABLE);
  }

  /** Name of the navigation from child to parent: the parent file's name. */
  public String toParent() {
    return isToCodes() ? column + "_Codelijst" : parent;
  }

  /**
   * Name of the navigation from parent to children: the child's class, {@code Relatie}. From a code
   * list a name that no question can say.
   */
  public String toChildren() {
    return isToCodes() ? child + "." + column : child.substring(child.indexOf('_') + 1);
  }

  /** Name of the foreign key as SQL's metadata tells it. */
  public String foreignKey() {
    return "FK_" + id;
  }
}
