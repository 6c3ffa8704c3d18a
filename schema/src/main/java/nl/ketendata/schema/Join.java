package nl.ketendata.schema;

/**
 * A declared link from a child row to its parent row, on one column of the same name on both sides.
 *
 * @param id the declaration's id, {@code P001} to {@code P123}
 * @param child name of the child table
 * @param column name of the foreign key in the child, and of the row key in the parent
 * @param parent name of the parent table
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
    String cardinality,
    String condition,
    String rule,
    String description) {

  /** Name of the navigation from child to parent: the parent file's name. */
  public String toParent() {
    return parent;
  }

  /** Name of the navigation from parent to children: the child's class, {@code Relatie}. */
  public String toChildren() {
    return child.substring(child.indexOf('_') + 1);
  }
}
